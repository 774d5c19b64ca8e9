#include "loader/config/map_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>
#include <system_error>

#include "formats/csv_text.hpp"
#include "formats/fields.hpp"
#include "loader/config/field_values.hpp"

namespace offcirc {

namespace {

Unreadable reason_of(int error) {
  return {std::generic_category().message(error)};
}

}  // namespace

std::variant<std::string, Unreadable> read_file_text(const std::filesystem::path& file) {
  const auto close = [](std::FILE* opened) { std::fclose(opened); };
  const std::unique_ptr<std::FILE, decltype(close)> opened(std::fopen(file.c_str(), "rbe"), close);
  if (!opened) return reason_of(errno);
  std::string text;
  char buffer[16 * 1024];
  for (std::size_t size; (size = std::fread(buffer, 1, sizeof buffer, opened.get())) > 0;) {
    text.append(buffer, size);
    if (text.size() > k_max_file_text_bytes) return Unreadable{"It is larger than 256 MiB"};
  }
  // A folder can be opened, but not read.
  if (std::ferror(opened.get()) != 0) return reason_of(errno);
  return text;
}

namespace {

constexpr std::array<std::string_view, 4> k_columns{"library", "user_profile", "item_type", "rule"};
constexpr std::string_view k_header = "library,user_profile,item_type,rule";
enum Column : std::size_t { library, user_profile, item_type, rule };

// The position in a row of each of k_columns.
using Order = std::array<std::size_t, k_columns.size()>;

bool report_broken(const CsvReader::Row& row, TroubleList& troubles) {
  if (!row.error) return false;
  troubles.add({row.line, row.error_column}, fmt::format("this is not CSV. {}", *row.error));
  return true;
}

// Returns nullopt and adds troubles if the header is not that of a circulation map.
std::optional<Order> read_header(const CsvReader::Row& row, TroubleList& troubles) {
  constexpr std::size_t k_missing = SIZE_MAX;
  Order order;
  order.fill(k_missing);
  bool right = !report_broken(row, troubles);
  const auto report = [&](Place place, std::string sentence) {
    right = false;
    troubles.add(place, std::move(sentence));
  };
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    const std::string_view name = trimmed(row.fields[i].text);
    const Place place{row.line, row.fields[i].column};
    const auto known =
        static_cast<std::size_t>(std::find(k_columns.begin(), k_columns.end(), name) - k_columns.begin());
    if (known == k_columns.size())
      report(place, fmt::format("unknown column '{}'{}", name, hint_of(name, {k_columns.begin(), k_columns.end()})));
    else if (order[known] != k_missing)
      report(place, fmt::format("the column '{}' appears twice.", name));
    else
      order[known] = i;
  }
  if (!right) return std::nullopt;
  for (std::size_t i = 0; i < order.size(); ++i)
    if (order[i] == k_missing)
      report({row.line, 1},
             fmt::format("the column '{}' is missing; the header of a circulation map is {}.", k_columns[i], k_header));
  return right ? std::optional(order) : std::nullopt;
}

class RowReader {
 public:
  RowReader(const Policy& policy, const Order& order, TroubleList& troubles)
      : m_policy(&policy), m_order(&order), m_troubles(&troubles) {}

  // Returns nullopt and adds troubles if the row is wrong.
  std::optional<CirculationMap::Row> read(const CsvReader::Row& row) {
    if (report_broken(row, *m_troubles)) return std::nullopt;
    if (row.fields.size() != k_columns.size()) {
      m_troubles->add({row.line, 1}, fmt::format("a row must have {} fields, like the header, not {}.",
                                                 k_columns.size(), row.fields.size()));
      return std::nullopt;
    }
    m_right = true;
    CirculationMap::Row read{code(row, library), code(row, user_profile), code(row, item_type), {}, row.line};
    check_known(row, library, m_policy->find_library(read.library) != k_no_library);
    check_known(row, user_profile, m_policy->find_profile(read.user_profile) != k_no_profile);
    if (const auto parsed = parse_rule(text(row, rule)))
      read.rule = *parsed;
    else
      report(row, rule,
             fmt::format("'rule' must be a circulation rule such as 21D-10D-5M, not \"{}\".", text(row, rule)));
    return m_right ? std::optional(read) : std::nullopt;
  }

 private:
  [[nodiscard]] std::string_view text(const CsvReader::Row& row, Column column) const {
    return trimmed(row.fields[(*m_order)[column]].text);
  }
  void report(const CsvReader::Row& row, Column column, std::string sentence) {
    m_right = false;
    m_troubles->add({row.line, row.fields[(*m_order)[column]].column}, std::move(sentence));
  }
  std::string code(const CsvReader::Row& row, Column column) {
    if (text(row, column).empty())
      report(row, column, fmt::format("'{}' must be a code, or * for any.", k_columns[column]));
    return std::string(text(row, column));
  }
  void check_known(const CsvReader::Row& row, Column column, bool known) {
    const std::string_view name = text(row, column);
    if (known || name.empty() || name == "*") return;
    report(row, column,
           fmt::format("the configuration has no {} \"{}\"{}", column == library ? "library" : "profile", name,
                       hint_of(name, names(column))));
  }
  [[nodiscard]] std::vector<std::string_view> names(Column column) const {
    std::vector<std::string_view> names;
    if (column == library)
      for (const Library& known : m_policy->libraries) names.push_back(known.code);
    else
      for (const Profile& known : m_policy->profiles) names.push_back(known.name);
    return names;
  }

  const Policy* m_policy;
  const Order* m_order;
  TroubleList* m_troubles;
  bool m_right = true;
};

bool is_empty_line(const CsvReader::Row& row) {
  return !row.error && row.fields.size() == 1 && trimmed(row.fields.front().text).empty();
}

}  // namespace

CirculationMap parse_circulation_map(std::string_view csv, const Policy& policy, TroubleList& troubles) {
  CsvReader reader(csv);
  CsvReader::Row row;
  std::vector<CirculationMap::Row> rows;
  if (!reader.next(row)) {
    troubles.add({}, fmt::format("the circulation map is empty; its header is {}.", k_header));
    return {};
  }
  const auto order = read_header(row, troubles);
  if (!order) return {};
  RowReader row_reader(policy, *order, troubles);
  while (reader.next(row)) {
    if (is_empty_line(row)) continue;
    if (auto read = row_reader.read(row)) rows.push_back(std::move(*read));
  }
  return CirculationMap(std::move(rows));
}

}  // namespace offcirc
