#include "loader/report/grouped_entries.hpp"

#include <fmt/format.h>

#include <map>
#include <tuple>

#include "loader/report/result_entry.hpp"

namespace offcirc {
namespace {

// Fewer lines than this are listed one by one, whatever they have in common.
constexpr std::size_t k_min_whole_log = 3;

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

// What else was found; a note with something to do is an entry of its own.
std::string other_notes(const ReportResult& result, const SortedReport& sorted) {
  std::string text;
  for (const ReportNote& note : result.notes) {
    if (!is_note(find_outcome(note.code).value()) || log_says(sorted, result, note.code)) continue;
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

void write_one(Page& page, const ToDo& to_do, const SectionContext& context) {
  if (was_loaded(*to_do.result)) {
    write_entry(page, {*to_do.result, to_do.message, other_notes(*to_do.result, context.sorted), {}}, context);
  } else {
    write_entry(
        page,
        {*to_do.result, fmt::format("Not loaded: {}", to_do.message), other_reasons(*to_do.result, context.sorted), {}},
        context);
  }
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
      write_one(page, to_do, context);
    }
  }
}

}  // namespace

ToDos to_dos_of(const ReportResult& result, const SortedReport& sorted) {
  ToDos to_dos = {{find_outcome(result.outcome).value(), &result, result.message}};
  for (const ReportNote& note : result.notes) {
    const Outcome outcome = find_outcome(note.code).value();
    if (!is_note(outcome) && !log_says(sorted, result, note.code)) to_dos.push_back({outcome, &result, note.message});
  }
  return to_dos;
}

void write_grouped(Page& page, const ToDos& to_dos, const SectionContext& context) {
  std::map<Outcome, ToDos> groups;
  for (const ToDo& to_do : to_dos) groups[group_of(to_do.outcome)].push_back(to_do);
  bool is_first = true;
  for (const auto& [outcome, group] : groups) {
    if (!is_first) page.blank_line();
    is_first = false;
    page.paragraph(0, 0, fmt::format("{} ({})", facts_of(outcome).action, group.size()));
    write_group(page, group, context);
  }
}

}  // namespace offcirc
