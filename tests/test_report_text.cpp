#include <doctest/doctest.h>

#include <algorithm>

#include "loader/output/characters.hpp"
#include "loader/report/page.hpp"
#include "loader/report/rendering.hpp"
#include "loader/report/report_parts.hpp"
#include "loader/report/summary.hpp"
#include "tests/report_sample.hpp"

using namespace offcirc;

namespace {

std::string text_of(const Report& report) {
  return written([&](const TextSink& sink) { write_text(report, five_hours_behind(), sink); });
}

/// The summary as written to a file.
std::string plain_summary(const Report& report) {
  return summary_text(summary_of(report), 0, false);
}

std::string paragraph(std::size_t indent, std::size_t hang, std::string_view text) {
  return written([&](const TextSink& sink) {
    BlockWriter out(sink);
    Page(out).paragraph(indent, hang, text);
    out.finish();
  });
}

/// The lines from the heading up to the next heading.
std::string section_of(const std::string& text, const std::string& heading) {
  const std::size_t begin = text.find("\n" + heading);
  if (begin == std::string::npos) return "no " + heading;
  const std::size_t underline = text.find('\n', begin + 1);
  const std::size_t body = text.find('\n', underline + 1) + 1;
  const std::size_t next = std::min(text.find("\n---", body), text.find("\n===", body));
  return text.substr(body, next == std::string::npos ? next : text.rfind("\n\n", next) + 1 - body);
}

/// A report with one log of OSH and no results yet.
Report report_of_0201() {
  Report report = empty_report();
  report.libraries = {{"OSH", "Oshkosh Public Library"}};
  report.logs = {log_of_0201(0)};
  return report;
}

Report with_results(ReportResults results) {
  Report report = report_of_0201();
  report.results = std::move(results);
  for (std::size_t i = 0; i < report.results.size(); ++i) report.results[i].n = i + 1;
  mark_items_out(report.results);
  return report;
}

ReportResult refused(std::uint64_t n) {
  return with_outcome(checkout(n), Disposition::rejected, Outcome::user_not_found, "User not found: 21221000000015");
}

ReportResult to_follow_up(std::uint64_t n, Outcome outcome, std::string message) {
  return with_outcome(checkout(n), Disposition::follow_up, outcome, std::move(message));
}

}  // namespace

TEST_CASE("a load without trouble fits on one screen") {
  Report report = with_results({checkout(1), checkout(2)});
  report.totals = {.lines = 4, .loaded = 2, .blank = 2};
  report.kinds[0] = {2, 2};
  CHECK(text_of(report) == R"(Example Library System
======================
Load 42
Started 2026-06-12 11:12:31, finished 2026-06-12 11:12:33 (Test/Central)

Summary
-------
  Transactions      loaded  recorded
  Checkouts              2         2

           2  loaded
           0  loaded, follow-up needed
           0  not loaded
           0  already loaded
           0  unreadable
           2  blank (headers, comments, empty lines)
  ----------
           4  lines in 1 log

  There is nothing to do.

OSH - Oshkosh Public Library
============================

Loaded
------
  Checkouts              2 of 2
)");
}

TEST_CASE("a check states that nothing was written") {
  Report report = empty_report();
  report.load = 0;
  report.dry_run = true;
  CHECK(text_of(report) == R"(Example Library System
======================
Check only: nothing was written
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

  There is nothing to do.
)");
}

TEST_CASE("what was not loaded, with reason, people, action, and place") {
  Report report = with_results({refused(1), refused(2)});
  report.results[1].notes = {note(Outcome::item_not_found, "Item not found: 31221000000013"),
                             note(Outcome::user_delinquent, "Patron is delinquent: owes 3.40")};
  report.results[1].occurred_at += 420;
  report.results[1].title = "";
  CHECK(section_of(text_of(report), "Not loaded (2)") == R"(  #1  2026-06-12 10:12:31  Checkout, workstation 0201
      User not found: 21221000000015
      Patron 21221000000015, item 31221000000013: A Title
      To do: Find the patron by name or another card and check the item out, or
          register the patron.
      OSH/standlog.0201:7
  #2  2026-06-12 10:20:31  Checkout, workstation 0201
      User not found: 21221000000015
      Patron 21221000000015, item 31221000000013
      The workstation's clock showed 2026-06-12 10:13:31
      Also: Item not found: 31221000000013. Check the shelf for the item, and
          check its barcode and its record. Patron is delinquent: owes 3.40.
      To do: Find the patron by name or another card and check the item out, or
          register the patron.
      OSH/standlog.0201:8
)");
}

