#include "loader/report/result_entry.hpp"

#include <fmt/format.h>

namespace offcirc {
namespace {

std::string head_of(const ReportResult& result, const Zone& zone) {
  std::string head = fmt::format("#{}  {}  {}", result.n, local_time(result.occurred_at, zone), kind_word(result.kind));
  if (!result.station.empty()) head += fmt::format(", station {}", result.station);
  return head;
}

std::string subject_of(const ReportResult& result) {
  std::string subject;
  if (!result.user_id.empty()) subject = user_words(result.user_id, result.user_name);
  if (!result.item_id.empty()) subject += fmt::format("{} {}", subject.empty() ? "Item" : ", item", result.item_id);
  if (!result.title.empty()) subject += fmt::format(": {}", result.title);
  return subject;
}

}  // namespace

void write_entry(Page& page, const ResultEntry& entry, const SectionContext& context) {
  const std::size_t indent = k_entry_indent + k_detail_step;
  const auto detail = [&](const std::string& text) {
    if (!text.empty()) page.paragraph(indent, indent + k_detail_step, text);
  };
  page.paragraph(k_entry_indent, indent, head_of(entry.result, context.zone));
  detail(std::string(entry.message));
  detail(subject_of(entry.result));
  const std::string due = due_words(entry.result, context.zone);
  if (!due.empty()) detail("Due: " + due);
  detail(clock_words(entry.result, context.zone));
  detail(override_words(entry.result));
  detail(try_words(entry.result));
  if (!entry.also.empty()) detail("Also: " + entry.also);
  if (!entry.action.empty()) detail(fmt::format("To do: {}", entry.action));
  page.line(indent, place_of(entry.result));
}

}  // namespace offcirc
