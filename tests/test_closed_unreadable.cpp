// An unreadable record stays pending until its whole record arrives; no other record closes it.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "loader/journal/undo.hpp"
#include "loader/runs/load.hpp"
#include "loader/store/store.hpp"
#include "tests/temp_folder.hpp"

namespace fs = std::filesystem;
using namespace offcirc;

namespace {

constexpr Seconds k_evening = 1'781'294'400;  // 2026-06-12T20:00:00Z

struct Given {
  std::string folder = "OSH";
  std::optional<Kind> kind = {};
  bool as_new = false;
};

class System {
 public:
  System() {
    m_config.policy.libraries.emplace_back().code = "OSH";
    m_config.policy.libraries.emplace_back().code = "NEE";
    Store::create(m_folder.path() / "circ.db");
  }

  /// `2 unreadable, 1 closed`
  std::string load(const std::string& text, const std::string& format = "koc", const Given& given = {}) {
    const fs::path file = m_folder.path() / given.folder / fmt::format("log{}", ++m_loads);
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    LoadOptions options;
    options.intake.paths = {file.string()};
    options.intake.format = format;
    options.intake.kind = given.kind;
    options.intake.as_new = given.as_new;
    options.intake.at = Stamp(StampForm::absolute, k_evening - 3600);
    options.database = m_folder.path() / "circ.db";
    options.now = k_evening;
    const LoadOutcome outcome = run_load(options, m_config);
    std::size_t unreadable = 0;
    for (const Result& result : outcome.unreadable) unreadable += result.disposition == Disposition::unreadable ? 1 : 0;
    return fmt::format("{} unreadable, {} closed", unreadable, outcome.closed.size());
  }

  void undo(std::int64_t load) {
    Store store(m_folder.path() / "circ.db", Store::Access::write);
    UndoOptions options;
    options.load = load;
    store.undo(options, m_config.policy.zone);
  }

 private:
  TempFolder m_folder;
  Config m_config;
  int m_loads = 0;
};

const std::string k_header = "Version=1.0\tGenerator=kocPHP\tGeneratorVersion=1.0\n";
const std::string k_zeros(64, '\0');

std::string line(int minute, int item) {
  return fmt::format("2026-06-12 10:{:02}:00 000\tissue\t2122{:010}\t3122{:010}\n", minute, 7, item);
}

std::string cut(const std::string& text, std::size_t bytes) {
  return text.substr(0, bytes) + "\n";
}

std::string message(const std::string& text) {
  const std::string begun = text + "AY0AZ";
  unsigned sum = 0;
  for (const char byte : begun) sum += static_cast<unsigned char>(byte);
  return fmt::format("{}{:04X}\n", begun, (0x10000 - sum) & 0xFFFFU);
}

std::string checkin(int minute, int item) {
  return fmt::format("09N20260612    10{0:02}0020260612    10{0:02}00AP|AOOSH|AB3122{1:010}|AC|", minute, item);
}

}  // namespace

TEST_CASE("zeros between two records are closed by what is between these records in the whole log") {
  System system;
  const std::string before = k_header + line(1, 1), after = line(9, 9);
  CHECK(system.load(before + k_zeros + "\n" + after) == "1 unreadable, 0 closed");
  CHECK(system.load(before + after) == "0 unreadable, 0 closed");
  CHECK(system.load(before + line(2, 2) + line(3, 3) + after) == "0 unreadable, 1 closed");
}

TEST_CASE("zeros at the end of a log are closed by a record on their line, and by none elsewhere") {
  System system;
  const std::string before = k_header + line(1, 1);
  CHECK(system.load(before + k_zeros + "\n") == "1 unreadable, 0 closed");
  CHECK(system.load(k_header + "\n" + line(1, 1) + line(2, 2)) == "0 unreadable, 0 closed");
  CHECK(system.load(before + line(3, 3)) == "0 unreadable, 1 closed");
}

TEST_CASE("zeros at the beginning of a log are closed if the next record is on its old line") {
  System system;
  const std::string after = line(5, 5) + line(6, 6);
  CHECK(system.load(k_header + k_zeros + "\n" + after) == "1 unreadable, 0 closed");
  CHECK(system.load(k_header + line(1, 1) + line(2, 2) + after) == "0 unreadable, 0 closed");
  CHECK(system.load(k_header + line(3, 3) + after) == "0 unreadable, 1 closed");
}

TEST_CASE("if there are fewer new records than unreadable ones, only what is on their line is closed") {
  System system;
  const std::string before = k_header + line(1, 1), after = line(9, 9);
  CHECK(system.load(before + k_zeros + "\nnothing to be read\n" + after) == "2 unreadable, 0 closed");
  CHECK(system.load(before + line(2, 2) + after) == "0 unreadable, 1 closed");
}

