#include "loader/report/result_entry.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include "loader/memory/fetch_ahead.hpp"

namespace offcirc {
namespace {

std::string head_of(const ReportResult& result, const Zone& zone) {
  std::string head =
      fmt::format(FMT_COMPILE("#{}  {}  {}"), result.n, local_time(result.occurred_at, zone), kind_word(result.kind));
  if (!result.station.empty()) head.append(", station ").append(result.station);
  return head;
}

std::string subject_of(const ReportResult& result) {
  std::string subject;
  if (!result.user_id.empty()) subject = user_words(result.user_id, result.user_name);
  if (!result.item_id.empty()) subject.append(subject.empty() ? "Item " : ", item ").append(result.item_id);
  if (!result.title.empty()) subject.append(": ").append(result.title);
  return subject;
}

}  // namespace

void fetch_texts_ahead(const ReportResult& result) {
  for (const std::string_view text : {result.user_id, result.item_id, result.title, result.message})
    fetch_ahead(text.data());
}

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
  detail(reading_words(entry.result));
  detail(dismissal_words(entry.result, context.zone));
  if (!entry.also.empty()) detail("Also: " + entry.also);
  if (!entry.action.empty()) detail(fmt::format("To do: {}", entry.action));
  page.line(indent, place_of(entry.result));
}

}  // namespace offcirc
