#include "formats/csv_columns.hpp"

#include "formats/fields.hpp"

namespace offcirc {

std::optional<CsvColumn> find_csv_column(std::string_view name) {
  for (std::size_t i = 0; i < k_csv_column_count; ++i) {
    if (equal_ignoring_case(k_csv_column_names[i], name)) return static_cast<CsvColumn>(i);
  }
  return std::nullopt;
}

std::string csv_column_list() {
  std::string list;
  for (const std::string_view name : k_csv_column_names) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return list;
}

}  // namespace offcirc
