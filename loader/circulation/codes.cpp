#include "loader/circulation/codes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loader/model/policy.hpp"

namespace offcirc {

CodeTable::CodeTable(Database& database, std::string_view table, std::string_view key)
    : m_insert(database, fmt::format("INSERT INTO {}(code) VALUES (?1)", table)), m_name(table), m_database(&database) {
  std::replace(m_name.begin(), m_name.end(), '_', ' ');
  Statement all(database, fmt::format("SELECT {}, code FROM {}", key, table));
  while (all.next()) m_rows.emplace(all.text(1), all.integer(0));
}

std::optional<Row> CodeTable::find(std::string_view code) const {
  const auto found = m_rows.find(code);
  return found == m_rows.end() ? std::nullopt : std::optional(found->second);
}

Row CodeTable::row_of(std::string_view code) {
  if (const auto found = m_rows.find(code); found != m_rows.end()) return found->second;
  require_room(1);
  m_insert.with(code).run();
  return m_rows.emplace(code, m_database->last_row()).first->second;
}

void CodeTable::require_room(std::size_t more) const {
  if (m_rows.size() + more <= k_max_codes) return;
  m_database->fail(
      fmt::format("there would be more than {} different {}, so nothing was changed. Check whether the column of {} "
                  "has something else, such as barcodes.",
                  k_max_codes, m_name, m_name));
}

CodeTables::CodeTables(Database& database)
    : libraries(database, "libraries", "library"),
      profiles(database, "profiles", "profile"),
      item_types(database, "item_types", "item_type"),
      locations(database, "locations", "location"),
      rules(database, "rules", "rule") {}

}  // namespace offcirc
