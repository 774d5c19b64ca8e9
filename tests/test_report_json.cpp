#include <doctest/doctest.h>
#include <simdjson.h>

#include <vector>

#include "loader/output/characters.hpp"
#include "loader/output/json_text.hpp"
#include "loader/progress.hpp"
#include "loader/report/rendering.hpp"
#include "tests/report_sample.hpp"

using namespace offcirc;

namespace {

std::string json_of(const Report& report) {
  return written([&](const TextSink& sink) { write_json(report, five_hours_behind(), sink); });
}

std::string string_of(std::string_view value) {
  std::string text;
  append_json_string(text, value);
  return text;
}

// The string as an independent parser reads it.
std::string parsed(std::string_view value) {
  simdjson::dom::parser parser;
  const std::string text = "[" + string_of(value) + "]";
  return std::string(std::string_view(parser.parse(text).at(0)));
}

Report one_of_each() {
  Report report = empty_report();
  report.logs = {log_of_0201(4), {"x.txt", "", "", "", 0, "is of no known log format", {}}};
  report.logs[0].notes = {{"clock-went-backwards", "The clock went backwards", "Check it."}};
  report.totals = {.lines = 4, .loaded = 1, .rejected = 1, .unreadable = 1, .blank = 1};
  report.kinds[0] = {2, 1};
  report.missing_stations = {{"OSH", "0202"}, {"OSH", "0203"}};
  report.holds = {{ShelfEvent::waits_again, "OSH", "h1", "21000", "", "31000", "A \"Title\"", k_morning},
                  {ShelfEvent::placed, "", "h2", "22000", "", "", "", k_morning}};
  report.due_charges = {{"OSH", "21000", "", "31000", "", k_morning}};
  report.results = {
      checkout(1), with_outcome(checkout(2), Disposition::rejected, Outcome::user_not_found, "User not found: 2"), {}};
  report.results[0].due_at = k_never;
  report.results[0].due_from = DueFrom::policy;
  report.results[0].bill_cents = 1250;
  report.results[0].overridden = {"user-blocked", "later-action"};
  report.results[0].overridden_by = "pat";
  report.results[0].retry_of = ResultName{41, 7};
  report.results[1].retried_as = LaterAttempt{{43, 1}, true};
  report.results[1].notes = {note(Outcome::clock_jumped, "It jumped"), note(Outcome::user_delinquent, "Delinquent")};
  report.results[1].dismissed = {k_morning + 60, "pat", "by hand"};
  report.results[2] = with_outcome({}, Disposition::unreadable, Outcome::unreadable, "Expected a date");
  report.results[2].is_doubtful = true;
  report.results[2].n = 3;
  report.results[2].log = "OSH/standlog.0201";
  report.results[2].line = 9;
  report.results[2].column = 12;
  return report;
}

constexpr std::string_view k_one_of_each =
    R"({"load": 42, "dry_run": false, "started_at": "2026-06-12T11:12:31-05:00", "finished_at": "2026-06-12T11:12:33-05:00", "only_library": null, "undone_at": null, "pruned_at": null, "all_is_ahead": false,
 "logs": [
  {"path": "OSH/standlog.0201", "format": "symphony", "library": "OSH", "station": "0201", "records": 4, "error": null, )"
    R"("notes": [{"code": "clock-went-backwards", "message": "The clock went backwards", "action": "Check it.", "action_kind": "check-station"}]},
  {"path": "x.txt", "format": null, "library": null, "station": null, "records": 0, "error": "is of no known log format", "notes": []}],
 "totals": {"lines": 4, "loaded": 1, "follow_up": 0, "rejected": 1, "already_loaded": 0, "unreadable": 1, "not_done": 0, "blank": 1},
 "kinds": {"checkout": {"recorded": 2, "loaded": 1}, "checkin": {"recorded": 0, "loaded": 0}, )"
    R"("renewal": {"recorded": 0, "loaded": 0}, "registration": {"recorded": 0, "loaded": 0}, )"
    R"("payment": {"recorded": 0, "loaded": 0}, "in-house-use": {"recorded": 0, "loaded": 0}},
 "clocks": [
  {"library": "OSH", "station": "0201", "offset": null, "ahead": 0, "ahead_by": null, "jumped": 1, "went_backwards": 0, )"
    R"("message": "1 record far ahead of the others", "action": "Set the workstation's clock before the next outage.", "action_kind": "check-station"}],
 "missing_stations": [
  {"library": "OSH", "station": "0202"},
  {"library": "OSH", "station": "0203"}],
 "holds": [
  {"event": "waits-again", "library": "OSH", "hold_id": "h1", "user_id": "21000", "item_id": "31000", "title": "A \"Title\"", )"
    R"("at": "2026-06-12T10:12:31-05:00", "action": "Take the hold slip off the hold shelf, and tell the patron that it will take longer.", )"
    R"("action_kind": "call-user"},
  {"event": "placed", "library": null, "hold_id": "h2", "user_id": "22000", "item_id": null, "title": null, )"
    R"("at": "2026-06-12T10:12:31-05:00", "action": "Check the shelf: the item may be in, and nobody has been told to fetch it.", )"
    R"("action_kind": "look-on-shelf"}],
 "due_charges": [
  {"library": "OSH", "user_id": "21000", "item_id": "31000", "title": null, "due_at": "2026-06-12T10:12:31-05:00", )"
    R"("action": "Check the shelf before overdue notices go out.", "action_kind": "look-on-shelf"}],
 "results": [
  {"n": 1, "log": "OSH/standlog.0201", "line": 7, "column": null, "library": "OSH", "station": "0201", )"
    R"("recorded_at": "2026-06-12T10:12:31-05:00", "occurred_at": "2026-06-12T10:12:31-05:00", "kind": "checkout", )"
    R"("user_id": "21221000000015", "item_id": "31221000000013", "title": "A Title", "due_at": "NEVER", "due_from": "policy", )"
    R"("bill": "12.50", "disposition": "loaded", "outcome": "ok", "message": "Loaded", "action": "", "notes": [], )"
    R"("override": {"codes": ["user-blocked", "later-action"], "by": "pat", "at": "2026-06-12T11:12:31-05:00"}, )"
    R"("retry_of": {"load": 41, "n": 7}, "retried_as": null, "dismissed": null, "doubtful": null, "action_kind": "nothing"},
  {"n": 2, "log": "OSH/standlog.0201", "line": 8, "column": null, "library": "OSH", "station": "0201", )"
    R"("recorded_at": "2026-06-12T10:13:31-05:00", "occurred_at": "2026-06-12T10:13:31-05:00", "kind": "checkout", )"
    R"("user_id": "21221000000015", "item_id": "31221000000013", "title": "A Title", "due_at": null, "due_from": null, )"
    R"("bill": null, "disposition": "rejected", "outcome": "user-not-found", "message": "User not found: 2", )"
    R"("action": "Find the patron by name or another card and check the item out, or register the patron.", )"
    R"("notes": [{"code": "clock-jumped", "message": "It jumped", "action": "Check the workstation's clock.", "action_kind": "check-station"}, )"
    R"({"code": "user-delinquent", "message": "Delinquent", "action": "Remind the patron of what is owed or overdue.", )"
    R"("action_kind": "call-user"}], )"
    R"("override": null, "retry_of": null, "retried_as": {"load": 43, "n": 1, "loaded": true}, )"
    R"("dismissed": {"at": "2026-06-12T10:13:31-05:00", "by": "pat", "note": "by hand"}, "doubtful": null, "action_kind": "fix-record"},
  {"n": 3, "log": "OSH/standlog.0201", "line": 9, "column": 12, "library": null, "station": null, )"
    R"("recorded_at": null, "occurred_at": null, "kind": null, "user_id": null, "item_id": null, "title": null, )"
    R"("due_at": null, "due_from": null, "bill": null, "disposition": "unreadable", "outcome": "unreadable", )"
    R"("message": "Expected a date", )"
    R"("action": "Find out from the desk what was done, and enter it by hand.", "notes": [], )"
    R"("override": null, "retry_of": null, "retried_as": null, "dismissed": null, "doubtful": true, "action_kind": "fix-record"}]}
)";

}  // namespace

TEST_CASE("the complete text of a report with one item of each kind") {
  const std::string text = json_of(one_of_each());
  CHECK(text == k_one_of_each);
  simdjson::dom::parser parser;
  const simdjson::dom::element report = parser.parse(text);
  CHECK(std::int64_t(report["load"]) == 42);
  CHECK(simdjson::dom::array(report["results"]).size() == 3);
}

TEST_CASE("a dry run has no number, and lists may be empty") {
  Report report = empty_report();
  report.load = 0;
  report.dry_run = true;
  CHECK(json_of(report).starts_with(R"({"load": null, "dry_run": true, "started_at": ")"));
  simdjson::dom::parser parser;
  const std::string text = json_of(report);
  const simdjson::dom::element parsed_report = parser.parse(text);
  CHECK(parsed_report["load"].is_null());
  for (const char* list : {"logs", "clocks", "missing_stations", "holds", "due_charges", "results"})
    CHECK(simdjson::dom::array(parsed_report[list]).size() == 0);
}

TEST_CASE("clocks that were off, by library and station") {
  Report report = empty_report();
  for (std::uint64_t n = 1; n <= 4; ++n) report.results.push_back(checkout(n));
  report.results[0].library = report.results[0].station = "";
  report.results[0].occurred_at += 90;
  report.results[1].library = "NEE";
  report.results[1].occurred_at -= 7 * 3600 + 61;
  report.results[2] = with_outcome(report.results[2], Disposition::rejected, Outcome::clock_ahead, "In the future");
  report.results[2].occurred_at = report.results[2].recorded_at = report.started_at + 35 * 60;
  const std::string text = json_of(report);
  simdjson::dom::parser parser;
  std::vector<std::string> clocks;
  for (const simdjson::dom::element clock : simdjson::dom::array(parser.parse(text)["clocks"]))
    clocks.push_back(simdjson::minify(clock));
  const std::string action =
      R"(,"action":"Set the workstation's clock before the next outage.","action_kind":"check-station"})";
  CHECK(
      clocks ==
      std::vector<std::string>{
          R"({"library":"NEE","station":"0201","offset":"-07:01:01","ahead":0,"ahead_by":null,"jumped":0,"went_backwards":0,)"
          R"("message":"corrected by -07:01:01")" +
              action,
          R"({"library":"OSH","station":"0201","offset":null,"ahead":1,"ahead_by":"+00:35:00","jumped":0,"went_backwards":0,)"
          R"_("message":"ahead by at least 00:35:00 (1 record)",)_"
          R"("action":"Set the workstation's clock. 'offcirc retry 42 --clock OSH/0201=-00:35:00' loads its records; subtract )"
          R"(more if it was further ahead.","action_kind":"check-station"})",
          R"({"library":null,"station":null,"offset":"+00:01:30","ahead":0,"ahead_by":null,"jumped":0,"went_backwards":0,)"
          R"("message":"corrected by +00:01:30")" +
              action});
}

TEST_CASE("money has two decimals") {
  Report report = empty_report();
  report.results = {checkout(1)};
  const std::vector<std::pair<Cents, std::string>> amounts{
      {0, R"("bill": "0.00")"}, {5, R"("bill": "0.05")"}, {100, R"("bill": "1.00")"}, {123456, R"("bill": "1234.56")"}};
  for (const auto& [cents, expected] : amounts) {
    report.results[0].bill_cents = cents;
    CHECK(json_of(report).find(expected + ",") != std::string::npos);
  }
}

TEST_CASE("strings are escaped only where required") {
  CHECK(string_of("") == R"("")");
  CHECK(string_of("Zo\u00eb / 'n") == "\"Zo\u00eb / 'n\"");
  CHECK(string_of("a\"b\\c") == R"("a\"b\\c")");
  CHECK(string_of("\n\r\t\b\x1b") == R"("\n\r\t\u0008\u001b")");
  CHECK(string_of(std::string_view("\0\x7f", 2)) == R"("\u0000\u007f")");
  CHECK(string_of("\u009b\u202e\u2066\u2028") == R"("\u009b\u202e\u2066\u2028")");
  CHECK(string_of("\u200b\U000E0041") == R"("\u200b\udb40\udc41")");
  CHECK(string_of("\U0001F4DA") == "\"\U0001F4DA\"");
}

TEST_CASE("each byte of invalid UTF-8 becomes U+FFFD") {
  CHECK(string_of("a\xe9z") == "\"a\ufffdz\"");
  CHECK(string_of("\xc3") == "\"\ufffd\"");
  CHECK(string_of("\xe2\x82") == "\"\ufffd\ufffd\"");
  CHECK(string_of("\xc0\xaf") == "\"\ufffd\ufffd\"");
  CHECK(string_of("\xed\xa0\x80") == "\"\ufffd\ufffd\ufffd\"");
  CHECK(string_of("\xf4\x90\x80\x80") == "\"\ufffd\ufffd\ufffd\ufffd\"");
  CHECK(string_of("\x9b") == "\"\ufffd\"");
}

TEST_CASE("an independent parser reads each code point back unchanged") {
  for (char32_t code_point = 0; code_point <= 0x10FFFF; code_point += code_point < 0x3000 ? 1 : 0x3FF) {
    if (code_point >= 0xD800 && code_point <= 0xDFFF) continue;
    std::string text;
    if (code_point < 0x80) {
      text = {static_cast<char>(code_point)};
    } else if (code_point < 0x800) {
      text = {static_cast<char>(0xC0 | (code_point >> 6)), static_cast<char>(0x80 | (code_point & 0x3F))};
    } else if (code_point < 0x10000) {
      text = {static_cast<char>(0xE0 | (code_point >> 12)), static_cast<char>(0x80 | (code_point >> 6 & 0x3F)),
              static_cast<char>(0x80 | (code_point & 0x3F))};
    } else {
      text = {static_cast<char>(0xF0 | (code_point >> 18)), static_cast<char>(0x80 | (code_point >> 12 & 0x3F)),
              static_cast<char>(0x80 | (code_point >> 6 & 0x3F)), static_cast<char>(0x80 | (code_point & 0x3F))};
    }
    REQUIRE(parsed(text) == text);
    REQUIRE(first_character(text).code_point == code_point);
    REQUIRE(first_character(text).bytes == text.size());
  }
}

TEST_CASE("a long report is written in blocks, one result per line") {
  Report report = empty_report();
  for (std::uint64_t n = 1; n <= 1000; ++n) report.results.push_back(checkout(n));
  std::vector<std::string> blocks;
  write_json(report, five_hours_behind(), [&](std::string_view block) { blocks.emplace_back(block); });
  REQUIRE(blocks.size() > 2);
  std::string text;
  for (const std::string& block : blocks) {
    CHECK(block.size() <= BlockWriter::k_block_bytes);
    text += block;
  }
  std::size_t lines = 0;
  for (std::size_t at = text.find("\n  {\"n\": "); at != std::string::npos; at = text.find("\n  {\"n\": ", at + 1))
    ++lines;
  CHECK(lines == 1000);
  simdjson::dom::parser parser;
  CHECK(simdjson::dom::array(parser.parse(text)["results"]).size() == 1000);
}

TEST_CASE("a block longer than the buffer is written whole and in order") {
  std::string text;
  const TextSink sink = [&](std::string_view block) { text += block; };
  BlockWriter out(sink);
  const std::string big(BlockWriter::k_block_bytes + 1, 'x');
  out.write("a");
  out.write(big);
  out.write("b");
  out.finish();
  CHECK(text == "a" + big + "b");
}

TEST_CASE("an error from the sink ends the writing and reaches the caller") {
  int calls = 0;
  Report report = empty_report();
  for (std::uint64_t n = 1; n <= 1000; ++n) report.results.push_back(checkout(n));
  const auto full_disk = [&](std::string_view) {
    ++calls;
    throw RunError("report.json can't be written: No space left on device.");
  };
  CHECK_THROWS_WITH_AS(write_json(report, five_hours_behind(), full_disk),
                       "report.json can't be written: No space left on device.", RunError);
  CHECK(calls == 1);
}
