#include "loader/circulation/change_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <map>
#include <optional>
#include <utility>

#include "formats/record_identity.hpp"
#include "loader/circulation/codes.hpp"
#include "loader/circulation/row_index.hpp"
#include "loader/memory/pages.hpp"
#include "loader/rules/namesakes.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

// Charges are in memory in order of creation but are written in order of their items, so they are prefetched.
constexpr std::size_t k_rows_ahead = 8;

struct TouchedCharge {
  Row item_row;
  bool is_closed;
  Slot slot;

  friend auto operator<=>(const TouchedCharge&, const TouchedCharge&) = default;
};

}  // namespace

// One charge for each item whose charge has changed, in order of item: the open one, or else the one that was closed.
std::vector<Slot> ChangeWriter::touched_charges() const {
  LargeVector<TouchedCharge> touched;
  touched.reserve(m_state.charges.size());
  for (Slot slot = 0; slot < m_state.charges.size(); ++slot) {
    const Charge& charge = m_state.charges[slot];
    if (charge.open ? charge.changed || !charge.in_database : charge.in_database)
      touched.push_back({charge.item_row, !charge.open, slot});
  }
  std::sort(touched.begin(), touched.end());
  std::vector<Slot> slots;
  slots.reserve(touched.size());
  for (Row last = 0; const TouchedCharge& one : touched)
    if (std::exchange(last, one.item_row) != one.item_row) slots.push_back(one.slot);
  return slots;
}

// For a closed charge, only the item; the other columns are NULL.
void ChangeWriter::add_charge(const Charge& charge, RowCells& cells) const {
  cells.add(charge.item_row);
  if (!charge.open) return;
  cells.add(user_cell(charge.user), code_cell(m_codes.libraries, charge.library),
            cell_unless(charge.charged_at, k_no_time), charge.due_at, code_cell(m_codes.rules, charge.rule),
            std::int64_t{charge.renewals});
  if (charge.claims_returned_at != k_no_time)
    cells.add(std::int64_t{m_replayed.policy.zone.day_of(charge.claims_returned_at)});
}

void ChangeWriter::write_charges() {
  const std::vector<Slot> touched = touched_charges();
  const auto open = static_cast<std::size_t>(
      std::count_if(touched.begin(), touched.end(), [&](Slot slot) { return m_state.charges[slot].open; }));
  write("charges", std::string(k_charge_columns), touched.size(),
        [&](std::size_t i, RowCells& cells) {
          if (i + k_rows_ahead < touched.size()) prefetch(&m_state.charges[touched[i + k_rows_ahead]]);
          add_charge(m_state.charges[touched[i]], cells);
        },
        {{k_keep_charges, touched.size(), true}, {k_remove_charges, touched.size() - open}, {k_write_charges, open}});
}

void ChangeWriter::write_holds() {
  std::vector<Slot> changed = slots_where(m_state.holds, [](const Hold& hold) { return hold.changed; });
  std::sort(changed.begin(), changed.end(),
            [&](Slot a, Slot b) { return m_state.holds[a].row < m_state.holds[b].row; });
  write("holds", std::string(k_hold_columns), changed.size(),
        [&](std::size_t i, RowCells& cells) {
          const Hold& hold = m_state.holds[changed[i]];
          cells.add(hold.row, cell_unless(hold.item_row, 0), name_of(hold.status));
        },
        {{k_keep_holds, changed.size(), true}, {k_write_holds, changed.size()}});
}

std::vector<std::string> ChangeWriter::new_bill_ids(const std::vector<Slot>& bills) const {
  std::vector<std::string> ids;
  std::map<std::uint32_t, int> made;  // by entry, since one entry may make several bills
  for (const Slot slot : bills) {
    const std::uint32_t entry = m_state.bills[slot].made_by;
    const int number = ++made[entry];
    std::string id = "L" + to_text(m_replayed.batch.entries[entry].identity);
    ids.push_back(number == 1 ? id : fmt::format("{}-{}", id, number));
  }
  return ids;
}

