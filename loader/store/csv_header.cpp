#include <fmt/format.h>

#include <algorithm>

#include "formats/fields.hpp"
#include "loader/store/row_reader.hpp"

namespace offcirc {

namespace {

std::string names_of(const CsvTable& table) {
  std::string names;
  for (const CsvColumn& column : table.columns) names += fmt::format("{}{}", names.empty() ? "" : ",", column.name);
  return names;
}

}  // namespace

std::vector<int> read_header(const CsvReader::Row& header, const CsvTable& table, std::uint32_t file,
                             ImportErrors& errors) {
  std::vector<int> positions(table.columns.size(), -1);
  bool faulty = false;
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    const std::string_view name = trimmed(header.fields[i].text);
    const CsvPlace place{file, header.line, header.fields[i].column};
    const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                     [&](const CsvColumn& known) { return known.name == name; });
    if (column == table.columns.end()) {
      errors.add(place, fmt::format("{} has no column '{}'. It may have {}.", table.file, name, names_of(table)));
      faulty = true;
      continue;
    }
    int& position = positions[static_cast<std::size_t>(column - table.columns.begin())];
    if (position >= 0) {
      errors.add(place, fmt::format("the column {} is there twice.", name));
      faulty = true;
    }
    position = static_cast<int>(i);
  }
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (positions[i] >= 0 || !table.columns[i].required) continue;
    errors.add({file, header.line, 0}, fmt::format("there is no column {}.", table.columns[i].name));
    faulty = true;
  }
  return faulty ? std::vector<int>() : positions;
}

}  // namespace offcirc
