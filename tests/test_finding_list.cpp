#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "loader/model/result.hpp"
#include "loader/report/words.hpp"
#include "tests/worded.hpp"

using namespace offcirc;

namespace {

std::string text_of(const FindingList& list) {
  std::string text;
  for (const Finding& finding : list)
    text += std::string(facts_of(finding.outcome).code) + (finding.overridden ? "! " : " ") +
            words_of(finding, Zone()) + "\n";
  return text;
}

FindingList some() {
  return {{Outcome::user_not_found, say<Form::user_not_found>("1")},
          {Outcome::clock_jumped, worded(""), true},
          {Outcome::too_old, worded("Old")}};
}

const std::string k_some = "user-not-found User not found: 1\nclock-jumped! \ntoo-old Old\n";

}  // namespace

TEST_CASE("a list without findings is empty") {
  CHECK(FindingList().empty());
  CHECK(FindingList({}).empty());
  CHECK(FindingList(std::span<const Finding>()).size() == 0);
  CHECK(text_of(FindingList()) == "");
}

TEST_CASE("findings come back in their order, with their sentences") {
  const FindingList list = some();
  CHECK(list.size() == 3);
  CHECK(text_of(list) == k_some);
  CHECK(words_of(list.front(), Zone()) == "User not found: 1");
  CHECK(list[2].outcome == Outcome::too_old);
}

TEST_CASE("sentences are kept even if the text they were given as changes") {
  std::string given = "Item not found: \"\xC3\x9C\"";
  given += '\0';
  const FindingList list{{Outcome::item_not_found, say<Form::worded>(given)}};
  const std::string before = given;
  given.assign(given.size(), 'x');
  CHECK(words_of(list.front(), Zone()) == before);
}

TEST_CASE("a copy is independent, and a moved-from list is empty") {
  FindingList list = some();
  const FindingList copy = list;
  list.push_back({Outcome::registered, worded("Registered")});
  CHECK(text_of(copy) == k_some);
  CHECK(text_of(list) == k_some + "registered Registered\n");
  const FindingList moved = std::move(list);
  CHECK(list.empty());  // NOLINT(bugprone-use-after-move)
  CHECK(moved.size() == 4);
  list = copy;
  CHECK(text_of(list) == k_some);
  list = FindingList();
  CHECK(list.empty());
}
