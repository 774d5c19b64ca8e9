#include "loader/report/html/list.hpp"

#include <fmt/format.h>

#include "loader/report/result_words.hpp"

namespace offcirc {

HtmlList::HtmlList(HtmlWriter& out, const HtmlListHead& head, const std::vector<HtmlColumn>& columns, Boxes boxes)
    : m_out(out), m_columns(columns), m_has_boxes(boxes == Boxes::yes) {
  m_out.open("section", {{"class", "list"}});
  m_out.open("h3");
  m_out.text(head.heading);
  m_out.text(" ");
  m_out.element("span", fmt::format("{}", head.count), {{"class", "badge"}});
  m_out.close();
  m_out.newline();
  if (!head.explanation.empty()) m_out.element("p", head.explanation, {{"class", "explanation"}});
  begin_table(head.heading);
}

void HtmlList::begin_table(std::string_view caption) {
  m_out.open("table", {{"class", "rows"}});
  m_out.element("caption", caption, {{"class", "unseen"}});
  m_out.open("thead");
  m_out.open("tr");
  if (m_has_boxes) m_out.element("th", "Done", {{"scope", "col"}, {"class", "done"}});
  for (const HtmlColumn& column : m_columns)
    m_out.element("th", column.heading, {{"scope", "col"}, {"class", column.name}});
  m_out.close();
  m_out.close();
  m_out.newline();
}

void HtmlList::begin_body(HtmlAttributes attributes) {
  if (m_has_body) m_out.close();
  m_out.open("tbody", attributes);
  m_out.newline();
  m_has_body = true;
}

void HtmlList::kind(std::string_view heading) {
  begin_body({{"class", "kind"}});
  heading_row("kind", heading);
}

void HtmlList::group(std::string_view heading) {
  begin_body();
  heading_row("group", heading);
}

void HtmlList::heading_row(std::string_view name, std::string_view heading) {
  m_out.open("tr", {{"class", name}});
  m_out.element("th", heading,
                {{"scope", "rowgroup"}, {"colspan", fmt::format("{}", m_columns.size() + (m_has_boxes ? 1 : 0))}});
  m_out.close();
  m_out.newline();
}

void HtmlList::write_cell(const HtmlColumn& column, const HtmlCell& cell, bool names_row) {
  if (names_row) {
    m_out.open("th", {{"scope", "row"}, {"class", column.name}});
  } else {
    m_out.open("td", {{"class", column.name}});
  }
  if (column.has_paths) {
    m_out.path(cell.main);
  } else {
    m_out.text(cell.main);
  }
  for (const std::string& more : cell.more)
    if (!more.empty()) m_out.element("small", more);
  m_out.close();
}

void HtmlList::row(const HtmlRow& row) {
  if (!m_has_body) begin_body();
  ++m_rows;
  m_out.open("tr", {{"class", m_rows > k_html_rows_at_once ? "row later" : "row"},
                    {"data-key", row.key},
                    {"data-outcomes", row.outcomes},
                    {"data-actions", row.actions}});
  if (m_has_boxes) {
    m_out.open("td", {{"class", "done"}});
    m_out.empty_element("input", {{"type", "checkbox"}, {"autocomplete", "off"}, {"aria-label", "Done: " + row.name}});
    m_out.close();
  }
  for (std::size_t i = 0; i < m_columns.size(); ++i) write_cell(m_columns[i], row.cells[i], i == 0);
  m_out.close();
  m_out.newline();
}

void HtmlList::end() {
  if (m_has_body) m_out.close();
  m_out.close();
  m_out.close();
  m_out.newline();
}

std::string row_name(const ReportResult& result) {
  return fmt::format("#{}", result.n);
}

HtmlCell time_cell(const ReportResult& result, const Zone& zone) {
  return {local_time(result.occurred_at, zone)};
}

HtmlCell transaction_cell(const ReportResult& result) {
  HtmlCell cell{std::string(kind_word(result.kind))};
  if (!result.station.empty()) cell.more.push_back(fmt::format("workstation {}", result.station));
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
  cell.more.push_back(send_words(result, zone));
  cell.more.push_back(clock_words(result, zone));
  return cell;
}

HtmlCell place_cell(const ReportResult& result) {
  return {place_of(result), {row_name(result)}};
}

}  // namespace offcirc