TEST_CASE("retried results are marked, and have no action if they have been loaded since") {
  Report report = with_results({refused(1), refused(2), checkout(3)});
  report.results[0].retried_as = LaterAttempt{{7, 2}, true};
  report.results[1].retried_as = LaterAttempt{{7, 3}, false};
  report.results[1].retry_of = ResultName{1, 9};
  report.results[2].overridden = {"user-blocked", "too-old"};
  report.results[2].overridden_by = "pat";
  report.lists_loaded = true;
  const std::string text = text_of(report);
  CHECK(section_of(text, "Not loaded (1)") == R"(  #2  2026-06-12 10:13:31  Checkout, workstation 0201
      User not found: 21221000000015
      Patron 21221000000015, item 31221000000013: A Title
      Retry of #9 in load 1; retried as #3 in load 7: still not loaded
      To do: Find the patron by name or another card and check the item out, or
          register the patron.
      OSH/standlog.0201:8
)");
  CHECK(section_of(text, "Loaded later by a retry (1)") ==
        R"(  #1  2026-06-12 10:12:31  Checkout, workstation 0201
      User not found: 21221000000015
      Patron 21221000000015, item 31221000000013: A Title
      Retried as #2 in load 7: loaded
      OSH/standlog.0201:7
)");
  CHECK(text.find("user-blocked, too-old overridden by pat\n") != std::string::npos);
}

TEST_CASE("tasks are grouped by kind and action, with one entry per task") {
  Report report = with_results(
      {to_follow_up(1, Outcome::route_home, "Item belongs to another library: NEE"),
       to_follow_up(2, Outcome::hold_for_another, "Item was on hold for another patron: 21221000000099, pickup at NEE"),
       to_follow_up(3, Outcome::route_home, "Item belongs to another library: APP")});
  report.results[1].due_at = k_morning + 21 * 24 * 3600;
  report.results[1].notes = {note(Outcome::was_missing, "Was marked missing; the mark has been removed"),
                             note(Outcome::bill_created, "Bill created: 12.50")};
  CHECK(section_of(text_of(report), "Loaded, follow-up needed (3)") ==
        R"(
Check in again (2)
..................
Check the item in again, to send it home. (2)
  #1  2026-06-12 10:12:31  Checkout, workstation 0201
      Item belongs to another library: NEE
      Patron 21221000000015, item 31221000000013: A Title
      OSH/standlog.0201:7
  #3  2026-06-12 10:14:31  Checkout, workstation 0201
      Item belongs to another library: APP
      Patron 21221000000015, item 31221000000013: A Title
      OSH/standlog.0201:9

Call the patron (1)
...................
Tell the waiting patron that the item is gone; the hold keeps its place in the
queue. (1)
  #2  2026-06-12 10:13:31  Checkout, workstation 0201
      Item was on hold for another patron: 21221000000099, pickup at NEE
      Patron 21221000000015, item 31221000000013: A Title
      Due: 2026-07-03 10:12
      Also: Bill created: 12.50.
      OSH/standlog.0201:8

Fix the record (1)
..................
Take the item off the list of missing items. (1)
  #2  2026-06-12 10:13:31  Checkout, workstation 0201
      Was marked missing; the mark has been removed
      Patron 21221000000015, item 31221000000013: A Title
      Due: 2026-07-03 10:12
      Also: Bill created: 12.50.
      OSH/standlog.0201:8
)");
}

TEST_CASE("a follow-up on every loaded line of a log is one entry") {
  ReportResults results;
  for (std::uint64_t n = 1; n <= 3; ++n)
    results.push_back(to_follow_up(n, Outcome::clock_ahead, "Recorded in the future"));
  results.push_back(refused(4));
  CHECK(section_of(text_of(with_results(results)), "Loaded, follow-up needed (3)") ==
        R"(
Check the workstation (3)
.........................
Set the workstation's clock, and tell the system office how far ahead it was.
(3)
  OSH/standlog.0201
      All 3 loaded transactions: Recorded in the future
)");

  SUBCASE("but not if one line lacks it") {
    results.push_back(checkout(5));
    const std::string text = text_of(with_results(results));
    CHECK(text.find("All 3 transactions") == std::string::npos);
    CHECK(text.find("OSH/standlog.0201:9\n") != std::string::npos);
  }
  SUBCASE("nor where the messages differ") {
    results[1].message = worded("Recorded in the future too");
    CHECK(text_of(with_results(results)).find("All ") == std::string::npos);
  }
}

