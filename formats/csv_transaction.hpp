// Turns the cells of one row of a plain CSV log into a transaction.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/csv_columns.hpp"
#include "formats/log_format.hpp"
#include "formats/transaction.hpp"

namespace offcirc {

// Parses what people type into the cells of a sheet, and what spreadsheets turn it into: dates and amounts in the local
// notation.

/// Parses ISO 8601, or `6/12/2026 10:12` according to `order`; nullopt for anything else. No-break spaces count as
/// spaces.
std::optional<Stamp> parse_sheet_stamp(std::string_view cell, DateOrder order);

/// Matches dates such as `6/12/26` and `12.06.26 10:15`: three numbers, none of them a four-digit year.
bool has_short_year(std::string_view cell);

/// Parses `12.50` and `$12.50`; if `separator`, that of the log, is not a comma, also `12,50 €`.
std::optional<Cents> parse_sheet_money(std::string_view cell, char separator);

/// Matches `2,1221E+13`: what remains of a long ID in a column that a spreadsheet took for numbers.
bool is_shortened_number(std::string_view id);

// The column `log_notes`: what the original log says about a row beyond the other columns.

/// Formats the notes that apply, separated by semicolons, as in `clock-jumped;fine-waived`; empty if none does.
std::string log_notes_text(const Transaction& transaction);

/// Sets the members that `text` names. Returns false if it names anything unknown.
bool read_log_notes(std::string_view text, Transaction& transaction);

/// All words, separated by `, `.
std::string log_note_list();

/// The cells of one row, indexed by CsvColumn, trimmed and decoded; empty if the log has no such column.
struct CsvCells {
  std::array<std::string_view, k_csv_column_count> text;
  char separator = ',';     ///< of the log
  bool is_settled = false;  ///< a row of sorted output, which says everything about where it was recorded

  [[nodiscard]] std::string_view operator[](CsvColumn column) const { return text[static_cast<std::size_t>(column)]; }
};

/// Finds a kind in any letter case: tablets capitalize the first letter of a cell.
std::optional<Kind> find_typed_kind(std::string_view cell);

/// Why a row can't be read, and which cell is to blame.
struct CsvTrouble {
  CsvColumn column;
  std::string message;
};

/// Fills `transaction` except for its line and identity; the cells must outlive it. Cells that its kind has no use for
/// are ignored. If the row can't be read, returns why; `transaction` then holds the time, user ID and item ID as far as
/// they are known.
std::optional<CsvTrouble> read_csv_transaction(const CsvCells& cells, const LogContext& context,
                                               Transaction& transaction);

}  // namespace offcirc
