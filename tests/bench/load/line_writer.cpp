#include "tests/bench/load/line_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/record_identity.hpp"
#include "loader/circulation/codes.hpp"
#include "loader/circulation/row_index.hpp"
#include "loader/journal/journal_text.hpp"
#include "loader/rules/namesakes.hpp"

namespace offcirc::bench {
namespace {

constexpr std::string_view k_charge_values = "user_no, library, charged_at, due_at, rule, renewals, claims_returned_on";

std::int64_t next_number(const Database& database, std::string_view sql) {
  Statement statement(database, sql);
  statement.next();
  return statement.integer(0) + 1;
}

std::string insert_sql(std::string_view table, const std::string& columns) {
  const auto count = 1 + std::count(columns.begin(), columns.end(), ',');
  std::string values = "?1";
  for (int index = 2; index <= count; ++index) values += fmt::format(", ?{}", index);
  return fmt::format("INSERT INTO {}({}) VALUES ({})", table, columns, values);
}

std::string add_user_sql() {
  return fmt::format(
      "INSERT INTO users(user_no, {}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, "
      "?17, ?18, ?19, ?20)",
      k_user_columns);
}

constexpr std::string_view k_keep_item =
    "INSERT INTO changed_items(load, item_no, moved, location_before, location_after, last_result_before, "
    "last_result_after) "
    "SELECT ?1, item_no, ?3, iif(?3, current_location, NULL), ?4, iif(?5 IS NULL, NULL, last_result), ?5 "
    "FROM items WHERE item_no = ?2 ON CONFLICT DO UPDATE SET "
    "moved = max(moved, excluded.moved), location_before = iif(moved, location_before, excluded.location_before), "
    "location_after = iif(excluded.moved, excluded.location_after, location_after), "
    "last_result_before = iif(last_result_after IS NULL, excluded.last_result_before, last_result_before), "
    "last_result_after = ifnull(excluded.last_result_after, last_result_after)";

constexpr std::string_view k_keep_charge =
    "INSERT INTO changed_charges(load, item_no, user_no_before, library_before, charged_at_before, due_at_before, "
    "rule_before, renewals_before, claims_returned_on_before, user_no_after, library_after, charged_at_after, "
    "due_at_after, rule_after, renewals_after, claims_returned_on_after) "
    "SELECT ?1, ?2, c.user_no, c.library, c.charged_at, c.due_at, c.rule, c.renewals, c.claims_returned_on, "
    "?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM (SELECT 1) LEFT JOIN charges c ON c.item_no = ?2 WHERE true "
    "ON CONFLICT DO UPDATE SET user_no_after = excluded.user_no_after, library_after = excluded.library_after, "
    "charged_at_after = excluded.charged_at_after, due_at_after = excluded.due_at_after, "
    "rule_after = excluded.rule_after, renewals_after = excluded.renewals_after, "
    "claims_returned_on_after = excluded.claims_returned_on_after";

constexpr std::string_view k_keep_hold =
    "INSERT INTO changed_holds(load, hold_no, item_no_before, status_before, item_no_after, status_after) "
    "SELECT ?1, hold_no, item_no, status, ?3, ?4 FROM holds WHERE hold_no = ?2 "
    "ON CONFLICT DO UPDATE SET item_no_after = excluded.item_no_after, status_after = excluded.status_after";

constexpr std::string_view k_keep_bill =
    "INSERT INTO changed_bills(load, bill_no, user_no, amount_cents_before, amount_cents_after) "
    "SELECT ?1, bill_no, user_no, amount_cents, ?3 FROM bills WHERE bill_no = ?2 "
    "ON CONFLICT DO UPDATE SET amount_cents_after = excluded.amount_cents_after";

}  // namespace

LineWriter::LineWriter(Database& database, const Policy& policy, const Batch& batch, State& state, Carried& carried)
    : m_database(database),
      m_policy(policy),
      m_batch(batch),
      m_state(state),
      m_carried(carried),
      m_place{next_number(database, "SELECT max(load) FROM loads"),
              next_number(database, "SELECT max(result) FROM result_rows")},
      m_replayed{state, policy, batch, m_no_results, m_no_results},
      m_names(database, m_replayed),
      m_codes(database, policy, state),
      m_last_user(last_number(database, "users", "user_no")),
      m_last_bill(last_number(database, "bills", "bill_no")),
      m_find_identity(database, "SELECT 1 FROM identities WHERE recorded = ?1 AND content = ?2 AND ordinal = ?3"),
      m_add_identity(database, "INSERT INTO identities(recorded, content, ordinal, result) VALUES (?1, ?2, ?3, ?4)"),
      m_add_result(database, insert_sql("result_rows", fmt::format("result, load, {}", k_result_columns))),
      m_add_details(database, insert_sql("result_details", fmt::format("result, {}", k_detail_columns))),
      m_add_findings(database, "INSERT INTO result_findings(result, findings) VALUES (?1, ?2)"),
      m_add_user(database, add_user_sql()),
      m_keep_user(database,
                  fmt::format("INSERT INTO added_users(load, user_no, content) SELECT ?1, user_no, {} FROM users "
                              "WHERE user_no = ?2",
                              content_of_user())),
      m_keep_item(database, k_keep_item),
      m_item(database,
             "UPDATE items SET current_location = iif(?2, ?3, current_location), last_result = ifnull(?4, last_result) "
             "WHERE item_no = ?1"),
      m_keep_charge(database, k_keep_charge),
      m_remove_charge(database, "DELETE FROM charges WHERE item_no = ?1"),
      m_charge(database,
               fmt::format("INSERT OR REPLACE INTO charges(item_no, {}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                           k_charge_values)),
      m_keep_hold(database, k_keep_hold),
      m_hold(database, "UPDATE holds SET item_no = ?2, status = ?3 WHERE hold_no = ?1"),
      m_keep_bill(database, k_keep_bill),
      m_add_bill(database,
                 "INSERT INTO bills(bill_no, bill_id, user_no, item_no, reason, amount_cents, library, billed_at) "
                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
      m_keep_new_bill(database,
                      "INSERT INTO changed_bills(load, bill_no, user_no, amount_cents_after, item_no, reason, library, "
                      "billed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
      m_bill(database, "UPDATE bills SET amount_cents = ?2 WHERE bill_no = ?1"),
      m_keep_use(database,
                 "INSERT INTO changed_uses(load, library, day, item_type, count) VALUES (?1, ?2, ?3, ?4, ?5) "
                 "ON CONFLICT DO UPDATE SET count = count + excluded.count"),
      m_use(database,
            "INSERT INTO uses(library, day, item_type, count) VALUES (?1, ?2, ?3, ?4) "
            "ON CONFLICT DO UPDATE SET count = count + excluded.count") {
  carried.first_result = m_place.first_result;
  carried.last_user = m_last_user;
  carried.last_bill = m_last_bill;
}

bool LineWriter::is_recorded(const Identity& identity) {
  const bool found =
      m_find_identity
          .with(identity.recorded, static_cast<std::int64_t>(identity.content), std::int64_t{identity.ordinal})
          .next();
  m_find_identity.reset();
  return found;
}

void LineWriter::write_identity(const Identity& identity, bool recorded) {
  if (recorded) return;
  m_add_identity
      .with(identity.recorded, static_cast<std::int64_t>(identity.content), std::int64_t{identity.ordinal}, m_written)
      .run();
}

void LineWriter::write_row(Statement& statement, std::initializer_list<Cell> place, const RowCells& cells) {
  statement.reset();
  int parameter = 0;
  for (const Cell& cell : place) statement.bind(++parameter, cell);
  for (std::size_t i = 0; i < cells.size(); ++i) statement.bind(++parameter, cells[i]);
  statement.run();
}

void LineWriter::write_result(std::uint32_t index, const Result& result, bool recorded) {
  const Entry& entry = m_batch.entries[index];
  m_names.renew(result);
  const EntryRow row{m_names, entry, m_batch.desks[entry.desk], *entry.transaction, result};
  RowCells cells, details;
  add_cells(row, cells);
  write_row(m_add_result, {m_written, m_place.load}, cells);
  if (has_details(row)) {
    add_details(row, details);
    write_row(m_add_details, {m_written}, details);
  }
  write_findings(result.findings);
  write_identity(entry.identity, recorded);
}

void LineWriter::write_unreadable(const UnreadableRecord& record, const Result& result, bool recorded) {
  m_written =
      m_place.first_result + static_cast<std::int64_t>(m_batch.entries.size()) + (&record - m_batch.unreadable.data());
  RowCells cells, details;
  add_cells(UnreadableRow{record, result}, cells);
  write_row(m_add_result, {m_written, m_place.load}, cells);
  add_details(UnreadableRow{record, result}, details);
  write_row(m_add_details, {m_written}, details);
  write_findings(result.findings, record.diagnostic.is_doubtful);
  write_identity(record.diagnostic.identity, recorded);
}

void LineWriter::write_findings(const FindingList& findings, bool is_doubtful) {
  if (findings.empty()) return;
  RowCells cells;
  m_add_findings.with(m_written, findings_cell(findings, cells, is_doubtful)).run();
}

void LineWriter::write_changes(std::uint32_t index) {
  m_written = m_place.first_result + index;
  const Entry& entry = m_batch.entries[index];
  for (User& user : m_state.users)
    if (user.row == 0) write_user(user, index);
  write_charges();
  write_holds();
  for (const Item& item : m_state.items)
    if (item.last_entry == index) write_item(item, entry);
  write_bills(entry);
  write_uses();
  carry(index);
}

void LineWriter::write_user(User& user, std::uint32_t index) {
  const Entry& entry = m_batch.entries[index];
  const Registration& r = *entry.transaction->registration;
  user.row = ++m_last_user;
  m_carried.registered_by[user.row] = index;
  const Cell birth_date =
      cell_unless(r.birth_date.is(StampForm::date) ? r.birth_date.seconds() / k_day_seconds : k_no_time, k_no_time);
  m_add_user
      .with(user.row, user.id, code_cell(m_codes.profiles, user.profile), code_cell(m_codes.libraries, user.library),
            r.last_name, r.first_name, r.middle_name, r.alternate_name, folded_name(r.last_name), birth_date, r.email,
            r.phone, r.language, r.address, r.categories, r.department, std::int64_t{user.barred},
            cell_unless(user.expires_on, INT32_MAX), std::int64_t{user.claims_returned},
            std::int64_t{m_policy.zone.day_of(entry.occurred_at)})
      .run();
  m_keep_user.with(m_place.load, user.row).run();
}

void LineWriter::write_item(const Item& item, const Entry& entry) {
  const Cell location = code_cell(m_codes.locations, item.location_changed ? item.current_location : k_no_code);
  const bool is_latest = entry.occurred_at >= m_state.earlier_action(item).occurred_at;
  const Cell result = cell_of(is_latest ? std::optional(m_written) : std::nullopt);
  m_keep_item.with(m_place.load, item.row, std::int64_t{item.location_changed}, location, result).run();
  m_item.with(item.row, std::int64_t{item.location_changed}, location, result).run();
}

void LineWriter::write_charges() {
  for (const Charge& charge : m_state.charges)
    if (charge.changed && !charge.open) write_charge(charge);
  for (const Charge& charge : m_state.charges)
    if (charge.changed && charge.open) write_charge(charge);
}

void LineWriter::write_charge(const Charge& charge) {
  if (!charge.open) {
    m_keep_charge.with(m_place.load, charge.item_row).run();
    m_remove_charge.with(charge.item_row).run();
    return;
  }
  const Cell user = user_cell(charge.user), library = code_cell(m_codes.libraries, charge.library),
             charged_at = cell_unless(charge.charged_at, k_no_time), rule = code_cell(m_codes.rules, charge.rule);
  const std::int64_t renewals = charge.renewals;
  const Cell claimed = cell_unless(
      charge.claims_returned_at == k_no_time ? k_no_time : m_policy.zone.day_of(charge.claims_returned_at), k_no_time);
  m_keep_charge.with(m_place.load, charge.item_row, user, library, charged_at, charge.due_at, rule, renewals, claimed)
      .run();
  m_charge.with(charge.item_row, user, library, charged_at, charge.due_at, rule, renewals, claimed).run();
}

void LineWriter::write_holds() {
  for (const Hold& hold : m_state.holds) {
    if (!hold.changed) continue;
    const Cell item = cell_unless(hold.item_row, 0);
    m_keep_hold.with(m_place.load, hold.row, item, name_of(hold.status)).run();
    m_hold.with(hold.row, item, name_of(hold.status)).run();
  }
}

void LineWriter::write_bills(const Entry& entry) {
  int made = 0;
  for (const Bill& bill : m_state.bills) {
    if (bill.row != 0) {
      if (!bill.changed) continue;
      m_keep_bill.with(m_place.load, bill.row, bill.amount_cents).run();
      m_bill.with(bill.row, bill.amount_cents).run();
      continue;
    }
    std::string id = "L" + to_text(entry.identity);
    if (++made > 1) id += fmt::format("-{}", made);
    const Cell user = user_cell(bill.user), item = cell_unless(bill.item_row, 0),
               library = code_cell(m_codes.libraries, bill.library), billed_at = cell_unless(bill.billed_at, k_no_time);
    m_add_bill.with(++m_last_bill, id, user, item, bill.reason, bill.amount_cents, library, billed_at).run();
    m_keep_new_bill.with(m_place.load, m_last_bill, user, bill.amount_cents, item, bill.reason, library, billed_at)
        .run();
  }
}

void LineWriter::write_uses() {
  for (const UseCount& use : m_state.uses) {
    const Cell library = code_cell(m_codes.libraries, use.library);
    m_keep_use.with(m_place.load, library, std::int64_t{use.day}, use.item_type, use.count).run();
    m_use.with(library, std::int64_t{use.day}, use.item_type, use.count).run();
  }
}

void LineWriter::carry(std::uint32_t index) {
  for (const Item& item : m_state.items) {
    if (item.last_entry != index) continue;
    Carried::OfItem& carried = m_carried.items[item.row];
    const Charge* charge = item.charge == k_none ? nullptr : &m_state.charges[item.charge];
    carried = {index,
               item.checked_in_at,
               charge == nullptr ? k_no_time : charge->renewed_at,
               charge != nullptr && charge->renewed_by_checkout,
               charge != nullptr && !charge->in_database,
               {}};
    if (charge == nullptr) continue;
    for (Slot slot = charge->last_renewal; slot != k_none; slot = m_state.renewals[slot].earlier)
      carried.renewals.insert(carried.renewals.begin(), m_state.renewals[slot]);
  }
  for (const Hold& hold : m_state.holds) {
    if (hold.routed_item == k_none)
      m_carried.routed_items.erase(hold.row);
    else
      m_carried.routed_items[hold.row] = m_state.items[hold.routed_item].row;
  }
}

void LineWriter::write_head(const LoadHead& head) {
  Statement(m_database,
            "INSERT INTO configs(digest, text) SELECT 'line by line', ?1 "
            "WHERE ?1 NOT IN (SELECT text FROM configs)")
      .with(head.config_text)
      .run();
  Statement(m_database,
            "INSERT INTO loads(load, started_at, finished_at, operator, command, config, program_version, "
            "first_result, result_count, system_name, missing_stations, sqlite_version) "
            "SELECT ?1, ?2, ?3, ?4, ?5, config, ?6, ?7, ?8, ?9, '[]', sqlite_version() FROM configs WHERE text = ?10")
      .with(m_place.load, head.started_at, head.finished_at, head.operator_name, head.command, head.program_version,
            m_place.first_result, static_cast<std::int64_t>(m_batch.entries.size() + m_batch.unreadable.size()),
            head.system_name, head.config_text)
      .run();
  Statement log(
      m_database,
      "INSERT INTO load_logs(load, log, path, format, library, station, digest, records, blank, notes, "
      "full_path, given_library, given_station) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '[]', '', '', '')");
  std::int64_t number = 0;
  for (const Log& of_batch : m_batch.logs)
    log.with(m_place.load, number++, of_batch.path, of_batch.format, of_batch.library, of_batch.station,
             of_batch.digest, static_cast<std::int64_t>(of_batch.records), static_cast<std::int64_t>(of_batch.blank))
        .run();
}

}  // namespace offcirc::bench
