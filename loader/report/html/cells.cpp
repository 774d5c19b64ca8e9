#include "loader/report/html/cells.hpp"

#include <fmt/format.h>

#include "loader/report/result_words.hpp"

namespace offcirc {

std::string row_name(const ReportResult& result) {
  return fmt::format("#{}", result.n);
}

HtmlCell time_cell(const ReportResult& result, const Zone& zone) {
  return {local_time(result.occurred_at, zone)};
}

HtmlCell transaction_cell(const ReportResult& result) {
  HtmlCell cell{std::string(kind_word(result.kind))};
  if (!result.station.empty()) cell.more.push_back(fmt::format("station {}", result.station));
  return cell;
}

HtmlCell user_cell(std::string_view user_id, std::string_view user_name) {
  return {std::string(user_id), {std::string(user_name)}};
}

HtmlCell item_cell(std::string_view item_id, std::string_view title) {
  if (title.empty()) return {std::string(item_id)};
  return {std::string(title), {std::string(item_id)}};
}

HtmlCell found_cell(const ReportResult& result, std::string_view message, std::string_view also, const Zone& zone) {
  HtmlCell cell{std::string(message)};
  const std::string due = due_words(result, zone);
  if (!due.empty()) cell.more.push_back("Due: " + due);
  if (!also.empty()) cell.more.push_back(fmt::format("Also: {}", also));
  cell.more.push_back(override_words(result));
  cell.more.push_back(try_words(result));
  cell.more.push_back(reading_words(result));
  cell.more.push_back(dismissal_words(result, zone));
  cell.more.push_back(clock_words(result, zone));
  return cell;
}

HtmlCell place_cell(const ReportResult& result) {
  return {place_of(result), {row_name(result)}};
}

}  // namespace offcirc
