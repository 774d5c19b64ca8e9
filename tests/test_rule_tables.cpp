// The circulation rules as tables that staff can read: the replay and the second opinion must both match them.
#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "tests/model/compare.hpp"
#include "tests/model/describe.hpp"
#include "tests/rules/afterwards.hpp"
#include "tests/rules/scene_files.hpp"
#include "tests/rules/values.hpp"

using namespace offcirc;
using namespace offcirc::tables;
using model::Opinion;

namespace {

namespace fs = std::filesystem;

/// The opinion of the replay or of the second opinion, with its name in messages.
struct Judge {
  const char* name;
  Opinion opinion;
};

std::string wrong_rows(const Scene& scene, const std::vector<Judge>& judges) {
  std::string wrong;
  for (std::size_t i = 0; i < scene.rows.size(); ++i) {
    std::string got;
    bool differs = false;
    for (const Judge& judge : judges) {
      const model::Verdict& verdict = judge.opinion.verdicts[i];
      got += std::string("  ") + judge.name + model::text_of(verdict, table_zone()) + "\n";
      differs = differs || verdict != scene.expected[i];
    }
    if (!differs) continue;
    wrong += scene.rows[i].where + ": " + scene.rows[i].source +
             "\n  expected: " + model::text_of(scene.expected[i], table_zone()) + "\n" + got;
  }
  return wrong;
}

std::string wrong_afterwards(const Scene& scene, const std::vector<Judge>& judges) {
  std::string wrong;
  for (const Block& block : scene.afterwards) {
    for (const TableRow& row : block.rows) {
      for (const Judge& judge : judges) {
        std::string found = contradiction(block.name, row, judge.opinion.world, table_zone());
        if (!found.empty()) {
          wrong += row.where + ": " + block.name + " " + row.source + "\n  " + judge.name + found + "\n";
        }
      }
    }
  }
  return wrong;
}

/// How the results of the replay and the second opinion differ from the table; empty if all agree.
std::string trouble_with(const Scene& scene) {
  std::string broken;
  std::vector<Judge> judges = {{"replay:   ", replay_outage(scene.outage, 1, &broken)},
                               {"model:    ", judge_outage(scene.outage)}};
  std::string wrong = wrong_rows(scene, judges) + wrong_afterwards(scene, judges);
  std::string difference = model::difference(scene.outage, judges[1].opinion, judges[0].opinion);
  if (!difference.empty()) wrong += scene.where + ": the two do not agree:\n" + difference;
  if (!broken.empty()) wrong += scene.where + ": " + broken;
  return wrong.empty() ? "" : "scene \"" + scene.title + "\"\n" + wrong;
}

std::string error_in(const std::string& text) {
  try {
    scenes_of("x.txt", text);
  } catch (const TableError& error) {
    return error.what();
  }
  return "";
}

constexpr const char* k_small =
    "library |\n"
    "OSH     |\n"
    "\n"
    "profile |\n"
    "PUBLIC  |\n"
    "\n"
    "user |\n"
    "ada  |\n"
    "\n"
    "item  |\n"
    "book1 |\n"
    "\n"
    "== One checkout\n";

std::string small(const std::string& rest) {
  return k_small + rest;
}

}  // namespace

TEST_CASE("the replay and the second opinion match every row of the tables") {
  std::size_t rows = 0;
  for (const fs::path& file : table_files(OFFCIRC_SOURCE_DIR)) {
    for (const Scene& scene : scenes_in(file)) {
      rows += scene.rows.size();
      std::string trouble = trouble_with(scene);
      if (!trouble.empty()) FAIL_CHECK(trouble);
    }
  }
  MESSAGE("rows: ", rows);
  CHECK(rows >= 400);  // If there are fewer, a file is missing or not read.
}