void ChangeWriter::write_new_bills() {
  const std::vector<Slot> added = slots_where(m_state.bills, [](const Bill& bill) { return bill.row == 0; });
  const std::vector<std::string> ids = new_bill_ids(added);
  const Row last = last_number(m_database, "bills", "bill_no");
  const auto add_bill = [&](std::size_t i, RowCells& cells) {
    const Bill& bill = m_state.bills[added[i]];
    cells.add(last + 1 + static_cast<Row>(i), ids[i], user_cell(bill.user), cell_unless(bill.item_row, 0), bill.reason,
              bill.amount_cents, code_cell(m_codes.libraries, bill.library), cell_unless(bill.billed_at, k_no_time));
  };
  write("bills", std::string(k_new_bill_columns), added.size(), add_bill,
        {{k_keep_new_bills, added.size(), true}, {k_write_new_bills, added.size()}});
}

void ChangeWriter::write_changed_bills() {
  std::vector<Slot> changed =
      slots_where(m_state.bills, [](const Bill& bill) { return bill.row != 0 && bill.changed; });
  std::sort(changed.begin(), changed.end(),
            [&](Slot a, Slot b) { return m_state.bills[a].row < m_state.bills[b].row; });
  write("bills", std::string(k_changed_bill_columns), changed.size(),
        [&](std::size_t i, RowCells& cells) {
          const Bill& bill = m_state.bills[changed[i]];
          cells.add(bill.row, bill.amount_cents);
        },
        {{k_keep_changed_bills, changed.size(), true}, {k_write_changed_bills, changed.size()}});
}

void ChangeWriter::write_uses() {
  const std::size_t count = m_state.uses.size();
  write("uses", std::string(k_use_columns), count,
        [&](std::size_t i, RowCells& cells) {
          const UseCount& use = m_state.uses[i];
          cells.add(code_cell(m_codes.libraries, use.library), std::int64_t{use.day}, use.item_type, use.count);
        },
        {{k_keep_uses, count, true}, {k_write_uses, count}});
}

CodeRows::CodeRows(Database& database, const Policy& policy, const State& state) {
  CodeTables tables(database);
  for (const Library& library : policy.libraries) libraries.push_back(tables.libraries.row_of(library.code));
  for (const Profile& profile : policy.profiles) profiles.push_back(tables.profiles.row_of(profile.name));
  for (const std::string& location : state.locations) locations.push_back(tables.locations.row_of(location));
  for (const CirculationRule& rule : state.rules) rules.push_back(tables.rules.row_of(rule.text));
}

void ChangeWriter::write(std::string_view table, const std::string& columns, std::size_t count, RowSource source,
                         std::initializer_list<Step> steps) {
  if (count == 0) return;
  const ArrayTable changed(m_database, "changed", columns, count, std::move(source));
  for (const Step& step : steps) {
    if (step.expected == 0) continue;
    Statement statement(m_database, step.sql);
    if (step.of_load) statement.bind(1, m_place.load);
    expect_changes(m_database, statement.run(), step.expected, table);
  }
}

// The columns from last_name to department.
void ChangeWriter::add_details(const UserDetails& details, RowCells& cells) const {
  const std::optional<Stamp> birth_date = parse_iso(details.birth_date);
  cells.add(details.last_name, details.first_name, details.middle_name, details.alternate_name);
  cells.add(cells.keep(folded_name(details.last_name)));
  cells.add(birth_date ? Cell(birth_date->seconds() / k_day_seconds) : Cell());
  cells.add(details.email, details.phone, details.language, details.address, details.categories, details.department);
}

void ChangeWriter::add_user(Slot user, RowCells& cells) const {
  const User& u = m_state.users[user];
  cells.add(user_cell(user), u.id, code_cell(m_codes.profiles, u.profile), code_cell(m_codes.libraries, u.library));
  add_details(m_state.details[u.details], cells);
  cells.add(std::int64_t{u.barred}, cell_unless(u.expires_on, INT32_MAX), std::int64_t{u.claims_returned});
  cells.add(std::int64_t{m_replayed.policy.zone.day_of(m_replayed.batch.entries[u.registered_by].occurred_at)});
}

