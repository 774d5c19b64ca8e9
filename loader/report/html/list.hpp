// The tables of the HTML report, and the cells that describe a result.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "loader/report/html/writer.hpp"
#include "loader/report/report.hpp"

namespace offcirc {

struct HtmlColumn {
  std::string_view name;  ///< CSS class
  std::string_view heading;
  bool has_paths = false;  ///< the cells are paths, which wrap where HtmlWriter::path() allows
};

/// The main text, and smaller texts below it.
struct HtmlCell {
  std::string main;
  std::vector<std::string> more = {};  ///< empty texts are left out
};

struct HtmlRow {
  std::string name;      ///< labels the box for screen readers: `#12`; empty in a list without boxes
  std::string key;       ///< the page stores the tick under it; same in each report of the load; empty without boxes
  std::string outcomes;  ///< outcome codes that the row can be filtered by, separated by blanks
  std::string actions;   ///< codes of action kinds that the row can be filtered by, separated by blanks
  std::vector<HtmlCell> cells;  ///< by column; the first is the row's header cell
};

/// The script shows further rows only on demand, because a browser is slow to lay out very long tables. report.js has
/// the same number.
inline constexpr std::size_t k_html_rows_at_once = 500;

struct HtmlListHead {
  std::string_view heading;
  std::size_t count;
  std::string_view explanation;  ///< may be empty
};

/// Writes one list: a heading, and a table whose rows can have boxes to tick. The constructor begins it, end() ends it.
class HtmlList {
 public:
  enum class Boxes { no, yes };

  /// `columns` must outlive the list.
  HtmlList(HtmlWriter& out, const HtmlListHead& head, const std::vector<HtmlColumn>& columns, Boxes boxes);
  HtmlList(const HtmlList&) = delete;
  HtmlList& operator=(const HtmlList&) = delete;

  /// Writes a heading row above the groups that follow.
  void kind(std::string_view heading);
  /// Starts a group, with a heading row. Rows are sorted only within their group. Without groups, all rows are one.
  void group(std::string_view heading);
  void row(const HtmlRow& row);
  void end();

 private:
  void begin_table(std::string_view caption);
  void begin_body(HtmlAttributes attributes = {});
  void heading_row(std::string_view name, std::string_view heading);
  void write_cell(const HtmlColumn& column, const HtmlCell& cell, bool names_row);

  HtmlWriter& m_out;
  const std::vector<HtmlColumn>& m_columns;
  bool m_has_boxes;
  bool m_has_body = false;
  std::size_t m_rows = 0;
};

namespace html_column {
inline constexpr HtmlColumn k_time{"time", "Time"};
inline constexpr HtmlColumn k_due{"time", "Due"};
inline constexpr HtmlColumn k_transaction{"transaction", "Kind"};
inline constexpr HtmlColumn k_user{"user", "Patron"};
inline constexpr HtmlColumn k_item{"item", "Item"};
inline constexpr HtmlColumn k_found{"found", "What happened"};
inline constexpr HtmlColumn k_action{"action", "To do"};
inline constexpr HtmlColumn k_place{"place", "Log and line", true};
}  // namespace html_column

/// `#12`
std::string row_name(const ReportResult& result);
HtmlCell time_cell(const ReportResult& result, const Zone& zone);
/// The kind of transaction, and below it the station.
HtmlCell transaction_cell(const ReportResult& result);
/// The ID, and below it the name, if it is known.
HtmlCell user_cell(std::string_view user_id, std::string_view user_name);
/// The title, and below it the ID; only the ID if the title is unknown.
HtmlCell item_cell(std::string_view item_id, std::string_view title);
/// The message; below it the due date, `also`, an override, retries, a doubtful reading, the dismissal, and the clock.
HtmlCell found_cell(const ReportResult& result, std::string_view message, std::string_view also, const Zone& zone);
/// Log and line, and below them the number of the result.
HtmlCell place_cell(const ReportResult& result);

}  // namespace offcirc
