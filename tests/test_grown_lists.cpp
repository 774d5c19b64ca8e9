// Lists without times that desks continue after they were loaded: recognized by their whole beginning, nothing less.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "loader/journal/undo.hpp"
#include "loader/runs/load.hpp"
#include "loader/store/store.hpp"
#include "tests/temp_folder.hpp"

namespace fs = std::filesystem;
using namespace offcirc;

namespace {

constexpr Seconds k_evening = 1'781'294'400;  // 2026-06-12T20:00:00Z

std::string item(int number) {
  return fmt::format("3122{:010}", number);
}

class OneDesk {
 public:
  OneDesk() {
    m_config.policy.libraries.emplace_back().code = "OSH";
    Store::create(m_folder.path() / "circ.db");
  }

  /// The result of each barcode in the order of the list: `+` loaded or rejected, `=` a copy, `?` a possible copy; then
  /// for each unreadable one `!`, or `=` for a copy.
  std::string load(const std::string& list, bool as_new = false) {
    const fs::path file = m_folder.path() / "OSH" / fmt::format("list{}", ++m_loads);
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << list;
    LoadOptions options;
    options.intake.paths = {file.string()};
    options.intake.format = "scan";
    options.intake.at = Stamp(StampForm::absolute, k_evening - 3600 * 8 + m_loads);
    options.intake.as_new = as_new;
    options.database = m_folder.path() / "circ.db";
    options.now = k_evening;
    const LoadOutcome outcome = run_load(options, m_config);
    notes.clear();
    for (const LogNote& note : outcome.batch.logs[0].notes) notes += note.code + " ";
    std::string fates;
    for (const Result& result : outcome.results) fates += fate_of(result);
    for (const Result& result : outcome.unreadable)
      fates += result.disposition == Disposition::already_loaded ? '=' : '!';
    return fates;
  }

  void undo(std::int64_t load) {
    Store store(m_folder.path() / "circ.db", Store::Access::write);
    UndoOptions options;
    options.load = load;
    store.undo(options, m_config.policy.zone);
  }

  std::string notes;  ///< the last load's codes

 private:
  static char fate_of(const Result& result) {
    if (result.disposition == Disposition::already_loaded) return '=';
    for (const Finding& finding : result.findings)
      if (finding.outcome == Outcome::perhaps_loaded_before) return '?';
    return '+';
  }

  TempFolder m_folder;
  Config m_config;
  int m_loads = 0;
};

const std::string k_noon = "checkin\n" + item(1) + "\n" + item(2) + "\n";

}  // namespace

TEST_CASE("a list that has grown contains the records of the shorter one") {
  OneDesk desk;
  CHECK(desk.load(k_noon) == "++");
  CHECK(desk.load(k_noon + item(3) + "\n") == "==+");
  CHECK(desk.load(k_noon + item(3) + "\n\n" + item(4) + "\n") == "===+");
  CHECK(desk.load(k_noon + item(3) + "\n") == "===");
}

TEST_CASE("a list with only a similar beginning is a different one") {
  OneDesk desk;
  CHECK(desk.load(k_noon) == "++");
  CHECK(desk.load("checkin\n" + item(1) + "\n" + item(3) + "\n") == "++");
  CHECK(desk.load("checkin\n" + item(2) + "\n" + item(1) + "\n") == "++");
}

TEST_CASE("a list known as a whole is noted, and counts as another day's if the operator says so") {
  OneDesk desk;
  CHECK(desk.load(k_noon) == "++");
  CHECK(desk.load("checkin\r\n" + item(1) + "\r\n" + item(2)) == "==");
  CHECK(desk.notes.find("list-known") != std::string::npos);
  CHECK(desk.load(k_noon, true) == "++");
  CHECK(desk.load(k_noon) == "==");
  CHECK(desk.load(k_noon + item(3) + "\n") == "==+");
}

TEST_CASE("a last line without a line end may be cut short: the longer list shows what it was") {
  OneDesk desk;
  const std::string begun = k_noon + item(3) + "\n";
  CHECK(desk.load(begun + item(4)) == "++++");
  CHECK(desk.load(begun + item(4) + "\n" + item(5) + "\n") == "====+");
}

TEST_CASE("a truncated barcode is reported once, and loaded when all of it arrives") {
  OneDesk desk;
  const std::string begun = k_noon + item(3) + "\n";
  CHECK(desk.load(begun + "31220") == "+++!");
  CHECK(desk.load(begun + "31220") == "====");
  CHECK(desk.load(begun + item(4) + "\n" + item(5) + "\n") == "===++");
}

TEST_CASE("once the shorter list is undone, its records are loaded again, and those of the longer one are not") {
  OneDesk desk;
  CHECK(desk.load(k_noon) == "++");
  CHECK(desk.load(k_noon + item(3) + "\n") == "==+");
  desk.undo(1);
  CHECK(desk.load(k_noon + item(3) + "\n") == "++=");
}

TEST_CASE("a corrected list is a different one, and it is noted that much of it is known") {
  const auto is_noted = [](const OneDesk& desk) { return desk.notes.find("list-changed") != std::string::npos; };
  const std::string begun = "checkin\n" + item(1) + "\n" + item(2) + "\n";
  SUBCASE("in its last line, and grown") {
    OneDesk desk;
    CHECK(desk.load(begun + item(3) + "\n") == "+++");
    CHECK_FALSE(is_noted(desk));
    CHECK(desk.load(begun + item(4) + "\n" + item(5) + "\n") == "++++");
    CHECK(is_noted(desk));
    CHECK(desk.load(begun + item(4) + "\n" + item(5) + "\n" + item(6) + "\n") == "====+");
    CHECK_FALSE(is_noted(desk));
  }
  SUBCASE("in its first line") {
    OneDesk desk;
    CHECK(desk.load(begun + item(3) + "\n") == "+++");
    CHECK(desk.load("checkin\n" + item(9) + "\n" + item(2) + "\n" + item(3) + "\n") == "+++");
    CHECK(is_noted(desk));
  }
  SUBCASE("with a line put in") {
    OneDesk desk;
    CHECK(desk.load(begun + item(3) + "\n") == "+++");
    CHECK(desk.load("checkin\n" + item(9) + "\n" + item(1) + "\n" + item(2) + "\n" + item(3) + "\n") == "++++");
    CHECK(is_noted(desk));
  }
  SUBCASE("but not if only one of many is the same, if it is another day's, or if the other was undone") {
    OneDesk desk;
    CHECK(desk.load(begun + item(3) + "\n" + item(4) + "\n" + item(5) + "\n" + item(6) + "\n") == "++++++");
    CHECK(desk.load("checkin\n" + item(9) + "\n" + item(1) + "\n") == "++");
    CHECK_FALSE(is_noted(desk));
    CHECK(desk.load("checkin\n" + item(1) + "\n" + item(2) + "\n" + item(3) + "\n", true) == "+++");
    CHECK_FALSE(is_noted(desk));
    desk.undo(1);
    desk.undo(3);
    CHECK(desk.load("checkin\n" + item(8) + "\n" + item(2) + "\n" + item(3) + "\n") == "+++");
    CHECK_FALSE(is_noted(desk));
  }
}
