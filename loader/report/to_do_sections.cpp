#include <fmt/format.h>

#include <map>
#include <tuple>
#include <vector>

#include "loader/report/library_sections.hpp"
#include "loader/report/result_entry.hpp"

namespace offcirc {
namespace {

// Fewer lines than this are listed one by one, whatever they have in common.
constexpr std::size_t k_min_whole_log = 3;

struct ToDo {
  Outcome outcome;
  const ReportResult* result;
  std::string_view message;
};

using ToDos = std::vector<ToDo>;
using Reason = std::tuple<std::string_view, Outcome, std::string_view>;  // log, outcome, message

// Several outcomes ask for the same: their group stands where the first of them does in the order of outcomes.
Outcome group_of(Outcome outcome) {
  const std::string_view action = facts_of(outcome).action;
  for (int i = 0; i < k_outcome_count; ++i)
    if (facts_of(static_cast<Outcome>(i)).action == action) return static_cast<Outcome>(i);
  return outcome;
}

bool is_note(Outcome outcome) {
  return facts_of(outcome).outcome_class == OutcomeClass::note;
}

std::map<Outcome, ToDos> group_by_action(const LibraryPart& part, const SortedReport& sorted) {
  std::map<Outcome, ToDos> groups;
  const auto add = [&](const ReportResult& result, std::string_view code, std::string_view message) {
    const Outcome outcome = find_outcome(code).value();
    groups[group_of(outcome)].push_back({outcome, &result, message});
  };
  for (const ReportResult* result : part.follow_up) {
    add(*result, result->outcome, result->message);
    for (const ReportNote& note : result->notes)
      if (!is_note(find_outcome(note.code).value()) && !log_says(sorted, *result, note.code))
        add(*result, note.code, note.message);
  }
  return groups;
}

// What else was found; a note with something to do is an entry of its own.
std::string other_notes(const ToDo& to_do, const SortedReport& sorted) {
  std::string text;
  for (const ReportNote& note : to_do.result->notes) {
    if (!is_note(find_outcome(note.code).value()) || log_says(sorted, *to_do.result, note.code)) continue;
    text += fmt::format("{}{}", text.empty() ? "Also: " : " ", sentence(note.message));
  }
  return text;
}

std::map<Reason, std::size_t> count_reasons(const ToDos& to_dos) {
  std::map<Reason, std::size_t> counts;
  for (const ToDo& to_do : to_dos) ++counts[{to_do.result->log, to_do.outcome, to_do.message}];
  return counts;
}

void write_whole_log(Page& page, const ToDo& to_do, std::size_t count) {
  constexpr std::size_t k_indent = k_entry_indent + k_detail_step;
  page.line(k_entry_indent, to_do.result->log);
  page.paragraph(k_indent, k_indent + k_detail_step,
                 fmt::format("All {} transactions that were loaded: {}", count, to_do.message));
}

void write_group(Page& page, const ToDos& to_dos, const SectionContext& context) {
  std::map<Reason, std::size_t> counts = count_reasons(to_dos);
  for (const ToDo& to_do : to_dos) {
    std::size_t& count = counts[{to_do.result->log, to_do.outcome, to_do.message}];
    if (count == 0) continue;  // said already, of the whole log
    if (count >= k_min_whole_log && count == context.sorted.logs.at(to_do.result->log).loaded) {
      write_whole_log(page, to_do, count);
      count = 0;
    } else {
      write_entry(page, {*to_do.result, to_do.message, other_notes(to_do, context.sorted), {}}, context);
    }
  }
}

}  // namespace

void write_to_do(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.follow_up.empty()) return;
  page.heading(fmt::format("Loaded, with something to do ({})", part.follow_up.size()), '-');
  bool is_first = true;
  for (const auto& [outcome, to_dos] : group_by_action(part, context.sorted)) {
    if (!is_first) page.blank_line();
    is_first = false;
    page.paragraph(0, 0, fmt::format("{} ({})", facts_of(outcome).action, to_dos.size()));
    write_group(page, to_dos, context);
  }
}

}  // namespace offcirc
