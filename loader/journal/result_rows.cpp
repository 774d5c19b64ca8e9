#include "loader/journal/result_rows.hpp"

#include <algorithm>

#include "loader/circulation/codes.hpp"
#include "loader/journal/journal_text.hpp"
#include "loader/journal/waiting.hpp"
#include "loader/model/send_state.hpp"

namespace offcirc {

MapRows::MapRows(Database& database, const CirculationMap& map)
    : m_database(database),
      m_map(map),
      m_find(database,
             "SELECT map_row FROM map_rows WHERE library = ?1 AND user_profile = ?2 AND item_type = ?3 AND rule = ?4 "
             "AND line = ?5"),
      m_add(database,
            "INSERT INTO map_rows(library, user_profile, item_type, rule, line) VALUES (?1, ?2, ?3, ?4, ?5)") {}

void MapRows::note(std::uint32_t index) {
  if (index == k_no_map_row || m_rows.contains(index)) return;
  const CirculationMap::Row& row = m_map.rows()[index];
  const std::int64_t line = row.line;
  const auto values = [&](Statement& statement) -> Statement& {
    return statement.with(row.library, row.user_profile, row.item_type, row.rule.text, line);
  };
  if (values(m_find).next()) {
    m_rows.emplace(index, m_find.integer(0));
    m_find.reset();
    return;
  }
  values(m_add).run();
  m_rows.emplace(index, m_database.last_row());
}

NamedRows::NamedRows(Database& database, const Replayed& replayed)
    : m_state(replayed.state),
      m_map_rows(database, replayed.policy.circulation_map),
      m_new_users(rows_of_users(database, replayed.state)) {
  CodeTable rules(database, "rules", "rule");
  for (const CirculationRule& rule : replayed.state.rules) m_rules.push_back(rules.row_of(rule.text));
  for (const Result& result : replayed.results) m_map_rows.note(result.rules.map_row);
  number_keys();
}

void NamedRows::renew(const Result& result) {
  m_map_rows.note(result.rules.map_row);
  number_keys();
}

void NamedRows::number_keys() {
  m_users.clear();
  for (const UserRef& found : m_state.user_of_key) {
    Row row = found.slot == k_none ? 0 : m_state.users[found.slot].row;
    if (found.slot != k_none && row == 0) row = m_new_users[found.slot];
    m_users.push_back({row, found.by == FoundBy::id});
  }
  m_items.clear();
  for (const Slot slot : m_state.item_of_key) m_items.push_back(slot == k_none ? 0 : m_state.items[slot].row);
}

Cell NamedRows::user(const Entry& entry) const {
  const Row row = entry.user_key == k_none ? 0 : m_users[entry.user_key].row;
  return row == 0 ? Cell() : Cell(row);
}

Cell NamedRows::item(const Entry& entry) const {
  const Row row = entry.item_key == k_none ? 0 : m_items[entry.item_key];
  return row == 0 ? Cell() : Cell(row);
}

Cell NamedRows::rule(CodeIndex rule) const {
  return rule == k_no_code ? Cell() : Cell(m_rules[rule]);
}

Cell NamedRows::map_row(std::uint32_t map_row) const {
  return map_row == k_no_map_row ? Cell() : Cell(m_map_rows.number_of(map_row));
}

namespace {

Cell time_cell(Seconds seconds) {
  return seconds == k_no_time ? Cell() : Cell(seconds);
}

Cell shift_cell(Seconds recorded_at, Seconds occurred_at) {
  return recorded_at == k_no_time || occurred_at == k_no_time ? Cell() : Cell(occurred_at - recorded_at);
}

Cell due_from_cell(DueFrom due_from) {
  return due_from == DueFrom::none ? Cell() : Cell(static_cast<std::int64_t>(due_from));
}

// schema.sql and the statements of the journal have these numbers.
static_assert(static_cast<int>(Disposition::loaded) == 0 && static_cast<int>(Disposition::follow_up) == 1 &&
              static_cast<int>(Disposition::rejected) == 2 && static_cast<int>(Disposition::unreadable) == 4);

Cell number_of(Disposition disposition) {
  return static_cast<std::int64_t>(disposition);
}

Cell number_of(Outcome outcome) {
  return std::int64_t{facts_of(outcome).number};
}

Cell text_unless_empty(std::string_view text) {
  return text.empty() ? Cell() : Cell(text);
}

Cell one_if(bool yes) {
  return yes ? Cell(std::int64_t{1}) : Cell();
}

}  // namespace

void add_cells(const EntryRow& row, RowCells& cells) {
  const Entry& entry = row.entry;
  const Result& result = row.result;
  cells.add(std::int64_t{entry.desk}, std::int64_t{row.transaction.line}, static_cast<std::int64_t>(entry.kind),
            number_of(result.disposition), number_of(result.outcome()), time_cell(entry.occurred_at),
            shift_cell(entry.recorded_at, entry.occurred_at), row.names.user(entry), row.names.item(entry),
            time_cell(result.due_at), due_from_cell(result.due_from), row.names.rule(result.rules.loan),
            row.names.map_row(result.rules.map_row));
}

void add_cells(const UnreadableRow& row, RowCells& cells) {
  const RecordTimes& times = row.record.times;
  cells.add(Cell(), std::int64_t{row.record.diagnostic.line}, Cell(), number_of(row.result.disposition),
            number_of(row.result.outcome()), time_cell(times.occurred_at),
            shift_cell(times.recorded_at, times.occurred_at), Cell(), Cell(), Cell(), Cell(), Cell(), Cell());
}

namespace {

bool counts(const Result& result) {
  return result.disposition == Disposition::loaded || result.disposition == Disposition::follow_up;
}

/// Whether the view `results` finds the record's identity by its time and its result.
bool is_found_by_time(const Entry& entry, const Result& result) {
  return counts(result) && entry.occurred_at != k_no_time && entry.recorded_at == entry.identity.recorded;
}

std::string_view what_of(const Transaction& transaction) {
  return transaction.fine_waived ? k_waived_fine : transaction.what;
}

void add_identity(const Identity& identity, RowCells& cells) {
  cells.add(identity.recorded, static_cast<std::int64_t>(identity.content), std::int64_t{identity.ordinal});
}

}  // namespace

bool has_details(const EntryRow& row) {
  const Entry& entry = row.entry;
  const Transaction& transaction = row.transaction;
  const bool names_unknown = (!entry.user_id.empty() && !row.names.says_user_id(entry)) ||
                             (!entry.item_id.empty() && !row.names.says_item_id(entry));
  const bool gives_more =
      transaction.due.says_when() || transaction.due_from != DueFrom::none || transaction.discharged_on.says_when() ||
      transaction.kind == Kind::payment || transaction.kind == Kind::in_house_use || transaction.override_used ||
      transaction.registration != nullptr || transaction.done_online || !what_of(transaction).empty();
  return names_unknown || gives_more || !is_found_by_time(entry, row.result) || entry.time_is_given ||
         entry.earlier != nullptr || row.result.made_bill || row.result.rules.fine != k_no_code;
}

bool probably_has_details(const Entry& entry, const Result& result) {
  return entry.kind == Kind::payment || entry.kind == Kind::in_house_use || entry.kind == Kind::registration ||
         result.made_bill || !counts(result);
}

void add_details(const EntryRow& row, RowCells& cells) {
  const Entry& entry = row.entry;
  const Transaction& transaction = row.transaction;
  const Result& result = row.result;
  cells.add(Cell(), Cell(), Cell(), Cell(), entry.occurred_at == k_no_time ? time_cell(entry.recorded_at) : Cell(),
            row.names.says_user_id(entry) ? Cell() : text_unless_empty(entry.user_id),
            row.names.says_item_id(entry) ? Cell() : text_unless_empty(entry.item_id));
  if (is_found_by_time(entry, result))
    cells.add(Cell(), Cell(), Cell());
  else
    add_identity(entry.identity, cells);
  cells.add(stamp_cell(transaction.due, cells), due_from_cell(transaction.due_from),
            stamp_cell(transaction.discharged_on, cells),
            transaction.kind == Kind::payment ? Cell(transaction.amount_cents) : Cell(),
            transaction.kind == Kind::in_house_use ? Cell(std::int64_t{transaction.count}) : Cell(),
            text_unless_empty(what_of(transaction)), one_if(transaction.override_used),
            registration_cell(transaction.registration, cells), one_if(entry.time_is_given),
            one_if(transaction.done_online), result.made_bill ? Cell(result.bill_cents) : Cell(),
            row.names.rule(result.rules.fine), entry.earlier == nullptr ? Cell() : Cell(entry.earlier->result));
}

void add_details(const UnreadableRow& row, RowCells& cells) {
  const UnreadableRecord& record = row.record;
  const Diagnostic& diagnostic = record.diagnostic;
  cells.add(std::int64_t{record.log}, diagnostic.column == 0 ? Cell() : Cell(std::int64_t{diagnostic.column}),
            std::string_view(record.library), std::string_view(record.station),
            record.times.occurred_at == k_no_time ? time_cell(record.times.recorded_at) : Cell(),
            text_unless_empty(diagnostic.user_id), text_unless_empty(diagnostic.item_id));
  add_identity(diagnostic.identity, cells);
  // The others, from due_given on, are those of transactions.
  constexpr int k_cells_of_transactions = 13;
  for (int i = 0; i < k_cells_of_transactions; ++i) cells.add(Cell());
}

void write_meanings(Database& database) {
  Statement kind(database, "INSERT INTO kinds(kind, code) VALUES (?1, ?2)");
  for (int i = 0; i < k_kind_count; ++i) kind.with(std::int64_t{i}, name_of(static_cast<Kind>(i))).run();
  Statement disposition(database, "INSERT INTO dispositions(disposition, code) VALUES (?1, ?2)");
  for (int i = 0; i < k_disposition_count; ++i)
    disposition.with(std::int64_t{i}, name_of(static_cast<Disposition>(i))).run();
  Statement outcome(database, "INSERT INTO outcomes(outcome, code, phrase) VALUES (?1, ?2, ?3)");
  for (int i = 0; i < k_outcome_count; ++i) {
    const OutcomeFacts& facts = facts_of(static_cast<Outcome>(i));
    outcome.with(std::int64_t{facts.number}, facts.code, facts.phrase).run();
  }
  Statement state(database, "INSERT INTO send_states(state, code, phrase) VALUES (?1, ?2, ?3)");
  for (int i = 0; i < k_send_state_count; ++i) {
    const auto one = static_cast<SendState>(i);
    state.with(std::int64_t{i}, code_of(one), phrase_of(one)).run();
  }
}

}  // namespace offcirc
