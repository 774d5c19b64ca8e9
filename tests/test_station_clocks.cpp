#include <doctest/doctest.h>

#include <string>

#include "loader/report/library_part.hpp"
#include "report_sample.hpp"

using namespace offcirc;

namespace {

constexpr Seconds k_minute = 60, k_hour = 60 * k_minute;

Seconds offer(Seconds ahead, Seconds correction = 0) {
  StationClock clock;
  clock.ahead_seconds = ahead;
  clock.correction_seconds = correction;
  return clock_to_offer(clock);
}

ReportResult ahead_by(Seconds ahead, const Report& report) {
  ReportResult result = with_outcome(checkout(1), Disposition::rejected, Outcome::clock_ahead, "Ahead");
  result.occurred_at = result.recorded_at = report.started_at + ahead;
  return result;
}

StationClock clock_of(const Report& report, std::string_view library, std::string_view station) {
  for (const LibraryClocks& clocks : clocks_by_library(report))
    if (clocks.library == library) return clocks.clocks.at(station);
  return {};
}

}  // namespace

TEST_CASE("from 55 minutes on, a whole hour is suggested") {
  CHECK(offer(35 * k_minute) == -35 * k_minute);
  CHECK(offer(55 * k_minute - 1) == -(55 * k_minute - 1));
  CHECK(offer(55 * k_minute) == -k_hour);
  CHECK(offer(k_hour) == -k_hour);
  // Within the five minutes that make no difference.
  CHECK(offer(k_hour + 5 * k_minute) == -k_hour);
  CHECK(offer(k_hour + 5 * k_minute + 1) == -(k_hour + 5 * k_minute + 1));
  CHECK(offer(2 * k_hour - k_minute) == -2 * k_hour);
  CHECK(offer(3 * k_minute) == -3 * k_minute);
}

TEST_CASE("the offset already set in the configuration is part of the suggestion") {
  CHECK(offer(35 * k_minute, 7 * k_minute) == -28 * k_minute);
  CHECK(offer(58 * k_minute, 7 * k_minute) == -53 * k_minute);
  CHECK(offer(10 * k_minute, -k_hour) == -k_hour - 10 * k_minute);
}

TEST_CASE("a station has one entry, from its log, whatever temporary library was set") {
  Report report = empty_report();
  ReportLog log;
  log.path = "logs/standlog.0201";
  log.library = "OSH";
  log.station = "0201";
  report.logs = {log};
  for (const Seconds ahead : {-2 * k_hour, 40 * k_minute, 33 * k_minute}) {
    ReportResult result = ahead_by(ahead, report);
    result.log = report.logs[0].path;
    report.results.push_back(result);
  }
  report.results[1].library = "APP";
  CHECK(clocks_by_library(report).size() == 1);
  const StationClock clock = clock_of(report, "OSH", "0201");
  CHECK(clock.ahead == 3);
  CHECK(clock.pending == 3);
  CHECK(clock.ahead_seconds == 40 * k_minute);
  CHECK(clock.action ==
        "Set the workstation's clock. 'offcirc retry 42 --clock OSH/0201=-00:40:00' loads its records; subtract more "
        "if it was further ahead.");
}

TEST_CASE("the action depends on what is known") {
  Report report = empty_report();
  report.results = {ahead_by(40 * k_minute, report)};
  report.dry_run = true;
  CHECK(clock_of(report, "OSH", "0201").action ==
        "Set the workstation's clock. Load its log with --clock OSH/0201=-00:40:00; subtract more if it was further "
        "ahead.");
  report.dry_run = false;
  report.results[0].retry_of = ResultName{1, 1};
  CHECK(clock_of(report, "OSH", "0201").ahead_seconds == 0);
  CHECK(clock_of(report, "OSH", "0201").action ==
        "Set the workstation's clock. 'offcirc retry 42 --clock OSH/0201=-HH:MM:SS', with the time that it was ahead, "
        "loads its records.");
  report.results = {ahead_by(200 * k_hour, report)};
  CHECK(clock_of(report, "OSH", "0201").action == "Set the workstation's clock before the next outage.");
  // Loaded by a later load or despite its clock: nothing is left to retry.
  report.results = {ahead_by(40 * k_minute, report)};
  report.results[0].retried_as = LaterAttempt{{43, 1}, true};
  CHECK(clock_of(report, "OSH", "0201").action == "Set the workstation's clock before the next outage.");
}
