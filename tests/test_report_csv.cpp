#include <doctest/doctest.h>

#include "formats/csv_text.hpp"
#include "loader/report/rendering.hpp"
#include "tests/report_sample.hpp"

using namespace offcirc;

namespace {

std::string csv_of(const Report& report) {
  return written([&](const TextSink& sink) { write_csv(report, five_hours_behind(), sink); });
}

// The cells of that column in all rows, as a CSV reader finds them, without the header.
std::vector<std::string> column_of(const std::string& csv, std::string_view name) {
  CsvReader reader(csv);
  CsvReader::Row row;
  REQUIRE(reader.next(row));
  std::size_t column = 0;
  while (column < row.fields.size() && row.fields[column].text != name) ++column;
  REQUIRE(column < row.fields.size());
  const std::size_t columns = row.fields.size();
  std::vector<std::string> cells;
  while (reader.next(row)) {
    REQUIRE_FALSE(row.error.has_value());
    REQUIRE(row.fields.size() == columns);
    cells.emplace_back(row.fields[column].text);
  }
  return cells;
}

}  // namespace

TEST_CASE("everything that needs attention has a row, and results that were simply loaded have none") {
  Report report = empty_report();
  report.logs = {log_of_0201(3)};
  report.logs[0].notes = {{"clock-jumped", "The clock jumped", "Check it."}};
  report.results.push_back(checkout(1));
  report.results.push_back(with_outcome(checkout(2), Disposition::rejected, Outcome::user_blocked,
                                        "User is blocked: 21221000000015 owes $12.00"));
  report.results.back().notes = {note(Outcome::not_circulating, "It does not circulate")};
  report.missing_stations = {{"OSH", "0202"}};
  CHECK(csv_of(report) ==
        "\xEF\xBB\xBFlist,n,time,library,station,kind,user_id,user_name,item_id,title,due_at,bill,outcome,message,"
        "action,also,log,line,action_kinds\r\n"
        "not-loaded,2,2026-06-12T10:13:31-05:00,OSH,0201,checkout,21221000000015,,31221000000013,A Title,,,"
        "user-blocked,User is blocked: 21221000000015 owes $12.00,\"" +
            std::string(facts_of(Outcome::user_blocked).action) + "\",\"It does not circulate. " +
            std::string(facts_of(Outcome::not_circulating).action) +
            "\",OSH/standlog.0201,8,call-user\r\n"
            "log,,,OSH,0201,,,,,,,,clock-jumped,The clock jumped,Check it.,,OSH/standlog.0201,,check-station\r\n"
            "station-missing,,,OSH,0202,,,,,,,,,,\"Find its log at the desk, and upload it.\",,,,check-station\r\n");
  report.lists_loaded = true;
  CHECK(column_of(csv_of(report), "list") ==
        std::vector<std::string>{"loaded", "not-loaded", "log", "station-missing"});
}

TEST_CASE("all kinds of action for a result are in one cell, each once") {
  Report report = empty_report();
  ReportResult result = with_outcome(checkout(1), Disposition::follow_up, Outcome::was_elsewhere, "It was elsewhere");
  result.notes = {note(Outcome::hold_for_another, "Held"), note(Outcome::was_in_transit, "It was in transit"),
                  note(Outcome::user_delinquent, "Delinquent"), note(Outcome::was_lost, "It was lost")};
  report.results.push_back(result);
  CHECK(column_of(csv_of(report), "action_kinds") == std::vector<std::string>{"look-on-shelf call-user fix-record"});
}

TEST_CASE("holds and due charges have their own rows") {
  Report report = empty_report();
  ReportHold hold;
  hold.event = ShelfEvent::waits_again;
  hold.library = "OSH";
  hold.user_id = "21221000000023";
  report.holds.push_back(hold);
  ReportDueCharge charge;
  charge.library = "OSH";
  charge.item_id = "31221000000013";
  charge.due_at = k_morning;
  report.due_charges.push_back(charge);
  const std::string csv = csv_of(report);
  CHECK(column_of(csv, "list") == std::vector<std::string>{"hold-shelf", "came-due"});
  CHECK(column_of(csv, "outcome") == std::vector<std::string>{std::string(facts_of(ShelfEvent::waits_again).code), ""});
  CHECK(column_of(csv, "due_at") == std::vector<std::string>{"", "2026-06-12T10:12:31-05:00"});
}

