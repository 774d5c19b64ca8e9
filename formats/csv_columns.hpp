// The columns of the plain log format, in the order in which they are written.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

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

}  // namespace offcirc
