#include "loader/store/codes.hpp"

#include <fmt/format.h>

namespace offcirc {

CodeTable::CodeTable(Database& database, std::string_view table, std::string_view key)
    : m_insert(database, fmt::format("INSERT INTO {}(code) VALUES (?1)", table)), m_database(&database) {
  Statement all(database, fmt::format("SELECT {}, code FROM {}", key, table));
  while (all.next()) m_rows.emplace(all.text(1), all.integer(0));
}

std::optional<Row> CodeTable::find(std::string_view code) const {
  const auto found = m_rows.find(code);
  return found == m_rows.end() ? std::nullopt : std::optional(found->second);
}

Row CodeTable::row_of(std::string_view code) {
  if (const auto found = m_rows.find(code); found != m_rows.end()) return found->second;
  m_insert.with(code).run();
  return m_rows.emplace(code, m_database->last_row()).first->second;
}

CodeTables::CodeTables(Database& database)
    : libraries(database, "libraries", "library"),
      profiles(database, "profiles", "profile"),
      item_types(database, "item_types", "item_type"),
      locations(database, "locations", "location"),
      rules(database, "rules", "rule") {}

}  // namespace offcirc
