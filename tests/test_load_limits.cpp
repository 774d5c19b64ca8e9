// The limits of a load: a log beyond them is skipped and reported.
#include <doctest/doctest.h>

#include "loader/intake/open_logs.hpp"
#include "loader/intake/read_log.hpp"
#include "loader/progress.hpp"
#include "tests/current_folder.hpp"

using namespace offcirc;

namespace {

constexpr const char* k_log =
    "recorded_at,library,kind,user_id,item_id\n"
    "2026-06-12T10:00:00,OSH,checkin,,31221000000013\n"
    "\n"
    "2026-06-12T10:00:01,OSH,juggle,,31221000000013\n"
    "2026-06-12T10:00:02,OSH,checkin,,31221000000013\n";

IntakeOptions logs_in(const std::string& folder) {
  IntakeOptions options;
  options.paths = {folder};
  return options;
}

ReadLog read_with(std::uint64_t max_records) {
  OpenLogs opened = open_logs(logs_in("in"), Config());
  REQUIRE(opened.logs.size() == 1);
  LineCount lines(Progress::nobody());
  return read_log(std::move(opened.logs.front()), {}, lines, max_records);
}

}  // namespace

TEST_CASE("nothing is kept of a log with too many records") {
  const CurrentFolder folder;
  write("in/log.csv", k_log);
  const ReadLog whole = read_with(3);
  CHECK_FALSE(whole.log.error.has_value());
  CHECK(whole.storage->transactions.size() == 2);
  CHECK(whole.unreadable.size() == 1);
  for (const std::uint64_t max_records : {0, 1, 2}) {
    const ReadLog refused = read_with(max_records);
    CHECK(refused.log.error ==
          "was skipped: the logs of one load can have at most 10000000 records in all. Load it separately, or split it "
          "at the "
          "end of a line.");
    CHECK(refused.storage == nullptr);
    CHECK(refused.unreadable.empty());
    CHECK(refused.log.records == 0);
    CHECK(refused.log.path == "in/log.csv");
  }
}

TEST_CASE("if the logs together are too large, those that do not fit are skipped") {
  const CurrentFolder folder;
  const std::string text = k_log;
  write("in/1.csv", text);
  write("in/2.csv", text + text);
  write("in/3.csv", text);
  const OpenLogs opened = open_logs(logs_in("in"), Config(), text.size() * 2);
  REQUIRE(opened.logs.size() == 3);
  CHECK_FALSE(opened.logs[0].log.error.has_value());
  CHECK(opened.logs[1].log.error == "was skipped: the logs of one load can have at most " +
                                        std::to_string(text.size() * 2) + " bytes in all. Load it separately.");
  CHECK(opened.logs[1].storage == nullptr);
  CHECK_FALSE(opened.logs[2].log.error.has_value());
  CHECK_THROWS_AS(open_logs(logs_in("in/2.csv"), Config(), text.size()), RunError);
}
