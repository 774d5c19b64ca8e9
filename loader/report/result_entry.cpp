#include "loader/report/result_entry.hpp"

#include <fmt/format.h>

namespace offcirc {
namespace {

std::string_view kind_word(std::string_view kind) {
  const std::optional<Kind> found = find_kind(kind);
  return found ? k_kind_words.at(static_cast<std::size_t>(*found)).one : "Record";
}

std::string head_of(const ReportResult& result, const Zone& zone) {
  std::string head = fmt::format("#{}  {}  {}", result.n, local_time(result.occurred_at, zone), kind_word(result.kind));
  if (!result.station.empty()) head += fmt::format(", station {}", result.station);
  return head;
}

std::string subject_of(const ReportResult& result) {
  std::string subject;
  if (!result.user_id.empty()) subject = fmt::format("User {}", result.user_id);
  if (!result.item_id.empty()) subject += fmt::format("{} {}", subject.empty() ? "Item" : ", item", result.item_id);
  if (!result.title.empty()) subject += fmt::format(": {}", result.title);
  return subject;
}

// Whoever calls the user wants to tell it.
std::string due_of(const ReportResult& result, const Zone& zone) {
  if (result.due_at == k_no_time) return {};
  if (result.due_at == k_never) return "Due: never";
  return "Due: " + local_minute(result.due_at, zone);
}

std::string clock_of(const ReportResult& result, const Zone& zone) {
  if (result.recorded_at == result.occurred_at) return {};
  return "The station's clock said " + local_time(result.recorded_at, zone);
}

}  // namespace

std::string local_time(Seconds utc, const Zone& zone) {
  if (utc == k_no_time) return "time not known";
  std::string time = iso_time(utc, zone);
  const std::size_t t = time.find('T');
  if (t == std::string::npos) return time;
  time[t] = ' ';
  return time.substr(0, t + std::string_view(" 10:12:31").size());
}

std::string local_minute(Seconds utc, const Zone& zone) {
  return local_time(utc, zone).substr(0, std::string_view("2026-06-12 10:12").size());
}

std::string other_reasons(const ReportResult& result, const SortedReport& sorted) {
  std::string text;
  for (const ReportNote& note : result.notes) {
    if (log_says(sorted, result, note.code)) continue;
    text += fmt::format("{}{}", text.empty() ? "Also: " : " ", sentence(note.message));
    const OutcomeFacts& facts = facts_of(find_outcome(note.code).value());
    if (facts.outcome_class != OutcomeClass::note) text += fmt::format(" {}", note.action);
  }
  return text;
}

std::string place_of(const ReportResult& result) {
  std::string place = fmt::format("{}:{}", result.log, result.line);
  if (result.column != 0) place += fmt::format(":{}", result.column);
  return place;
}

std::string sentence(std::string_view message) {
  std::string text(message);
  if (!text.empty() && std::string_view(".!?").find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

void write_entry(Page& page, const ResultEntry& entry, const SectionContext& context) {
  const std::size_t indent = k_entry_indent + k_detail_step;
  const auto detail = [&](const std::string& text) {
    if (!text.empty()) page.paragraph(indent, indent + k_detail_step, text);
  };
  page.paragraph(k_entry_indent, indent, head_of(entry.result, context.zone));
  detail(std::string(entry.message));
  detail(subject_of(entry.result));
  detail(due_of(entry.result, context.zone));
  detail(clock_of(entry.result, context.zone));
  detail(entry.also);
  if (!entry.action.empty()) detail(fmt::format("To do: {}", entry.action));
  page.line(indent, place_of(entry.result));
}

}  // namespace offcirc