void ChangeWriter::add_edited_user(Slot user, RowCells& cells) const {
  const User& u = m_state.users[user];
  cells.add(u.row, code_cell(m_codes.profiles, u.profile), code_cell(m_codes.libraries, u.library));
  add_details(m_state.details[u.details], cells);
  cells.add(cell_unless(u.expires_on, INT32_MAX));
}

// Users whom an earlier load registered and this load edited.
void ChangeWriter::write_edited_users() {
  const std::vector<Slot> edited =
      slots_where(m_state.users, [](const User& user) { return user.row != 0 && user.edited; });
  const std::string keep = sql_to_keep_edited_users(), complete = sql_to_complete_edited_users();
  write("users", fmt::format("user_no INTEGER, {}", k_edited_columns), edited.size(),
        [&](std::size_t i, RowCells& cells) { add_edited_user(edited[i], cells); },
        {{keep, edited.size(), true}, {k_write_edited_users, edited.size()}, {complete, edited.size(), true}});
}

std::vector<Row> rows_of_users(const Database& database, const State& state) {
  std::vector<Row> rows;
  rows.reserve(state.users.size());
  for (Row row = last_number(database, "users", "user_no"); const User& user : state.users)
    rows.push_back(user.row != 0 ? user.row : ++row);
  return rows;
}

void ChangeWriter::write_users() {
  const Row last = last_number(m_database, "users", "user_no");
  const std::vector<Slot> added = slots_where(m_state.users, [](const User& user) { return user.row == 0; });
  m_user_rows = rows_of_users(m_database, m_state);
  write(
      "users", std::string("user_no, ") + std::string(k_user_columns), added.size(),
      [&](std::size_t i, RowCells& cells) { add_user(added[i], cells); },
      {{fmt::format("INSERT INTO users(user_no, {0}) SELECT user_no, {0} FROM changed", k_user_columns), added.size()},
       {sql_to_keep_users(last), added.size(), true}});
}

void ChangeWriter::write_items() {
  const auto sets_last_result = [&](const Item& item) {
    return item.last_entry != k_none && item.last_entry_at >= m_state.earlier_action(item).occurred_at;
  };
  std::vector<Slot> changed =
      slots_where(m_state.items, [](const Item& item) { return item.location_changed || item.last_entry != k_none; });
  std::sort(changed.begin(), changed.end(),
            [&](Slot a, Slot b) { return m_state.items[a].row < m_state.items[b].row; });
  write("items", std::string(k_item_columns), changed.size(),
        [&](std::size_t i, RowCells& cells) {
          const Item& item = m_state.items[changed[i]];
          cells.add(item.row, std::int64_t{item.location_changed},
                    item.location_changed ? code_cell(m_codes.locations, item.current_location) : Cell(),
                    sets_last_result(item) ? Cell(m_place.first_result + item.last_entry) : Cell());
        },
        {{k_keep_items, changed.size(), true}, {k_write_items, changed.size()}});
}

void write_changes(Database& database, const Replayed& replayed, const JournalPlace& place) {
  ChangeWriter writer(database, replayed, place);
  writer.write_users();
  writer.write_edited_users();
  writer.write_charges();
  writer.write_holds();
  writer.write_items();
  writer.write_changed_bills();
  writer.write_new_bills();
  writer.write_uses();
}

void expect_changes(const Database& database, std::int64_t changed, std::size_t expected, std::string_view table) {
  if (changed == static_cast<std::int64_t>(expected)) return;
  database.fail(
      fmt::format("{} rows of {} had to be written, but {} were, so nothing was changed. Run the load again. If that "
                  "does not help, the database is damaged: restore your last backup.",
                  expected, table, changed));
}

}  // namespace offcirc
