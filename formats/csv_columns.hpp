// The columns of the plain log format, and functions that write its rows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc {

// The columns in the order in which they are written.

enum class CsvColumn : std::uint8_t {
  occurred_at,
  recorded_at,
  library,
  station,
  user_access,
  kind,
  user_id,
  item_id,
  due_at,
  due_from,
  discharged_on,
  amount,
  count,
  last_name,
  first_name,
  middle_name,
  alternate_name,
  birth_date,
  email,
  phone,
  language,
  address,
  categories,
  department,
  profile,
  user_library,
  expires_on,
  origin,
  item_type,
  temporary_library,
  library_mismatch,
  log_notes,
};
inline constexpr std::size_t k_csv_column_count = 32;

/// Indexed by CsvColumn.
inline constexpr std::array<std::string_view, k_csv_column_count> k_csv_column_names = {"occurred_at",
                                                                                        "recorded_at",
                                                                                        "library",
                                                                                        "station",
                                                                                        "user_access",
                                                                                        "kind",
                                                                                        "user_id",
                                                                                        "item_id",
                                                                                        "due_at",
                                                                                        "due_from",
                                                                                        "discharged_on",
                                                                                        "amount",
                                                                                        "count",
                                                                                        "last_name",
                                                                                        "first_name",
                                                                                        "middle_name",
                                                                                        "alternate_name",
                                                                                        "birth_date",
                                                                                        "email",
                                                                                        "phone",
                                                                                        "language",
                                                                                        "address",
                                                                                        "categories",
                                                                                        "department",
                                                                                        "profile",
                                                                                        "user_library",
                                                                                        "expires_on",
                                                                                        "origin",
                                                                                        "item_type",
                                                                                        "temporary_library",
                                                                                        "library_mismatch",
                                                                                        "log_notes"};

/// Finds a column by name, in any letter case.
std::optional<CsvColumn> find_csv_column(std::string_view name);

/// All names, separated by `, `.
std::string csv_column_list();

// Writes transactions so that the csv format reads back what was written.

/// Appends the header row, with all columns.
void append_csv_log_header(std::string& csv);

/// What the loader has found out about a transaction, as text; empty if unknown.
struct CsvLogPlace {
  std::string_view occurred_at;  ///< ISO 8601 with an offset
  std::string_view recorded_at;
  std::string_view library;  ///< of the station
  std::string_view station;
  std::string_view origin;             ///< to_text() of the identity
  std::string_view temporary_library;  ///< the library whose policy applies, if it is not `library`
  std::string_view library_mismatch;   ///< a sentence about what disagrees with the library
};

/// Appends one row. The value of an override is not written. A transaction of an unsupported kind is read back as such,
/// but without its name.
void append_csv_log_row(std::string& csv, const Transaction& transaction, const CsvLogPlace& place);

}  // namespace offcirc
