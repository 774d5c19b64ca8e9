// The tables of the HTML report, and what their cells say of a result.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "loader/report/html/writer.hpp"
#include "loader/report/report.hpp"

namespace offcirc {

// A list of the HTML report: its heading, and a table with something to do in each of its rows, a box to tick and what
// it is about.

struct HtmlColumn {
  std::string_view name;  ///< what the style sheet knows it by
  std::string_view heading;
  bool has_paths = false;  ///< long words that may only break where a path does
};

/// What matters, and below it what belongs to it.
struct HtmlCell {
  std::string main;
  std::vector<std::string> more = {};  ///< empty ones are left out
};

struct HtmlRow {
  std::string name;  ///< what its box is called: `#12`
  std::string key;   ///< by which the page remembers its tick; the same whenever the load is reported; empty: no box
  std::string outcomes;         ///< codes that the reader can choose it by, with blanks between them
  std::string actions;          ///< codes of the kinds of what is to be done, likewise
  std::vector<HtmlCell> cells;  ///< by column; the first one names the row
};

/// Rows beyond this many wait until the reader asks for them: a browser that lays all of them out is slow.
inline constexpr std::size_t k_html_rows_at_once = 500;

struct HtmlListHead {
  std::string_view heading;
  std::size_t count;
  std::string_view explanation;  ///< may be empty
};

/// One list, from the constructor to end().
class HtmlList {
 public:
  enum class Boxes { no, yes };

  /// `columns` outlive the list.
  HtmlList(HtmlWriter& out, const HtmlListHead& head, const std::vector<HtmlColumn>& columns, Boxes boxes);
  HtmlList(const HtmlList&) = delete;
  HtmlList& operator=(const HtmlList&) = delete;

  /// A row as the heading of the groups that follow.
  void kind(std::string_view heading);
  /// A part of its own, with a row as its heading. Without one, all rows are one part.
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

// What the tables of the HTML report say of a result, cell by cell.

namespace html_column {
inline constexpr HtmlColumn k_time{"time", "Time"};
inline constexpr HtmlColumn k_due{"time", "Due"};
inline constexpr HtmlColumn k_transaction{"transaction", "Kind"};
inline constexpr HtmlColumn k_user{"user", "User"};
inline constexpr HtmlColumn k_item{"item", "Item"};
inline constexpr HtmlColumn k_found{"found", "Found"};
inline constexpr HtmlColumn k_action{"action", "To do"};
inline constexpr HtmlColumn k_place{"place", "Log and line", true};
}  // namespace html_column

/// `#12`
std::string row_name(const ReportResult& result);
HtmlCell time_cell(const ReportResult& result, const Zone& zone);
/// The kind, and below it the station.
HtmlCell transaction_cell(const ReportResult& result);
/// The ID, and below it the name where there is one.
HtmlCell user_cell(std::string_view user_id, std::string_view user_name);
/// The title, and below it the ID; the ID alone where there is no title.
HtmlCell item_cell(std::string_view item_id, std::string_view title);
/// The message, and below it the due date, the bill, what the clock said, and `also`.
HtmlCell found_cell(const ReportResult& result, std::string_view message, std::string_view also, const Zone& zone);
/// Log and line, and below them the number.
HtmlCell place_cell(const ReportResult& result);

}  // namespace offcirc