TEST_CASE("records that are still unreadable, or are from another library, close nothing") {
  System system;
  const std::string before = k_header + line(1, 1), after = line(9, 9);
  CHECK(system.load(before + k_zeros + "\n" + after) == "1 unreadable, 0 closed");
  CHECK(system.load(before + k_zeros + "\n" + line(2, 2) + after) == "0 unreadable, 0 closed");
  CHECK(system.load(before + after + line(4, 4)) == "0 unreadable, 0 closed");
  CHECK(system.load(before + line(3, 3) + after, "koc", {.folder = "NEE"}) == "0 unreadable, 0 closed");
}

TEST_CASE("several truncated records in a row are each closed by their own record") {
  System system;
  const std::string one = line(1, 1), two = line(2, 2), three = line(3, 3);
  CHECK(system.load(k_header + cut(one, 40) + cut(two, 45) + cut(three, 40)) == "3 unreadable, 0 closed");
  CHECK(system.load(k_header + line(1, 4) + line(2, 5), "koc", {.folder = "NEE"}) == "0 unreadable, 0 closed");
  CHECK(system.load(k_header + one + two + three) == "0 unreadable, 3 closed");
}

TEST_CASE("a message with a wrong checksum is closed by the same message with a correct one") {
  System system;
  const std::string one = message(checkin(1, 1)), three = message(checkin(3, 3));
  const std::string bad = checkin(2, 2) + "AY0AZ0000\n";
  SUBCASE("by itself") {
    CHECK(system.load(bad, "sip2") == "1 unreadable, 0 closed");
    CHECK(system.load(message(checkin(2, 3)), "sip2") == "0 unreadable, 0 closed");
    CHECK(system.load(message(checkin(2, 2)), "sip2") == "0 unreadable, 1 closed");
  }
  SUBCASE("between others, even if its ID was damaged") {
    CHECK(system.load(one + checkin(2, 8) + "AY0AZ0000\n" + three, "sip2") == "1 unreadable, 0 closed");
    CHECK(system.load(one + message(checkin(2, 2)) + three, "sip2") == "0 unreadable, 1 closed");
  }
  SUBCASE("at the end, by its time and item") {
    CHECK(system.load(one + bad, "sip2") == "1 unreadable, 0 closed");
    CHECK(system.load(one + three + message(checkin(2, 2)), "sip2") == "0 unreadable, 1 closed");
  }
}

TEST_CASE("a list without a mode is closed by the same list with one") {
  System system;
  const std::string list = "31220000000013\n31220000000021\n";
  SUBCASE("with --kind") {
    CHECK(system.load(list, "scan") == "2 unreadable, 0 closed");
    CHECK(system.load(list, "scan", {.kind = Kind::checkin, .as_new = true}) == "0 unreadable, 0 closed");
  }
  SUBCASE("if it has grown, with a first line") {
    CHECK(system.load(list, "scan") == "2 unreadable, 0 closed");
    CHECK(system.load("checkin\n31220000000021\n31220000000013\n", "scan") == "0 unreadable, 0 closed");
    CHECK(system.load("checkin\n" + list, "scan", {.folder = "NEE"}) == "0 unreadable, 0 closed");
    CHECK(system.load("checkin\n" + list + "31220000000039\n", "scan") == "0 unreadable, 2 closed");
  }
  SUBCASE("and is reopened when that load is undone") {
    CHECK(system.load(list, "scan") == "2 unreadable, 0 closed");
    CHECK(system.load(list, "scan", {.kind = Kind::checkin}) == "0 unreadable, 2 closed");
    system.undo(2);
    CHECK(system.load(list, "scan", {.kind = Kind::checkin}) == "0 unreadable, 2 closed");
  }
}

TEST_CASE("a row with an ID that a spreadsheet has mangled is closed by the original row") {
  System system;
  const auto sheet = [](const std::string& head, const std::string& at, const std::string& user) {
    return fmt::format(
        "kind,{0}user_id,item_id\ncheckout,{1}21220000000018,31220000000013\n"
        "checkout,{1}{2},31220000000021\ncheckout,{1}21220000000018,31220000000039\n",
        head, at, user);
  };
  for (const auto& [head, at] : {std::pair{"occurred_at,", "2026-06-12T10:00,"}, {"", ""}}) {
    CAPTURE(head);
    CHECK(system.load(sheet(head, at, "2.77E+13"), "csv") == "1 unreadable, 0 closed");
    CHECK(system.load(sheet(head, at, "27714000000001"), "csv") == "0 unreadable, 1 closed");
  }
}
