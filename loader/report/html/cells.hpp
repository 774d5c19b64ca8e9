// What the tables of the HTML report say of a result, cell by cell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loader/report/html/list.hpp"
#include "loader/report/report.hpp"

namespace offcirc {

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