TEST_CASE("a note on a log is not repeated on its lines") {
  Report report = with_results(
      {refused(1), to_follow_up(2, Outcome::was_missing, "Was marked missing; the mark has been removed")});
  for (ReportResult& result : report.results)
    result.notes = {note(Outcome::library_mismatch, "Recorded under APP"),
                    note(Outcome::due_date_unusual, "Due in 2027")};
  CHECK(text_of(report).find("Recorded under APP") != std::string::npos);
  CHECK(text_of(report).find("Due in 2027") != std::string::npos);
  report.logs[0].notes = {{"library-mismatch", "4 lines", "Check it."}, {"due-date-unusual", "4 dates", "Check them."}};
  CHECK(text_of(report).find("Recorded under APP") == std::string::npos);
  CHECK(text_of(report).find("Due in 2027") == std::string::npos);
  CHECK(section_of(text_of(report), "Logs to check") == R"(  OSH/standlog.0201
      4 lines
      To do: Check it.
      4 dates
      To do: Check them.
)");
}

TEST_CASE("unreadable lines, an unreadable log, and stations that have not uploaded") {
  Report report = report_of_0201();
  report.results = {with_outcome({}, Disposition::unreadable, Outcome::unreadable, "Expected a date, got 2026-13-01")};
  report.results[0].n = 1;
  report.results[0].log = "OSH/standlog.0201";
  report.results[0].library = "OSH";
  report.results[0].line = 31;
  report.results[0].column = 12;
  report.logs.push_back({"OSH/standlog.0203", "", "OSH", "0203", 0, "Permission denied", {}});
  report.missing_stations = {{"OSH", "0202"}, {"OSH", "0204"}};
  const std::string text = text_of(report);
  CHECK(section_of(text, "Unreadable (1)") == R"(Find out from the desk what was done, and enter it by hand.
  #1  OSH/standlog.0201:31:12
      Expected a date, got 2026-13-01
)");
  CHECK(section_of(text, "Logs to check") == R"(  OSH/standlog.0203
      Not read: Permission denied
)");
  CHECK(section_of(text, "Workstations that have not uploaded") == "  0202, 0204\n");
}

TEST_CASE("an unreadable record is shown with its readable parts, marked as doubtful if the line is damaged") {
  ReportResult whole = with_outcome(checkout(1), Disposition::unreadable, Outcome::unreadable, "The kind is missing.");
  whole.kind = whole.title = {};
  whole.user_name = "Berg, Ada";
  ReportResult damaged = whole;
  damaged.is_doubtful = true;
  damaged.user_id = damaged.user_name = {};
  ReportResult blank = whole;
  blank.occurred_at = blank.recorded_at = k_no_time;
  blank.user_id = blank.item_id = blank.user_name = {};
  const std::string text = section_of(text_of(with_results({whole, damaged, blank})), "Unreadable (3)");
  CHECK(text == R"(Find out from the desk what was done, and enter it by hand.
  #1  OSH/standlog.0201:7
      The kind is missing.
      What could be read: 2026-06-12 10:12:31, patron 21221000000015 (Berg,
          Ada), item 31221000000013
  #2  OSH/standlog.0201:7
      The kind is missing.
      Uncertain, because the line is damaged: 2026-06-12 10:12:31, item
          31221000000013
  #3  OSH/standlog.0201:7
      The kind is missing.
)");
}

