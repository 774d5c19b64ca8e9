#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <map>
#include <utility>

#include "formats/identity_text.hpp"
#include "loader/memory/fetch_ahead.hpp"
#include "loader/memory/large_vector.hpp"
#include "loader/store/change_statements.hpp"
#include "loader/store/change_writer.hpp"
#include "loader/store/hold_status.hpp"
#include "loader/store/row_numbers.hpp"

namespace offcirc {

namespace {

// Charges lie in the order in which they came to be, and are written in that of their items.
constexpr std::size_t k_rows_ahead = 8;

struct TouchedCharge {
  Row item_row;
  bool is_closed;
  Slot slot;

  friend auto operator<=>(const TouchedCharge&, const TouchedCharge&) = default;
};

}  // namespace

// One for each item whose charge is another now: the open one, else the one that was closed.
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

// Of a closed one nothing but the item.
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
          if (i + k_rows_ahead < touched.size()) fetch_ahead(&m_state.charges[touched[i + k_rows_ahead]]);
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
  std::map<std::uint32_t, int> made;  // by entry: one may make more than one bill
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
  const Row last = last_number(m_database, "bills", "bill");
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

}  // namespace offcirc
