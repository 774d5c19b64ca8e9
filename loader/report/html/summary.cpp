#include "loader/report/html/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "loader/output/characters.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {

namespace {

// Shows the totals as a sum, so that readers can check that every line is accounted for.
void write_totals(HtmlWriter& out, const Report& report) {
  const ReportTotals& totals = report.totals;
  out.open("ul", {{"class", "totals"}});
  out.newline();
  const auto entry = [&](std::string_view kind, std::uint64_t count, std::string_view words) {
    out.open("li", {{"class", kind}});
    out.element("b", fmt::format("{}", count));
    out.text(" ");
    out.element("span", words);
    out.close();
    out.newline();
  };
  entry("loaded", totals.loaded, "loaded");
  entry("follow-up", totals.follow_up, "loaded, follow-up needed");
  entry("rejected", totals.rejected, "not loaded");
  entry("unreadable", totals.unreadable, "unreadable");
  entry("before", totals.already_loaded, "already loaded");
  if (totals.not_done > 0) entry("not-done", totals.not_done, k_not_done_words);
  entry("blank", totals.blank, "blank (headers, comments, empty lines)");
  const std::size_t logs = report.logs.size();
  entry("sum", totals.lines, fmt::format("lines in {} log{}", logs, logs == 1 ? "" : "s"));
  out.close();
  out.newline();
}

// One column of the overview: a number for each library, and their total.
struct Column {
  std::string_view kind;  ///< CSS classes
  std::string_view heading;
  std::vector<std::string> cells;  ///< by library; an empty text instead of 0
  std::string all;
};

using CountOf = std::uint64_t (*)(const LibraryPart&);

struct CountColumn {
  std::string_view heading;
  CountOf count;
};

// Rejected registrations are not among `rejected`; the report lists them with the new users.
std::uint64_t count_not_loaded(const LibraryPart& part) {
  const auto registrations = std::count_if(part.registrations.begin(), part.registrations.end(),
                                           [](const ReportResult& result) { return !was_loaded(result); });
  return part.rejected.size() + part.count_unsupported() + static_cast<std::uint64_t>(registrations);
}

constexpr CountColumn k_count_columns[] = {
    {"Not loaded", count_not_loaded},
    {"Follow-up", [](const LibraryPart& part) -> std::uint64_t { return part.follow_up.size(); }},
    {"Unreadable", [](const LibraryPart& part) -> std::uint64_t { return part.unreadable.size(); }},
    {"Already loaded", [](const LibraryPart& part) { return part.already_loaded; }},
    {"Refused or canceled", [](const LibraryPart& part) -> std::uint64_t { return part.not_done.size(); }},
    {"Workstations missing", [](const LibraryPart& part) -> std::uint64_t { return part.missing_stations.size(); }},
};

std::string ratio(const KindCount& counts) {
  return counts.recorded == 0 ? std::string() : fmt::format("{} of {}", counts.loaded, counts.recorded);
}

std::vector<Column> columns_of(const Report& report, const std::vector<const LibraryPart*>& parts) {
  std::vector<Column> columns;
  for (std::size_t kind = 0; kind < report.kinds.size(); ++kind) {
    if (report.kinds[kind].recorded == 0) continue;
    Column& column =
        columns.emplace_back(Column{"count ratio", k_kind_words[kind].many, {}, ratio(report.kinds[kind])});
    for (const LibraryPart* part : parts) column.cells.push_back(ratio(part->kinds[kind]));
  }
  for (const CountColumn& counted : k_count_columns) {
    Column column{"count", counted.heading, {}, {}};
    std::uint64_t sum = 0;
    for (const LibraryPart* part : parts) {
      const std::uint64_t count = counted.count(*part);
      column.cells.push_back(count == 0 ? std::string() : fmt::format("{}", count));
      sum += count;
    }
    column.all = fmt::format("{}", sum);
    if (sum > 0) columns.push_back(std::move(column));
  }
  return columns;
}

void write_cell(HtmlWriter& out, std::string_view text) {
  out.element("td", text, {{"class", "count"}});
}

void write_overview(HtmlWriter& out, const Report& report, const std::vector<const LibraryPart*>& parts) {
  const std::vector<Column> columns = columns_of(report, parts);
  out.open("div", {{"class", "wide"}, {"tabindex", "0"}, {"role", "group"}, {"aria-label", "Libraries"}});
  out.open("table", {{"class", "numbers"}});
  out.element("caption", "How many of each library's transactions were loaded", {{"class", "unseen"}});
  out.open("thead");
  out.open("tr");
  out.element("th", "Library", {{"scope", "col"}});
  for (const Column& column : columns) out.element("th", column.heading, {{"scope", "col"}, {"class", column.kind}});
  out.close();
  out.close();
  out.newline();
  out.open("tbody");
  out.newline();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out.open("tr");
    out.open("th", {{"scope", "row"}});
    out.element("a", html_name_of(*parts[i]), {{"href", "#" + html_id_of(*parts[i])}});
    out.close();
    for (const Column& column : columns) write_cell(out, column.cells[i]);
    out.close();
    out.newline();
  }
  out.close();
  out.open("tfoot");
  out.open("tr");
  out.element("th", "All", {{"scope", "row"}});
  for (const Column& column : columns) write_cell(out, column.all);
  for (int element = 0; element < 4; ++element) out.close();
  out.newline();
}

