#include "loader/report/html/tools.hpp"

#include <set>

#include "loader/report/html/summary.hpp"

namespace offcirc {
namespace {

// Those that a row of the report can be chosen by.
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
  out.text("Words ");
  out.empty_element("input", {{"id", "words"},
                              {"type", "search"},
                              {"autocomplete", "off"},
                              {"placeholder", "A number, a title, a station ..."}});
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