TEST_CASE("a clock that was off has a row, whatever happened to its records") {
  Report report = empty_report();
  for (std::uint64_t n = 1; n <= 3; ++n) report.results.push_back(checkout(n));
  report.results[0].occurred_at += 420;
  report.results[1].occurred_at += 420;
  report.results[2].station = "0202";
  report.missing_stations = {{"OSH", "0203"}};
  const std::string csv = csv_of(report);
  CHECK(csv.substr(csv.find("\r\n") + 2) ==
        "clock,,,OSH,0201,,,,,,,,,corrected by +00:07:00,Set the workstation's clock before the next "
        "outage.,,,,check-station\r\n"
        "station-missing,,,OSH,0203,,,,,,,,,,\"Find its log at the desk, and upload it.\",,,,check-station\r\n");
}

TEST_CASE("no cell begins with a character that makes a spreadsheet evaluate it") {
  const std::vector<std::string> attacks{
      "=cmd|' /C calc'!A0", "+1+1",    "-2+3", "@SUM(A1)", "  =1+1", "\t=1", "\r=1", "\uff1d1", "\uff0b1",
      " \uff0d1",           "\uff20A1"};
  for (const std::string& attack : attacks) {
    CAPTURE(attack);
    Report report = empty_report();
    ReportResult result = with_outcome(checkout(1), Disposition::rejected, Outcome::user_not_found, attack);
    result.user_id = attack;
    result.title = attack;
    report.results.push_back(result);
    for (const char* column : {"user_id", "title", "message"}) {
      const std::vector<std::string> cells = column_of(csv_of(report), column);
      REQUIRE(cells.size() == 1);
      CHECK(cells[0].front() == '\'');
    }
  }
}

TEST_CASE("quotes, commas, and line breaks stay within their cell, and control characters are visible") {
  Report report = empty_report();
  ReportResult result =
      with_outcome(checkout(1), Disposition::rejected, Outcome::user_not_found, "a \"b\", c\nd\x1b[2J");
  report.results.push_back(result);
  CHECK(column_of(csv_of(report), "message") == std::vector<std::string>{"a \"b\", c\\x0ad\\x1b[2J"});
}

TEST_CASE("the readable parts of an unreadable record, and a dismissal, have their own columns") {
  Report report = empty_report();
  report.logs = {log_of_0201(2)};
  ReportResult unreadable = with_outcome(checkout(1), Disposition::unreadable, Outcome::unreadable, "Expected a date");
  unreadable.kind = {};
  unreadable.is_doubtful = true;
  report.results.push_back(unreadable);
  report.results.push_back(with_outcome(checkout(2), Disposition::rejected, Outcome::user_blocked, "Blocked"));
  report.results.back().dismissed = {k_morning, "jane", "paid"};
  const std::string text = csv_of(report);
  CHECK(column_of(text, "list") == std::vector<std::string>{"unreadable", "dismissed"});
  CHECK(column_of(text, "time")[0] == "2026-06-12T10:12:31-05:00");
  CHECK(column_of(text, "user_id")[0] == "21221000000015");
  CHECK(column_of(text, "item_id")[0] == "31221000000013");
  CHECK(column_of(text, "also") == std::vector<std::string>{"Time and IDs are uncertain: the line is damaged.",
                                                            "Dismissed on 2026-06-12 10:12 by jane: paid."});
}

TEST_CASE("each unsupported transaction has a row") {
  Report report = empty_report();
  report.logs = {log_of_0201(2)};
  for (std::uint64_t n = 1; n <= 2; ++n) {
    report.results.push_back(with_outcome(checkout(n), Disposition::rejected, Outcome::unsupported, "Edit user"));
    report.results.back().kind = name_of(Kind::unsupported);
    report.results.back().what = "Edit user";
  }
  CHECK(column_of(csv_of(report), "list") == std::vector<std::string>{"not-loaded", "not-loaded"});
}
