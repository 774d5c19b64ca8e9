// The columns of the plain log format, and the writer of a row.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc {

// The columns of the plain log format, in the order in which they are written.

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

/// By CsvColumn.
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

/// Upper or lower case.
std::optional<CsvColumn> find_csv_column(std::string_view name);

/// All names with a comma and a blank between them.
std::string csv_column_list();

// Writes transactions in the plain log format, so that the csv format reads back what was written.

/// The header row with all columns.
void append_csv_log_header(std::string& csv);

/// What the loader has found out about a transaction; all as text, empty where it is not known.
struct CsvLogPlace {
  std::string_view occurred_at;  ///< ISO 8601 with an offset
  std::string_view recorded_at;
  std::string_view library;  ///< of the station
  std::string_view station;
  std::string_view origin;             ///< to_text() of the identity
  std::string_view temporary_library;  ///< whose policy applies, where that is not `library`
  std::string_view library_mismatch;   ///< the sentence that says what disagrees with the library
};

/// One row. The value of an override is not written. A transaction of an unsupported kind is read back as such, without
/// its name.
void append_csv_log_row(std::string& csv, const Transaction& transaction, const CsvLogPlace& place);

}  // namespace offcirc
