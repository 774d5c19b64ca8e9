#include "loader/store/rule_rows.hpp"

#include "loader/store/codes.hpp"

namespace offcirc {

namespace {

class MapRowTable {
 public:
  explicit MapRowTable(Database& database)
      : m_database(database),
        m_find(database,
               "SELECT map_row FROM map_rows WHERE library = ?1 AND user_profile = ?2 AND item_type = ?3 AND rule = ?4 "
               "AND line = ?5"),
        m_add(database,
              "INSERT INTO map_rows(library, user_profile, item_type, rule, line) VALUES (?1, ?2, ?3, ?4, ?5)") {}

  Row row_of(const CirculationMap::Row& row) {
    const std::int64_t line = row.line;
    if (m_find.with(row.library, row.user_profile, row.item_type, row.rule.text, line).next()) return m_find.integer(0);
    m_add.with(row.library, row.user_profile, row.item_type, row.rule.text, line).run();
    return m_database.last_row();
  }

 private:
  Database& m_database;
  Statement m_find, m_add;
};

}  // namespace

RuleRows::RuleRows(Database& database, const Replayed& replayed) {
  CodeTable rules(database, "rules", "rule");
  for (const CirculationRule& rule : replayed.state.rules) m_rules.push_back(rules.row_of(rule.text));
  MapRowTable rows(database);
  for (const Result& result : replayed.results) {
    const std::uint32_t at = result.rules.map_row;
    if (at == k_no_map_row || m_map_rows.contains(at)) continue;
    m_map_rows.emplace(at, rows.row_of(replayed.policy.circulation_map.rows()[at]));
  }
}

Cell RuleRows::rule(CodeIndex rule) const {
  return rule == k_no_code ? Cell() : Cell(m_rules[rule]);
}

Cell RuleRows::map_row(std::uint32_t map_row) const {
  return map_row == k_no_map_row ? Cell() : Cell(m_map_rows.at(map_row));
}

}  // namespace offcirc
