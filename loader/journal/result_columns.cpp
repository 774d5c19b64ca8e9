#include "loader/journal/result_columns.hpp"

#include <array>
#include <utility>

#include "loader/circulation/codes.hpp"
#include "loader/journal/journal_text.hpp"
#include "loader/journal/waiting.hpp"

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

namespace {

using E = const EntryRow&;
using U = const UnreadableRow&;

Cell null_cell(U) {
  return {};
}
Cell empty_cell(U) {
  return std::string_view();
}
Cell zero_cell(U) {
  return std::int64_t{0};
}

Cell time_cell(Seconds seconds) {
  return seconds == k_no_time ? Cell() : Cell(seconds);
}
Cell content_cell(const Identity& identity) {
  return static_cast<std::int64_t>(identity.content);
}
Cell outcome_cell(const Result& result) {
  return facts_of(result.outcome()).code;
}

Cell amount_cell(E row) {
  return row.transaction.kind == Kind::payment ? Cell(row.transaction.amount_cents) : Cell();
}

Cell count_cell(E row) {
  return row.transaction.kind == Kind::in_house_use ? Cell(std::int64_t{row.transaction.count}) : Cell();
}

Cell what_cell(E row) {
  if (row.transaction.fine_waived) return k_waived_fine;
  return row.transaction.what.empty() ? Cell() : Cell(row.transaction.what);
}

Cell clock_offset_cell(E row) {
  return row.entry.time_is_given ? Cell() : Cell(row.desk.clock_offset_seconds);
}

Cell retry_of_cell(E row) {
  return row.entry.earlier == nullptr ? Cell() : Cell(row.entry.earlier->result);
}

Cell col_cell(U row) {
  const std::uint32_t column = row.record.diagnostic.column;
  return column == 0 ? Cell() : Cell(std::int64_t{column});
}

// clang-format off: a table reads as one
constexpr std::array k_columns = {
    ResultColumn{"log", [](E r) -> Cell { return std::int64_t{r.desk.log}; },
                 [](U r) -> Cell { return std::int64_t{r.record.log}; }},
    ResultColumn{"line", [](E r) -> Cell { return std::int64_t{r.transaction.line}; },
                 [](U r) -> Cell { return std::int64_t{r.record.diagnostic.line}; }},
    ResultColumn{"col", [](E) { return Cell(); }, col_cell},
    ResultColumn{"library", [](E r) -> Cell { return r.desk.library_code; },
                 [](U r) -> Cell { return std::string_view(r.record.library); }},
    ResultColumn{"station", [](E r) -> Cell { return r.desk.station; },
                 [](U r) -> Cell { return std::string_view(r.record.station); }},
    ResultColumn{"user_access", [](E r) -> Cell { return r.transaction.desk->user_access; }, empty_cell},
    ResultColumn{"kind", [](E r) -> Cell { return name_of(r.entry.kind); }, null_cell},
    ResultColumn{"recorded_at", [](E r) { return time_cell(r.entry.recorded_at); },
                 [](U r) { return time_cell(r.record.times.recorded_at); }},
    ResultColumn{"occurred_at", [](E r) { return time_cell(r.entry.occurred_at); },
                 [](U r) { return time_cell(r.record.times.occurred_at); }},
    ResultColumn{"identity_recorded", [](E r) -> Cell { return r.entry.identity.recorded; },
                 [](U r) -> Cell { return r.record.diagnostic.identity.recorded; }},
    ResultColumn{"identity_content", [](E r) { return content_cell(r.entry.identity); },
                 [](U r) { return content_cell(r.record.diagnostic.identity); }},
    ResultColumn{"identity_ordinal", [](E r) -> Cell { return std::int64_t{r.entry.identity.ordinal}; },
                 [](U r) -> Cell { return std::int64_t{r.record.diagnostic.identity.ordinal}; }},
    ResultColumn{"user_id", [](E r) -> Cell { return r.entry.user_id; },
                 [](U r) -> Cell { return r.record.diagnostic.user_id; }},
    ResultColumn{"item_id", [](E r) -> Cell { return r.entry.item_id; },
                 [](U r) -> Cell { return r.record.diagnostic.item_id; }},
    ResultColumn{"title", [](E r) -> Cell { return r.result.title; }, empty_cell},
    ResultColumn{"due_given", [](E r) { return stamp_cell(r.transaction.due, r.cells); }, null_cell},
    ResultColumn{"due_given_from", [](E r) { return due_from_cell(r.transaction.due_from); }, null_cell},
    ResultColumn{"discharged_on", [](E r) { return stamp_cell(r.transaction.discharged_on, r.cells); }, null_cell},
    ResultColumn{"amount_cents", amount_cell, null_cell},
    ResultColumn{"count", count_cell, null_cell},
    ResultColumn{"what", what_cell, null_cell},
    ResultColumn{"override_used", [](E r) -> Cell { return std::int64_t{r.transaction.override_used}; }, zero_cell},
    ResultColumn{"registration", [](E r) { return registration_cell(r.transaction.registration, r.cells); }, null_cell},
    ResultColumn{"disposition", [](E r) -> Cell { return name_of(r.result.disposition); },
                 [](U r) -> Cell { return name_of(r.result.disposition); }},
    ResultColumn{"outcome", [](E r) { return outcome_cell(r.result); }, [](U r) { return outcome_cell(r.result); }},
    ResultColumn{"findings", [](E r) { return findings_cell(r.result.findings, r.cells); },
                 [](U r) { return findings_cell(r.result.findings, r.cells, r.record.diagnostic.is_doubtful); }},
    ResultColumn{"due_at", [](E r) { return time_cell(r.result.due_at); }, null_cell},
    ResultColumn{"due_from", [](E r) { return due_from_cell(r.result.due_from); }, null_cell},
    ResultColumn{"desk", [](E r) -> Cell { return std::int64_t{r.entry.desk}; }, null_cell},
    ResultColumn{"clock_offset", clock_offset_cell, null_cell},
    ResultColumn{"retry_of", retry_of_cell, null_cell},
    ResultColumn{"loan_rule", [](E r) { return r.rules.rule(r.result.rules.loan); }, null_cell},
    ResultColumn{"map_row", [](E r) { return r.rules.map_row(r.result.rules.map_row); }, null_cell},
    ResultColumn{"fine_rule", [](E r) { return r.rules.rule(r.result.rules.fine); }, null_cell},
    ResultColumn{"bill_cents", [](E r) { return r.result.made_bill ? Cell(r.result.bill_cents) : Cell(); }, null_cell},
};
// clang-format on

}  // namespace

std::span<const ResultColumn> columns_of_results() {
  return k_columns;
}

// Written out column by column by the compiler, which then needs no call for each of a million rows' cells.
void add_cells(const EntryRow& row) {
  [&]<std::size_t... Index>(std::index_sequence<Index...>) {
    row.cells.add(k_columns[Index].of_entry(row)...);
  }
  (std::make_index_sequence<k_columns.size()>());
}

void add_cells(const UnreadableRow& row) {
  for (const ResultColumn& column : k_columns) row.cells.add(column.of_unreadable(row));
}

}  // namespace offcirc
