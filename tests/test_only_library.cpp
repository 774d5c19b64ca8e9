#include <doctest/doctest.h>

#include "loader/report/rendering.hpp"
#include "loader/report/report.hpp"
#include "loader/report/report_parts.hpp"
#include "tests/report_sample.hpp"

using namespace offcirc;

namespace {

// OSH has a log in which NEE recorded two lines as well; NEE has an unreadable log; APP has only a hold.
Report of_two_libraries() {
  Report report = empty_report();
  report.logs = {log_of_0201(7), {"NEE/standlog.0301", "", "NEE", "0301", 0, "Permission denied", {}}};
  report.logs[0].blank = 2;
  report.logs[0].notes = {{"library-mismatch", "2 of 5 transactions are of NEE", "Check it."}};
  for (std::uint64_t n = 1; n <= 5; ++n) report.results.push_back(checkout(n));
  report.results[1].library = report.results[3].library = "NEE";
  report.results[2] = with_outcome(report.results[2], Disposition::rejected, Outcome::user_not_found, "Not found");
  report.results[2].item_id = "31221000000999";
  report.results[3] = with_outcome(report.results[3], Disposition::rejected, Outcome::user_not_found, "Not found");
  report.results[4].kind = "checkin";
  report.missing_stations = {{"NEE", "0302"}, {"OSH", "0202"}};
  report.holds = {{ShelfEvent::filled, "APP", "h1", "1", "", "2", "T", k_morning},
                  {ShelfEvent::filled, "OSH", "h2", "1", "", "2", "T", k_morning}};
  report.due_charges = {{"NEE", "1", "", "2", "T", k_morning}, {"OSH", "3", "", "4", "T", k_morning}};
  complete_report(report, Policy());
  REQUIRE(adds_up(report.totals));
  return report;
}

std::string text_of(const Report& report) {
  return written([&](const TextSink& sink) { write_text(report, five_hours_behind(), sink); });
}

}  // namespace

TEST_CASE("a library gets the results of its stations, numbered as in the whole report, and totals that add up") {
  const Report whole = of_two_libraries();
  const Report part = only_library(whole, "OSH");
  CHECK(part.load == 42);
  CHECK(part.system_name == "Example Library System");
  CHECK(part.started_at == whole.started_at);
  CHECK(part.finished_at == whole.finished_at);
  CHECK(part.only_library == "OSH");
  REQUIRE(part.results.size() == 3);
  CHECK(part.results[0].n == 1);
  CHECK(part.results[1].n == 3);
  CHECK(part.results[2].n == 5);
  REQUIRE(part.logs.size() == 1);
  CHECK(part.logs[0].records == 5);
  CHECK(part.logs[0].blank == 2);
  CHECK(part.logs[0].notes.size() == 1);
  CHECK(part.totals.lines == 5);
  CHECK(part.totals.blank == 2);
  CHECK(part.totals.rejected == 1);
  CHECK(adds_up(part.totals));
  CHECK(part.kinds[0].recorded == 2);
  CHECK(part.kinds[0].loaded == 1);
  CHECK(part.kinds[1].recorded == 1);
  REQUIRE(part.libraries.size() == 1);
  CHECK(part.libraries[0].code == "OSH");
}

TEST_CASE("only the library's own records in another library's log count, and notes on that log are omitted") {
  const Report whole = of_two_libraries();
  const Report part = only_library(whole, "NEE");
  REQUIRE(part.logs.size() == 2);
  CHECK(part.logs[0].path == "OSH/standlog.0201");
  CHECK(part.logs[0].records == 2);
  CHECK(part.logs[0].blank == 0);
  CHECK(part.logs[0].notes.empty());
  CHECK(part.logs[1].error == std::optional<std::string>("Permission denied"));
  CHECK(part.totals.lines == 2);
  CHECK(adds_up(part.totals));
}

TEST_CASE("a library gets only its own holds, charges, and stations") {
  const Report whole = of_two_libraries();
  const Report part = only_library(whole, "OSH");
  REQUIRE(part.holds.size() == 1);
  CHECK(part.holds[0].hold_id == "h2");
  REQUIRE(part.due_charges.size() == 1);
  CHECK(part.due_charges[0].user_id == "3");
  REQUIRE(part.missing_stations.size() == 1);
  CHECK(part.missing_stations[0].station == "0202");
}

TEST_CASE("an item that came back at another library is accounted for in both reports") {
  const Report whole = of_two_libraries();  // refused at NEE, checked in at OSH
  CHECK(whole.results[2].item_is_out);
  CHECK_FALSE(whole.results[3].item_is_out);
  CHECK(only_library(whole, "OSH").results[1].item_is_out);
  CHECK_FALSE(only_library(whole, "NEE").results[1].item_is_out);
}

TEST_CASE("a library that has only a hold, and one that has nothing") {
  const Report whole = of_two_libraries();
  CHECK(text_of(only_library(whole, "APP")) == R"(Example Library System
======================
Load 42
For library APP only
Started 2026-06-12 11:12:31, finished 2026-06-12 11:12:33 (Test/Central)

Summary
-------
           0  loaded
           0  loaded, follow-up needed
           0  not loaded
           0  already loaded
           0  unreadable
           0  blank (headers, comments, empty lines)
  ----------
           0  lines in 0 logs

APP
===

Hold shelf (1)
--------------
Filled (1). Take the hold slip off the hold shelf; there is nothing to fetch.
  2: T
      Patron 1, hold h1, 2026-06-12 10:12:31
)");
  CHECK(text_of(only_library(whole, "ELM"))
            .ends_with("\n  There is nothing to do.\n\nELM\n===\nNothing was recorded.\n"));
}
