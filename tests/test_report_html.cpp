#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "loader/report/rendering.hpp"
#include "tests/report_sample.hpp"

using namespace offcirc;

namespace {

std::string html_of(const Report& report) {
  return written([&](const TextSink& sink) { write_html(report, five_hours_behind(), sink); });
}

/// The text after the first `begin`, up to the next `end`.
std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin);
  if (from == std::string::npos) return "no " + begin;
  const std::size_t start = from + begin.size();
  return text.substr(start, text.find(end, start) - start);
}

std::string body_of(const Report& report) {
  return between(html_of(report), "</head>\n", "</html>");
}

std::size_t count_of(const std::string& text, const std::string& words) {
  std::size_t count = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++count;
  return count;
}

Report with_results(ReportResults results) {
  Report report = empty_report();
  report.libraries = {{"OSH", "Oshkosh Public Library"}};
  report.logs = {log_of_0201(0)};
  report.results = std::move(results);
  for (std::size_t i = 0; i < report.results.size(); ++i) report.results[i].n = i + 1;
  return report;
}

ReportResult refused(std::uint64_t n) {
  return with_outcome(checkout(n), Disposition::rejected, Outcome::user_not_found, "User not found: 21221000000015");
}

std::string file_text(const std::string& path) {
  std::ifstream file(std::string(OFFCIRC_SOURCE_DIR) + "/" + path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The section with this heading, from the first library that has it.
std::string section_of(const Report& report, const std::string& heading) {
  return between(body_of(report), "<section class=\"list\"><h3>" + heading + " ", "</section>");
}

}  // namespace

TEST_CASE("the head allows only the page's own style and script") {
  const std::string html = html_of(empty_report());
  CHECK(html.substr(0, 32) == "<!DOCTYPE html>\n<html lang=\"en\">");
  CHECK(between(html, "<style>", "</style>") == file_text("loader/report/html/report.css"));
  CHECK(between(html, "<script>", "</script>") == file_text("loader/report/html/report.js"));
  const std::string policy = between(html, "Content-Security-Policy\" content=\"", "\">");
  CHECK(policy.substr(0, policy.find("sha256-")) == "default-src &#39;none&#39;; style-src &#39;");
  CHECK(policy.substr(policy.find("; img-src")) ==
        "; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;");
  CHECK(count_of(policy, "&#39;sha256-") == 2);
  CHECK(html.find("<meta http-equiv") < html.find("<style>"));
  CHECK(count_of(html, "http://") + count_of(html, "https://") + count_of(html, "url(h") == 0);
}

TEST_CASE("a load without trouble") {
  Report report = with_results({checkout(1), checkout(2)});
  report.totals = {.lines = 4, .loaded = 2, .blank = 2};
  report.kinds[0] = {2, 2};
  CHECK(body_of(report) == file_text("tests/report_without_trouble.html"));
}

TEST_CASE("a check states that nothing was written") {
  Report report = empty_report();
  report.load = 0;
  report.dry_run = true;
  const std::string html = html_of(report);
  CHECK(between(html, "<h1>", "</h1>") == "Check only: nothing was written");
  CHECK(between(html, "<title>", "</title>") == "Check only: nothing was written - Example Library System");
}

TEST_CASE("what was not loaded, with a checkbox, people, reason, action, and place") {
  Report report = with_results({refused(1)});
  report.results[0].user_name = "MARCHMONT, OTIS";
  report.results[0].occurred_at += 420;
  report.results[0].notes = {note(Outcome::user_delinquent, "Patron is delinquent: owes 3.40")};
  CHECK(between(section_of(report, "Not loaded"), "<tbody>\n", "</tbody>") ==
        "<tr class=\"row\" data-key=\"rejected-1\" data-outcomes=\"user-not-found user-delinquent\" "
        "data-actions=\"fix-record\">"
        "<td class=\"done\"><input type=\"checkbox\" autocomplete=\"off\" aria-label=\"Done: #1\"></td>"
        "<th scope=\"row\" class=\"time\">2026-06-12 10:19:31</th>"
        "<td class=\"transaction\">Checkout<small>workstation 0201</small></td>"
        "<td class=\"user\">21221000000015<small>MARCHMONT, OTIS</small></td>"
        "<td class=\"item\">A Title<small>31221000000013</small></td>"
        "<td class=\"found\">User not found: 21221000000015<small>Also: Patron is delinquent: owes 3.40.</small>"
        "<small>The workstation&#39;s clock showed 2026-06-12 10:12:31</small></td>"
        "<td class=\"action\">Find the patron by name or another card and check the item out, or register the "
        "patron.</td><td "
        "class=\"place\">OSH/<wbr>standlog.<wbr>0201:<wbr>7<small>#1</small></td></tr>\n");
  report.results[0].item_is_out = true;
  CHECK(count_of(section_of(report, "Left the building, but not checked out"), "<tr class=\"row\"") == 1);
}

TEST_CASE("tasks are grouped by action; a whole log's are listed once, and new users have their own list") {
  ReportResults results;
  for (std::uint64_t n = 1; n <= 3; ++n)
    results.push_back(
        with_outcome(checkout(n), Disposition::follow_up, Outcome::clock_ahead, "Recorded in the future"));
  Report report = with_results(results);
  const std::string whole = section_of(report, "Loaded, follow-up needed");
  CHECK(whole.substr(0, 28) == "<span class=\"badge\">3</span>");
  CHECK(count_of(whole, "<tr class=\"row\"") == 1);
  CHECK(whole.find("the whole log") != std::string::npos);
  CHECK(whole.find("3 transactions") != std::string::npos);

  report.results[0] = with_outcome(checkout(1), Disposition::follow_up, Outcome::route_home, "Item belongs to NEE");
  report.results[2] = with_outcome(checkout(3), Disposition::follow_up, Outcome::registered, "New user: 1");
  report.results[2].kind = "registration";
  const std::string groups = section_of(report, "Loaded, follow-up needed");
  CHECK(count_of(groups, "<tbody>") == 2);
  CHECK(groups.find("<tbody class=\"kind\">\n<tr class=\"kind\"><th scope=\"rowgroup\" colspan=\"7\">Check in again "
                    "(1)</th></tr>\n</tbody>") < groups.find("Check the workstation (1)</th>"));
  CHECK(groups.find("data-actions=\"scan-again\"") != std::string::npos);
  CHECK(groups.find("colspan=\"7\">Check the item in again, to send it home. (1)</th>") != std::string::npos);
  CHECK(count_of(section_of(report, "Registrations to review"), "<tr class=\"row\"") == 1);
}

TEST_CASE("the hold shelf, due charges, stations, logs, and unreadable records") {
  Report report = with_results({});
  report.holds = {{ShelfEvent::filled, "OSH", "77", "21221000000015", "", "31221000000013", "A Title", k_morning},
                  {ShelfEvent::filled, "OSH", "78", "21221000000023", "", "", "", k_morning},
                  {ShelfEvent::placed, "OSH", "79", "21221000000031", "", "", "Another", k_morning}};
  report.due_charges = {{"OSH", "21221000000015", "", "31221000000013", "A Title", k_morning}};
  report.missing_stations = {{"OSH", "0202"}};
  report.logs[0].notes = {{"library-mismatch", "4 lines", "Check it."}};
  report.logs[0].error = "Permission denied";
  report.results = {with_outcome({}, Disposition::unreadable, Outcome::unreadable, "Expected a date")};
  report.results[0].library = "OSH";
  report.results[0].log = "OSH/standlog.0201";
  report.results[0].line = 31;
  report.results[0].column = 12;
  CHECK(count_of(section_of(report, "Hold shelf"), "<tr class=\"group\">") == 2);
  CHECK(count_of(section_of(report, "Hold shelf"), "<tr class=\"row\"") == 3);
  CHECK(section_of(report, "Hold shelf").find(">A title without items<") != std::string::npos);
  CHECK(section_of(report, "Came due since the outage began").find("due-31221000000013") != std::string::npos);
  CHECK(section_of(report, "Workstations that have not uploaded").find(">0202<") != std::string::npos);
  CHECK(section_of(report, "Logs to check").find("Not read: Permission denied") != std::string::npos);
  CHECK(section_of(report, "Logs to check").find("Check it.") != std::string::npos);
  CHECK(section_of(report, "Unreadable").find("OSH/<wbr>standlog.<wbr>0201:<wbr>31:<wbr>12") != std::string::npos);
}

TEST_CASE("clocks that were off, rejected new users, and the library of a partial report") {
  ReportResult refused_user = with_outcome(checkout(2), Disposition::rejected, Outcome::user_exists, "User exists");
  refused_user.kind = "registration";
  Report report = with_results({checkout(1), refused_user});
  report.results[0].occurred_at += 420;
  report.only_library = "OSH";
  CHECK(section_of(report, "Clocks that were wrong").find(">corrected by +00:07:00<") != std::string::npos);
  CHECK(section_of(report, "Registrations to review").find(">Not loaded: User exists<") != std::string::npos);
  CHECK(body_of(report).find("<h3>Not loaded") == std::string::npos);
  CHECK(body_of(report).find("<p>For library OSH only</p>") != std::string::npos);
  CHECK(between(body_of(report), "Not loaded</th></tr></thead>", "</tfoot>").find("<td class=\"count\">1</td>") !=
        std::string::npos);
}

TEST_CASE("results that were simply loaded are listed on request, without checkboxes") {
  Report report = with_results({checkout(1), checkout(2)});
  CHECK(section_of(report, "Loaded, nothing to do") == "no <section class=\"list\"><h3>Loaded, nothing to do ");
  report.lists_loaded = true;
  const std::string loaded = section_of(report, "Loaded, nothing to do");
  CHECK(count_of(loaded, "<tr class=\"row\"") == 2);
  CHECK(count_of(loaded, "<input") == 0);
}

TEST_CASE("rows beyond what a browser can lay out at once are included but initially hidden") {
  ReportResults results;
  for (std::uint64_t n = 1; n <= 502; ++n) {
    results.push_back(refused(n));
    results.back().item_id = "";
  }
  const std::string rows = section_of(with_results(std::move(results)), "Not loaded");
  CHECK(count_of(rows, "<tr class=\"row\"") == 500);
  CHECK(count_of(rows, "<tr class=\"row later\"") == 2);
}

TEST_CASE("no input is interpreted as HTML") {
  const std::string bad = "</td><script>x</script>\" onclick='x' ]]> --> \u202e\x1b\xff" + std::string(1, '\0');
  ReportResult everywhere = refused(1);
  everywhere.log = everywhere.library = everywhere.station = everywhere.user_id = everywhere.user_name =
      everywhere.item_id = everywhere.title = bad;
  everywhere.message = worded(bad);
  everywhere.notes = {note(Outcome::item_not_found, bad)};
  ReportResult follow_up = with_outcome(everywhere, Disposition::follow_up, Outcome::route_home, bad);
  ReportResult unreadable = with_outcome(everywhere, Disposition::unreadable, Outcome::unreadable, bad);
  Report report = with_results({everywhere, follow_up, unreadable});
  report.system_name = bad;
  report.libraries = {{bad, bad}};
  report.logs = {{bad, "", bad, "", 0, bad, {{"cut-short", bad, bad}}}};
  report.missing_stations = {{bad, bad}};
  report.holds = {{ShelfEvent::waits_again, bad, bad, bad, bad, bad, bad, k_morning}};
  report.due_charges = {{bad, bad, bad, bad, bad, k_morning}};
  const std::string body = body_of(report);
  for (const char* const forbidden : {"<script", "onclick='", "\" onclick", "]]>", "-->", "\u202e", "\x1b", "\xff"})
    CHECK_MESSAGE(body.find(forbidden) == std::string::npos, forbidden);
  CHECK(body.find('\0') == std::string::npos);
  const std::string shown =
      "&lt;/td&gt;&lt;script&gt;x&lt;/script&gt;&quot; onclick=&#39;x&#39; ]]&gt; --&gt; "
      R"(\xe2\x80\xae\x1b\xff\x00)";
  CHECK(body.find("<td class=\"item\">" + shown + "<small>" + shown + "</small></td>") != std::string::npos);
  CHECK(body.find("data-key=\"hold-waits-again-" + shown + "\"") != std::string::npos);
}