TEST_CASE("the tables show every outcome") {
  std::set<Outcome> shown;
  for (const fs::path& file : table_files(OFFCIRC_SOURCE_DIR)) {
    for (const Scene& scene : scenes_in(file)) {
      for (const model::Verdict& verdict : scene.expected) {
        shown.insert(verdict.findings.begin(), verdict.findings.end());
        if (verdict.findings.empty()) shown.insert(Outcome::ok);
      }
    }
  }
  for (int i = 0; i < k_outcome_count; ++i) {
    Outcome outcome = static_cast<Outcome>(i);
    if (outcome == Outcome::unreadable) continue;  // No transaction is unreadable: such a line does not become one.
    CHECK_MESSAGE(shown.count(outcome) == 1, "no row has ", facts_of(outcome).code);
  }
}

TEST_CASE("a row that fails is reported with the actual result") {
  const std::string text = small(
      "time        | what     | user | item  | outcome | due date\n"
      "06-12 10:00 | checkout | ada  | book1 | ok      | 07-04 map\n"
      "\n"
      "afterwards\n"
      "item  | location\n"
      "book1 | STACKS\n");
  CHECK(trouble_with(scenes_of("x.txt", text).at(0)) ==
        "scene \"One checkout\"\n"
        "x.txt:15: 06-12 10:00 | checkout | ada  | book1 | ok      | 07-04 map\n"
        "  expected: loaded: ok due=2026-07-04T23:59:00-05:00 from policy\n"
        "  replay:   follow-up: not-circulating due=2026-07-03T23:59:00-05:00 from policy\n"
        "  model:    follow-up: not-circulating due=2026-07-03T23:59:00-05:00 from policy\n"
        "x.txt:19: item book1 | STACKS\n"
        "  replay:   location CHECKEDOUT\n"
        "x.txt:19: item book1 | STACKS\n"
        "  model:    location CHECKEDOUT\n");
}

TEST_CASE("an invalid table stops the test and is reported with its place") {
  CHECK(error_in("users |\n") == "x.txt:1: unknown kind of table 'users'");
  CHECK(error_in("user | colour\n") == "x.txt:1: unknown column 'colour' of table 'user'");
  CHECK(error_in("user | born | born\n") == "x.txt:1: two columns 'born'");
  CHECK(error_in("user | born\nada | 1990-01-01 | 3\n") == "x.txt:2: expected 2 cells, got 3");
  CHECK(error_in("hello\n") == "x.txt:1: expected a table row, 'name: value', or '== Title', got \"hello\"");
  CHECK(error_in("now: 06-12 10:00\n") == "x.txt:1: 'now' stands before the first scene");
  CHECK(error_in("afterwards\n") == "x.txt:1: 'afterwards' stands before the first scene");
  CHECK(error_in("== Nothing\n") == "x.txt:1: the scene has no transactions");
  CHECK(error_in(small("time | what | outcome\n06-31 10:00 | checkout | ok\n")) ==
        "x.txt:15: expected a time such as 06-12 10:05 in 'time', got \"06-31 10:00\"");
  CHECK(error_in(small("time | what | outcome\n06-12 10:00 | lend | ok\n")) ==
        "x.txt:15: expected a kind of transaction such as checkout in 'what', got \"lend\"");
  CHECK(error_in(small("time | what | outcome\n06-12 10:00 | checkout | fine\n")) ==
        "x.txt:15: expected the code of an outcome in 'outcome', got \"fine\"");
  CHECK(error_in(small("time | what | outcome | bill\n06-12 10:00 | checkin | ok | 3\n")) ==
        "x.txt:15: expected money such as 12.50 in 'bill', got \"3\"");
  CHECK(error_in(small("time | what | outcome | due date\n06-12 10:00 | checkout | ok | 07-03\n")) ==
        "x.txt:15: expected a date and map, alt or session in 'due date', got \"07-03\"");
  CHECK(error_in(small("time | what | outcome\n06-12 10:00 | checkin | ok\n06-12 09:59 | checkin | ok\n")) ==
        "x.txt:16: expected a time not before the row above in 'time', got \"06-12 09:59\"");
  CHECK(error_in(small("then: 06-12 10:00\ntime | what | outcome\n06-12 10:00 | checkin | ok\n")) ==
        "x.txt:14: unknown setting 'then'");
  CHECK(error_in(small("bill | user\nb1 | zoe\n\ntime | what | outcome\n06-12 10:00 | checkin | ok\n")) ==
        "x.txt:13: bill b1 names 'zoe', which no table has");
}