bool has_something_to_do(const SortedReport& sorted) {
  return std::any_of(sorted.libraries.begin(), sorted.libraries.end(),
                     [](const LibraryPart& part) { return part.has_something_to_do(); });
}

}  // namespace

std::string html_id_of(const LibraryPart& part) {
  return part.code.empty() ? "no-library" : "library-" + html_name(part.code);
}

std::string html_name_of(const LibraryPart& part) {
  std::string name = part.code.empty() ? "No library" : std::string(part.code);
  if (!part.name.empty()) name += fmt::format(" - {}", part.name);
  return name;
}

bool is_shown(const LibraryPart& part) {
  return !part.code.empty() || !part.is_empty();
}

void write_html_summary(HtmlWriter& out, const Report& report, const SortedReport& sorted) {
  std::vector<const LibraryPart*> parts;
  for (const LibraryPart& part : sorted.libraries)
    if (is_shown(part)) parts.push_back(&part);
  out.open("section", {{"class", "summary"}});
  out.element("h2", "Summary");
  out.newline();
  write_totals(out, report);
  if (const std::string words = retry_words(report, sorted); !words.empty()) out.element("p", words);
  if (!has_something_to_do(sorted)) out.element("p", "There is nothing to do.", {{"class", "good"}});
  if (!parts.empty()) write_overview(out, report, parts);
  out.close();
  out.newline();
}

namespace {

// The outcomes that rows of the report can be filtered by.
std::set<Outcome> outcomes_of(const SortedReport& sorted) {
  std::set<Outcome> outcomes;
  const auto add = [&](const ResultList& results) {
    for (const ReportResult& result : results) {
      outcomes.insert(find_outcome(result.outcome).value());
      for (const ReportNote& note : result.notes) outcomes.insert(find_outcome(note.code).value());
    }
  };
  for (const LibraryPart& part : sorted.libraries)
    for (const auto* results : {&part.rejected, &part.follow_up, &part.registrations, &part.unreadable, &part.loaded})
      add(*results);
  for (const LibraryPart& part : sorted.libraries)
    if (!part.unsupported.empty()) outcomes.insert(Outcome::unsupported);
  outcomes.erase(Outcome::ok);
  return outcomes;
}

void write_option(HtmlWriter& out, std::string_view value, std::string_view words) {
  out.element("option", words, {{"value", value}});
  out.newline();
}

void write_libraries(HtmlWriter& out, const SortedReport& sorted) {
  out.open("label");
  out.text("Library ");
  out.open("select", {{"id", "library"}});
  write_option(out, "", "All libraries");
  for (const LibraryPart& part : sorted.libraries)
    if (is_shown(part)) write_option(out, html_id_of(part), html_name_of(part));
  out.close();
  out.close();
  out.newline();
}

void write_reasons(HtmlWriter& out, const SortedReport& sorted) {
  out.open("label");
  out.text("Reason ");
  out.open("select", {{"id", "outcome"}});
  write_option(out, "", "All reasons");
  for (const Outcome outcome : outcomes_of(sorted)) write_option(out, facts_of(outcome).code, facts_of(outcome).phrase);
  out.close();
  out.close();
  out.newline();
}

void write_actions(HtmlWriter& out) {
  out.open("label");
  out.text("To do ");
  out.open("select", {{"id", "action"}});
  write_option(out, "", "Everything");
  for (int i = 0; i < k_action_kind_count; ++i) {
    const ActionKindFacts& facts = facts_of(static_cast<ActionKind>(i));
    write_option(out, facts.code, facts.phrase);
  }
  out.close();
  out.close();
  out.newline();
}

}  // namespace

void write_html_tools(HtmlWriter& out, const SortedReport& sorted) {
  out.open("div", {{"class", "tools"}, {"id", "tools"}, {"role", "search"}, {"aria-label", "Rows"}, {"hidden", ""}});
  out.newline();
  out.open("label", {{"class", "words"}});
  out.text("Search ");
  out.empty_element("input", {{"id", "words"},
                              {"type", "search"},
                              {"autocomplete", "off"},
                              {"placeholder", "A number, a title, a workstation ..."}});
  out.close();
  out.newline();
  write_libraries(out, sorted);
  write_reasons(out, sorted);
  write_actions(out);
  out.open("label", {{"class", "check"}});
  out.empty_element("input", {{"id", "open-only"}, {"type", "checkbox"}, {"autocomplete", "off"}});
  out.text(" Hide what is done");
  out.close();
  out.newline();
  out.element("button", "Print", {{"id", "print"}, {"type", "button"}});
  out.newline();
  out.element("p", "", {{"id", "shown"}, {"role", "status"}});
  out.open("p", {{"class", "done-so-far"}});
  out.element("progress", "", {{"id", "progress"}, {"max", "1"}, {"value", "0"}, {"aria-labelledby", "done"}});
  out.text(" ");
  out.element("span", "", {{"id", "done"}});
  out.close();
  out.newline();
  out.element("p", "", {{"id", "not-kept"}, {"class", "warning"}, {"role", "status"}, {"hidden", ""}});
  out.close();
  out.newline();
}

}  // namespace offcirc