TEST_CASE("unsupported transactions are grouped by command, with the first of each") {
  ReportResults results;
  const auto add = [&](std::string_view what) {
    ReportResult one = with_outcome(checkout(results.size() + 1), Disposition::rejected, Outcome::unsupported, "Edit");
    one.kind = name_of(Kind::unsupported);
    one.what = what;
    one.title = {};
    results.push_back(one);
  };
  add("Place hold");
  for (int i = 0; i < 2000; ++i) add("Edit user");
  // Another reason for rejection does not make it another command.
  results.back() = with_outcome(results.back(), Disposition::rejected, Outcome::too_old, "Too old");
  const std::string text = text_of(with_results(std::move(results)));
  CHECK(section_of(text, "Not supported (2001)") ==
        R"(offcirc can't load these. Enter what matters by hand; the CSV report lists them
all.
  Edit user: 2000 transactions
      First: 2026-06-12 10:13:31, workstation 0201, patron 21221000000015, item
          31221000000013 (#2)
      OSH/standlog.0201:8
  Place hold: 1 transaction
      2026-06-12 10:12:31, workstation 0201, patron 21221000000015, item
          31221000000013 (#1)
      OSH/standlog.0201:7
)");
  CHECK(text.find("Not loaded (") == std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') < 50);
  CHECK(text.find("There is nothing to do.") == std::string::npos);
}

TEST_CASE("dismissed results are settled: they have their own section, and their items are not unaccounted for") {
  ReportResult unreadable = with_outcome({}, Disposition::unreadable, Outcome::unreadable, "Expected a date");
  unreadable.log = "OSH/standlog.0201";
  unreadable.library = "OSH";
  unreadable.item_id = "31221000000021";
  unreadable.dismissed = {k_morning + 60, "pat", {}};
  ReportResult rejected = refused(1);
  rejected.dismissed = {k_morning, "jane", "found by name"};
  const std::string text = text_of(with_results({rejected, unreadable}));
  CHECK(section_of(text, "Settled by hand (2)") == R"(  #1  2026-06-12 10:12:31  Checkout, workstation 0201
      User not found: 21221000000015
      Patron 21221000000015, item 31221000000013: A Title
      Dismissed on 2026-06-12 10:12 by jane: found by name
      OSH/standlog.0201:7
  #2  time unknown  Record
      Expected a date
      Item 31221000000021
      Time and IDs are what could be read
      Dismissed on 2026-06-12 10:13 by pat
      OSH/standlog.0201:0
)");
  CHECK(text.find("Not loaded (") == std::string::npos);
  CHECK(text.find("Unreadable (") == std::string::npos);
  CHECK(text.find("Items out") == std::string::npos);
  CHECK(text.find("There is nothing to do.") != std::string::npos);
}

TEST_CASE("a user's name follows the ID everywhere in the report") {
  ReportResult unnamed = refused(1);
  unnamed.item_id = "31221000000021";
  ReportResults named{refused(2),
                      to_follow_up(3, Outcome::was_missing, "Was marked missing; the mark has been removed"),
                      to_follow_up(4, Outcome::registered, "New user")};
  named[0].item_id = "31221000000039";
  for (ReportResult& result : named) result.user_name = "O'Brien, Pat";
  const std::string text = text_of(with_results({unnamed, named[0], named[1], named[2]}));
  const std::string who = "Patron 21221000000015 (O'Brien, Pat), item ";
  const auto contains = [&](const char* section, const std::string& words) {
    return section_of(text, section).find(words) != std::string::npos;
  };
  CHECK(contains("Not loaded (2)", "      Patron 21221000000015, item 31221000000021: A Title\n"));
  CHECK(contains("Not loaded (2)", "      " + who + "31221000000039: A Title\n"));
  CHECK(section_of(text, "Left the building, but not checked out (2)") ==
        R"(  #1  31221000000021: A Title
      Patron 21221000000015, 2026-06-12 10:12:31
  #2  31221000000039: A Title
      Patron 21221000000015 (O'Brien, Pat), 2026-06-12 10:13:31
)");
  CHECK(contains("Loaded, follow-up needed", who));
  CHECK(contains("Registrations to review", who));
}

TEST_CASE("an item of a refused checkout is unaccounted for until a later result names it") {
  const auto out = [](ReportResults results) {
    return section_of(text_of(with_results(std::move(results))), "Left the building, but not checked out");
  };
  const std::string none = "no Left the building, but not checked out";
  const std::string first = "  #1  31221000000013: A Title\n      Patron 21221000000015, 2026-06-12 10:12:31\n";
  CHECK(out({refused(1)}) == first);
  CHECK(out({checkout(1)}) == none);
  CHECK(out({refused(1), checkout(2)}) == none);
  CHECK(out({checkout(1), refused(2)}) != none);

  ReportResult refused_checkin = refused(2);
  refused_checkin.kind = "checkin";
  CHECK(out({refused(1), refused_checkin}) == none);
  ReportResult refused_renewal = refused(2);
  refused_renewal.kind = "renewal";
  CHECK(out({refused(1), refused_renewal}) == first);

  ReportResult overtaken = refused(1);
  overtaken.notes = {note(Outcome::later_action, "Checked in later")};
  CHECK(out({overtaken}) == none);
  ReportResult nobody = refused(1);
  nobody.user_id = nobody.title = "";
  CHECK(out({nobody}) == "  #1  31221000000013\n      Patron unknown, 2026-06-12 10:12:31\n");
}

TEST_CASE("a summary word longer than the terminal's width continues on the next line") {
  const Summary summary{{{{"Not read: abcdefghijklmnopqrstuvwxyz0123456789.", Tone::bad}}}};
  CHECK(summary_text(summary, 20, false) == "Not read:\n  abcdefghijklmnopqr\n  stuvwxyz0123456789\n  .\n");
  CHECK(summary_text(summary, 20, true) ==
        "\x1b[31mNot read:\x1b[0m\n  \x1b[31mabcdefghijklmnopqr\x1b[0m\n  \x1b[31mstuvwxyz0123456789\x1b[0m\n  "
        "\x1b[31m.\x1b[0m\n");
  CHECK(summary_text(summary, 0, false) == "Not read: abcdefghijklmnopqrstuvwxyz0123456789.\n");
}

TEST_CASE("all registrations are listed together, loaded or not, and nowhere else") {
  ReportResult user_exists = with_outcome(checkout(1), Disposition::rejected, Outcome::user_exists, "User exists");
  user_exists.kind = "registration";
  user_exists.item_id = user_exists.title = "";
  user_exists.notes = {note(Outcome::clock_jumped, "It jumped")};
  ReportResult registered = to_follow_up(2, Outcome::possible_duplicate, "Looks like 21221000000099");
  registered.kind = "registration";
  registered.item_id = registered.title = "";
  registered.notes = {note(Outcome::registered, "New user"), note(Outcome::user_delinquent, "Delinquent")};
  ReportResult used = to_follow_up(3, Outcome::was_missing, "Item was missing");
  used.notes = {note(Outcome::registered_later, "Registered at 11:00")};
  const std::string text = text_of(with_results({user_exists, registered, used}));
  CHECK(text.find("Not loaded (") == std::string::npos);
  CHECK(section_of(text, "Loaded, follow-up needed (1)") == R"(
Fix the record (1)
..................
Take the item off the list of missing items. (1)
  #3  2026-06-12 10:14:31  Checkout, workstation 0201
      Item was missing
      Patron 21221000000015, item 31221000000013: A Title
      OSH/standlog.0201:9
)");
  CHECK(section_of(text, "Registrations to review (3)") ==
        R"(
Fix the record (3)
..................
Compare the two records, and correct the older one by hand. (1)
  #1  2026-06-12 10:12:31  Registration, workstation 0201
      Not loaded: User exists
      Patron 21221000000015
      Also: It jumped. Check the workstation's clock.
      OSH/standlog.0201:7

Compare the two records, and merge them if they are the same person. (1)
  #2  2026-06-12 10:13:31  Registration, workstation 0201
      Looks like 21221000000099
      Patron 21221000000015
      Also: Delinquent.
      OSH/standlog.0201:8

Review the new record. (1)
  #2  2026-06-12 10:13:31  Registration, workstation 0201
      New user
      Patron 21221000000015
      Also: Delinquent.
      OSH/standlog.0201:8

Check the workstation (1)
.........................
Check the workstation's clock: the patron was registered only after this. (1)
  #3  2026-06-12 10:14:31  Checkout, workstation 0201
      Registered at 11:00
      Patron 21221000000015, item 31221000000013: A Title
      OSH/standlog.0201:9
)");
}

TEST_CASE("holds, by what happened to them") {
  Report report = report_of_0201();
  report.holds = {
      {ShelfEvent::filled, "OSH", "h1", "21000", "", "31000", "A Title", k_morning},
      {ShelfEvent::another_taken, "OSH", "h2", "22000", "O'Brien, Pat", "32000", "A Title", k_morning + 60},
      {ShelfEvent::waits_again, "OSH", "h3", "21000", "", "33000", "", k_morning + 120},
      {ShelfEvent::placed, "OSH", "h4", "21000", "", "", "Another Title", k_morning + 180},
      {ShelfEvent::placed, "OSH", "h5", "21000", "", "", "", k_morning + 240},
  };
  const std::string text = text_of(report);
  CHECK(text.find("There is nothing to do.") == std::string::npos);
  CHECK(section_of(text, "Hold shelf (5)") ==
        R"(Filled (1). Take the hold slip off the hold shelf; there is nothing to fetch.
  31000: A Title
      Patron 21000, hold h1, 2026-06-12 10:12:31

The patron took another copy (1). Ask whether the copy on the hold shelf is
still wanted. If not, cancel the hold and reshelve it.
  32000: A Title
      Patron 22000 (O'Brien, Pat), hold h2, 2026-06-12 10:13:31

The item left with another patron; the hold is pending again (1). Take the hold
slip off the hold shelf, and tell the patron that it will take longer.
  33000
      Patron 21000, hold h3, 2026-06-12 10:14:31

Placed since the outage began (2). Check the shelf: the item may be in, and
nobody has been told to fetch it.
  Another Title
      Patron 21000, hold h4, 2026-06-12 10:15:31
  A title without items
      Patron 21000, hold h5, 2026-06-12 10:16:31
)");
}

TEST_CASE("charges that came due since the start of the outage") {
  Report report = report_of_0201();
  report.due_charges = {{"OSH", "21000", "", "31000", "A Title", k_morning},
                        {"OSH", "22000", "O'Brien, Pat", "32000", "", k_morning + 3600}};
  const std::string text = text_of(report);
  CHECK(text.find("There is nothing to do.") == std::string::npos);
  CHECK(section_of(text, "Came due since the outage began (2)") ==
        R"(Check the shelf before overdue notices go out.
  31000: A Title
      Patron 21000, due 2026-06-12 10:12
  32000
      Patron 22000 (O'Brien, Pat), due 2026-06-12 11:12
)");
}

TEST_CASE("clocks that were off, by station") {
  ReportResults results;
  for (std::uint64_t n = 1; n <= 8; ++n) results.push_back(checkout(n));
  results[0].station = "0202";
  results[0].occurred_at += 420;
  results[1].station = "0203";
  results[1].occurred_at -= 3661;
  results[2].notes = {note(Outcome::clock_jumped, "It jumped")};
  results[2].occurred_at -= 1800;  // a jump says nothing about the clock's offset
  results[3].notes = {note(Outcome::clock_went_backwards, "It went back")};
  results[3].occurred_at += 30;
  results[4].notes = {note(Outcome::clock_went_backwards, "It went back")};
  results[5] = with_outcome(results[5], Disposition::rejected, Outcome::clock_ahead, "Recorded in the future");
  results[5].station = "";
  results[6].disposition = Disposition::already_loaded;
  results[6].occurred_at += 420;
  CHECK(section_of(text_of(with_results(results)), "Clocks that were wrong") ==
        R"(  No workstation: 1 record on a clock that was ahead
      To do: Set the workstation's clock. Then run 'offcirc undo 42', and load
          its log with --station and --clock.
  0201: 1 record far ahead of the others, 2 records earlier than the one before
  0202: corrected by +00:07:00
  0203: corrected by -01:01:01
)");
  CHECK(text_of(with_results({checkout(1)})).find("Clocks that were wrong") == std::string::npos);
}

TEST_CASE("the report of one library says which library it is for") {
  Report report = report_of_0201();
  report.only_library = "OSH";
  CHECK(text_of(report).starts_with(R"(Example Library System
======================
Load 42
For library OSH only
Started 2026-06-12 11:12:31, finished 2026-06-12 11:12:33 (Test/Central)
)"));
}

TEST_CASE("libraries are in the order of the report, each with its own results") {
  Report report = with_results({checkout(1), refused(2), checkout(3)});
  report.libraries = {{"NEE", ""}, {"OSH", "Oshkosh Public Library"}, {}};
  report.logs.push_back({"NEE/empty", "", "NEE", "", 0, {}, {}});
  report.results[1].library = "";
  report.results[2].disposition = Disposition::already_loaded;
  report.results[2].kind = "in-house-use";
  mark_items_out(report.results);
  const std::string text = text_of(report);
  CHECK(text.substr(text.find("\nNEE")) == R"(
NEE
===
Nothing was recorded.

OSH - Oshkosh Public Library
============================

Loaded
------
  Checkouts              1 of 1
  In-house uses          0 of 1
  Already loaded         1

No library
==========

Not loaded (1)
--------------
  #2  2026-06-12 10:13:31  Checkout, workstation 0201
      User not found: 21221000000015
      Patron 21221000000015, item 31221000000013: A Title
      To do: Find the patron by name or another card and check the item out, or
          register the patron.
      OSH/standlog.0201:8

Left the building, but not checked out (1)
------------------------------------------
  #2  31221000000013: A Title
      Patron 21221000000015, 2026-06-12 10:13:31

Loaded
------
  Checkouts              0 of 1
)");
}

TEST_CASE("nothing in a log can control the terminal or break the layout") {
  CHECK(visible("Zo\u00eb \U0001F4DA") == "Zo\u00eb \U0001F4DA");
  CHECK(visible("\x1b[31m\r\n\t\x7f") == R"(\x1b[31m\x0d\x0a\x09\x7f)");
  CHECK(visible("\u009b\u0085") == R"(\xc2\x9b\xc2\x85)");
  CHECK(visible("\u202a\u202e\u2066\u2069") == R"(\xe2\x80\xaa\xe2\x80\xae\xe2\x81\xa6\xe2\x81\xa9)");
  CHECK(visible("\u200f\u2028") == R"(\xe2\x80\x8f\xe2\x80\xa8)");
  // Invisible characters: a zero width space, a soft hyphen, a tag, a filler.
  CHECK(visible("212\u200b21") == R"(212\xe2\x80\x8b21)");
  CHECK(visible("\u00ad\u2060\ufeff\u3164") == R"(\xc2\xad\xe2\x81\xa0\xef\xbb\xbf\xe3\x85\xa4)");
  CHECK(visible("\U000E0041") == R"(\xf3\xa0\x81\x81)");
  // Joiners and selectors are kept where scripts need them (Persian, Hindi, a pictograph) but not in a barcode.
  CHECK(visible("\u0645\u06cc\u200c\u062e \u0915\u094d\u200d \u2764\ufe0f") ==
        "\u0645\u06cc\u200c\u062e \u0915\u094d\u200d \u2764\ufe0f");
  CHECK(visible("212\u200c21\u200d\ufe0f") == R"(212\xe2\x80\x8c21\xe2\x80\x8d\xef\xb8\x8f)");
  CHECK(visible("\u062e\u200c\u200c\u200b") ==
        "\u062e\u200c"
        R"(\xe2\x80\x8c\xe2\x80\x8b)");
  // No-break spaces are spaces in a title, but are shown in a number.
  CHECK(visible("Guerre et paix\u00a0: roman, 10\u202f%") == "Guerre et paix\u00a0: roman, 10\u202f%");
  CHECK(visible("212\u00a021\u202f3") == R"(212\xc2\xa021\xe2\x80\xaf3)");
  CHECK(visible("a\xe9z\xc3") == R"(a\xe9z\xc3)");

  const std::string bad = "\x1b]0;x\x07\n\u202e\u009b\xff";
  ReportResult everywhere = refused(1);
  everywhere.log = everywhere.station = everywhere.user_id = everywhere.item_id = everywhere.title = bad;
  everywhere.message = worded(bad);
  everywhere.notes = {note(Outcome::item_not_found, bad)};
  Report report = with_results({everywhere});
  report.system_name = bad;
  report.libraries = {{"OSH", bad}};
  report.logs = {{bad, "", "OSH", "", 0, bad, {{"cut-short", bad, bad}}}};
  report.missing_stations = {{"OSH", bad}};
  for (const std::string& text : {text_of(report), plain_summary(report)}) {
    CHECK(text.find("\\x1b]0;x\\x07\\x0a\\xe2\\x80\\xae\\xc2\\x9b\\xff") != std::string::npos);
    CHECK(text.find_first_of("\x1b\x07\xff") == std::string::npos);
    CHECK(text.find("\u202e") == std::string::npos);
    CHECK(text.find("\u009b") == std::string::npos);
  }
}

TEST_CASE("paragraphs wrap at 80 columns with a hanging indent") {
  const std::string eighty(78, 'x');
  CHECK(paragraph(2, 4, eighty) == "  " + eighty + "\n");
  CHECK(paragraph(2, 4, "a " + eighty) == "  a\n    " + eighty.substr(0, 76) + "\n    xx\n");
  CHECK(paragraph(0, 2, std::string(40, 'a') + " " + std::string(39, 'b')) ==
        std::string(40, 'a') + " " + std::string(39, 'b') + "\n");
  CHECK(paragraph(0, 2, std::string(40, 'a') + " " + std::string(40, 'b')) ==
        std::string(40, 'a') + "\n  " + std::string(40, 'b') + "\n");
  CHECK(paragraph(0, 2, "a   b") == "a   b\n");
  CHECK(paragraph(0, 2, "a" + std::string(200, ' ') + "b") == "a\n  b\n");
  CHECK(paragraph(3, 3, "") == "   \n");
}

TEST_CASE("the report on a narrow screen") {
  Report report = report_of_0201();
  report.results = {
      with_outcome(checkout(1), Disposition::rejected, Outcome::user_not_found, "User not found: 21221000000015")};
  const std::string text = written([&](const TextSink& sink) { write_text(report, five_hours_behind(), 40, sink); });
  const std::string section = section_of(text, "Not loaded");
  REQUIRE(std::count(section.begin(), section.end(), '\n') > 5);
  for (std::size_t begin = 0; begin < section.size(); begin = section.find('\n', begin) + 1)
    CHECK(section.find('\n', begin) - begin <= 40);
  std::string words = text, words_of_file = text_of(report);
  for (std::string* all : {&words, &words_of_file})
    all->erase(
        std::remove_if(all->begin(), all->end(), [](char c) { return c == ' ' || c == '\n' || c == '-' || c == '='; }),
        all->end());
  CHECK(words == words_of_file);
}

TEST_CASE("the width is counted in characters, and no character is split") {
  std::string umlauts;
  for (int i = 0; i < 81; ++i) umlauts += "\u00fc";
  CHECK(paragraph(0, 1, umlauts) == umlauts.substr(0, 160) + "\n \u00fc\n");
  CHECK(paragraph(0, 1, umlauts.substr(0, 160)) == umlauts.substr(0, 160) + "\n");
}

TEST_CASE("the summary on the terminal") {
  Report report = empty_report();
  report.totals = {.lines = 240, .loaded = 200, .follow_up = 12, .rejected = 9, .unreadable = 3, .blank = 16};
  CHECK(plain_summary(report) ==
        "Load 42: 240 lines: 200 loaded, 12 to follow up, 9 not loaded, 3 unreadable, 0 already loaded, 16 blank.\n");
  report.dry_run = true;
  report.totals = {.lines = 1, .already_loaded = 1};
  for (const char* station : {"0201", "0202", "0203", "0204", "0205"})
    report.missing_stations.push_back({"OSH", station});
  report.logs = {log_of_0201(1), {"OSH/x", "", "", "", 0, "Permission denied", {}}};
  CHECK(plain_summary(report) ==
        "Check only, nothing was written: 1 line: 0 loaded, 0 to follow up, 0 not loaded, 0 unreadable, 1 already "
        "loaded, "
        "0 blank.\n"
        "Logs that could not be read: OSH/x.\n"
        "Workstations that have not uploaded: OSH 0201, OSH 0202, OSH 0203, OSH 0204, OSH 0205.\n");
  report.missing_stations.push_back({"OSH", "0206"});
  report.missing_stations.push_back({"OSH", "0207"});
  CHECK(plain_summary(report).ends_with("OSH 0204, OSH 0205 and 2 more.\n"));
}

TEST_CASE("the summary wraps at the width of the terminal") {
  Report report = empty_report();
  report.totals = {.lines = 240, .loaded = 200, .follow_up = 12, .rejected = 9, .unreadable = 3, .blank = 16};
  CHECK(summary_text(summary_of(report), 40, false) ==
        "Load 42: 240 lines: 200 loaded, 12 to\n"
        "  follow up, 9 not loaded, 3 unreadable,\n"
        "  0 already loaded, 16 blank.\n");
  // A word that is too long continues on the next line.
  CHECK(summary_text(summary_of(report), 4, false).starts_with("Load\n  42\n  :\n  24\n  0\n  li\n  ne\n  s:\n"));
  CHECK(summary_text({{{{"a " + std::string(20, 'x') + " b"}}}}, 10, false) == "a xxxxxxxx\n  xxxxxxxx\n  xxxx b\n");
  // The width counts characters, not bytes, and ignores colors.
  CHECK(summary_text({{{{"\u00fc\u00fc \u00fc"}}}}, 4, true) == "\u00fc\u00fc \u00fc\n");
  CHECK(summary_text({{{{"ab c", Tone::good}}}}, 4, true) == "\x1b[32mab c\x1b[0m\n");
}

TEST_CASE("the summary's colors show how a load went") {
  const auto tone = [](const ReportTotals& totals, bool station_is_missing = false, bool log_is_not_read = false) {
    Report report = empty_report();
    report.totals = totals;
    if (station_is_missing) report.missing_stations.push_back({"OSH", "0201"});
    if (log_is_not_read) report.logs = {{"OSH/x", "", "", "", 0, "Permission denied", {}}};
    return summary_of(report).lines.front().front().tone;
  };
  CHECK(tone({.lines = 2, .loaded = 1, .already_loaded = 1}) == Tone::good);
  CHECK(tone({.lines = 1, .follow_up = 1}) == Tone::attention);
  CHECK(tone({.lines = 1, .loaded = 1}, true) == Tone::attention);
  CHECK(tone({.lines = 2, .follow_up = 1, .rejected = 1}) == Tone::bad);
  CHECK(tone({.lines = 1, .unreadable = 1}) == Tone::bad);
  CHECK(tone({}, true, true) == Tone::bad);

  Report report = empty_report();
  report.totals = {.lines = 3, .loaded = 2, .rejected = 1};
  CHECK(summary_text(summary_of(report), 40, true) ==
        "\x1b[31mLoad 42\x1b[0m: 3 lines: \x1b[32m2 loaded\x1b[0m, 0 to follow\n"
        "  up, \x1b[31m1 not loaded\x1b[0m, 0 unreadable, 0\n"
        "  already loaded, 0 blank.\n");
}
