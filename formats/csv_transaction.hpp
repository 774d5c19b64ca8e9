// From the cells of one row of a plain CSV log to a transaction.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/csv_columns.hpp"
#include "formats/log_format.hpp"

namespace offcirc {

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
