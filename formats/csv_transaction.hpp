// From the cells of one row of a plain CSV log to a transaction.
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

// Reads what people type into the cells of a sheet, and what a spreadsheet makes of it: dates and amounts as the
// country writes them.

/// ISO 8601, or `6/12/2026 10:12` by `order`; nullopt where it is neither. No-break spaces are blanks.
std::optional<Stamp> parse_sheet_stamp(std::string_view cell, DateOrder order);

/// `6/12/26`, `12.06.26 10:15`: three numbers of which none is a year of four digits.
bool has_short_year(std::string_view cell);

/// `12.50`, `$12.50`; with a separator other than a comma also `12,50 €`.
std::optional<Cents> parse_sheet_money(std::string_view cell, char separator);

/// `2,1221E+13`: what is left of a long ID in a column that a spreadsheet took for numbers.
bool is_shortened_number(std::string_view id);

// The column `log_notes` of the plain log format: what the log that a row came from says beyond the other columns.

/// `clock-jumped;fine-waived`: those that hold, with a semicolon between them; empty where none does.
std::string log_notes_text(const Transaction& transaction);

/// Sets what `text` names. False where it names something else.
bool read_log_notes(std::string_view text, Transaction& transaction);

/// All words with a comma and a blank between them.
std::string log_note_list();

/// The cells of one row by CsvColumn, as they are there, trimmed and decoded; empty where the log has no such column.
struct CsvCells {
  std::array<std::string_view, k_csv_column_count> text;
  char separator = ',';     ///< of the log
  bool is_settled = false;  ///< a row of sorted output, which says all that is to be known of its place

  [[nodiscard]] std::string_view operator[](CsvColumn column) const { return text[static_cast<std::size_t>(column)]; }
};

/// Upper or lower case: tablets begin a cell with a capital letter.
std::optional<Kind> find_typed_kind(std::string_view cell);

/// Why a row can't be read, and the cell that is to blame.
struct CsvTrouble {
  CsvColumn column;
  std::string message;
};

/// Fills all of `transaction` but its line and identity; the cells outlive it. A row says no more than its kind has use
/// for: what is in other cells is left alone. Where it can't be read, `transaction` holds the time, user ID and
/// item ID as far as they are known.
std::optional<CsvTrouble> read_csv_transaction(const CsvCells& cells, const LogContext& context,
                                               Transaction& transaction);

}  // namespace offcirc
