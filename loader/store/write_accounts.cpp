#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "formats/identity_text.hpp"
#include "loader/memory/block_memory.hpp"
#include "loader/store/change_statements.hpp"
#include "loader/store/change_writer.hpp"
#include "loader/store/hold_status.hpp"
#include "loader/store/row_numbers.hpp"

namespace offcirc {

// One for each item whose charge is another now: the open one, else the one that was closed.
std::vector<Slot> ChangeWriter::touched_charges() const {
  std::vector<Slot> touched = slots_where(m_state.charges, [](const Charge& charge) {
    return charge.open ? charge.changed || !charge.in_database : charge.in_database;
  });
  std::sort(touched.begin(), touched.end(), [&](Slot a, Slot b) {
    const Charge &one = m_state.charges[a], &other = m_state.charges[b];
    return std::tuple(one.item_row, !one.open) < std::tuple(other.item_row, !other.open);
  });
  const auto of_one_item = [&](Slot a, Slot b) { return m_state.charges[a].item_row == m_state.charges[b].item_row; };
  touched.erase(std::unique(touched.begin(), touched.end(), of_one_item), touched.end());
  return touched;
}

Cell ChangeWriter::charge_column(const Charge& charge, int column) const {
  if (column == 0) return charge.item_row;
  if (!charge.open) return {};
  switch (column) {
    case 1:
      return user_cell(charge.user);
    case 2:
      return code_cell(m_codes.libraries, charge.library);
    case 3:
      return cell_unless(charge.charged_at, k_no_time);
    case 4:
      return charge.due_at;
    case 5:
      return code_cell(m_codes.rules, charge.rule);
    case 6:
      return std::int64_t{charge.renewals};
    default:
      if (charge.claims_returned_at == k_no_time) return {};
      return std::int64_t{m_replayed.policy.zone.day_of(charge.claims_returned_at)};
  }
}

void ChangeWriter::write_charges() {
  const std::vector<Slot> touched = touched_charges();
  const auto open = static_cast<std::size_t>(
      std::count_if(touched.begin(), touched.end(), [&](Slot slot) { return m_state.charges[slot].open; }));
  write("charges", std::string(k_charge_columns), touched.size(),
        [&](std::size_t i, int column) { return charge_column(m_state.charges[touched[i]], column); },
        {{k_keep_charges, touched.size(), true}, {k_remove_charges, touched.size() - open}, {k_write_charges, open}});
}

void ChangeWriter::write_holds() {
  std::vector<Slot> changed = slots_where(m_state.holds, [](const Hold& hold) { return hold.changed; });
  std::sort(changed.begin(), changed.end(),
            [&](Slot a, Slot b) { return m_state.holds[a].row < m_state.holds[b].row; });
  write("holds", std::string(k_hold_columns), changed.size(),
        [&](std::size_t i, int column) -> Cell {
          const Hold& hold = m_state.holds[changed[i]];
          if (column == 0) return hold.row;
          return column == 1 ? cell_unless(hold.item_row, 0) : Cell(name_of(hold.status));
        },
        {{k_keep_holds, changed.size(), true}, {k_write_holds, changed.size()}});
}

std::vector<std::string> ChangeWriter::new_bill_ids(const std::vector<Slot>& bills) const {
  std::vector<std::string> ids;
  std::map<std::uint32_t, int> made;  // by entry: one may make more than one bill
  for (const Slot slot : bills) {
    const std::uint32_t entry = m_state.bills[slot].made_by;
    const int number = ++made[entry];
    if (ids.size() % k_lines_to_rest == 0) BlockMemory::of_process().rest();
    std::string id = "L" + to_text(m_replayed.batch.entries[entry].identity);
    ids.push_back(number == 1 ? id : fmt::format("{}-{}", id, number));
  }
  return ids;
}

void ChangeWriter::write_new_bills() {
  const std::vector<Slot> added = slots_where(m_state.bills, [](const Bill& bill) { return bill.row == 0; });
  const std::vector<std::string> ids = new_bill_ids(added);
  const Row last = last_number(m_database, "bills", "bill");
  const auto cell = [&](std::size_t i, int column) -> Cell {
    const Bill& bill = m_state.bills[added[i]];
    switch (column) {
      case 0:
        return last + 1 + static_cast<Row>(i);
      case 1:
        return std::string_view(ids[i]);
      case 2:
        return user_cell(bill.user);
      case 3:
        return cell_unless(bill.item_row, 0);
      case 4:
        return bill.reason;
      case 5:
        return bill.amount_cents;
      case 6:
        return code_cell(m_codes.libraries, bill.library);
      default:
        return cell_unless(bill.billed_at, k_no_time);
    }
  };
  write("bills", std::string(k_new_bill_columns), added.size(), cell,
        {{k_keep_new_bills, added.size(), true}, {k_write_new_bills, added.size()}});
}

void ChangeWriter::write_changed_bills() {
  std::vector<Slot> changed =
      slots_where(m_state.bills, [](const Bill& bill) { return bill.row != 0 && bill.changed; });
  std::sort(changed.begin(), changed.end(),
            [&](Slot a, Slot b) { return m_state.bills[a].row < m_state.bills[b].row; });
  write("bills", std::string(k_changed_bill_columns), changed.size(),
        [&](std::size_t i, int column) {
          const Bill& bill = m_state.bills[changed[i]];
          return Cell(column == 0 ? bill.row : bill.amount_cents);
        },
        {{k_keep_changed_bills, changed.size(), true}, {k_write_changed_bills, changed.size()}});
}

void ChangeWriter::write_uses() {
  const std::size_t count = m_state.uses.size();
  write("uses", std::string(k_use_columns), count,
        [&](std::size_t i, int column) -> Cell {
          const UseCount& use = m_state.uses[i];
          switch (column) {
            case 0:
              return code_cell(m_codes.libraries, use.library);
            case 1:
              return std::int64_t{use.day};
            case 2:
              return std::string_view(use.item_type);
            default:
              return use.count;
          }
        },
        {{k_keep_uses, count, true}, {k_write_uses, count}});
}

}  // namespace offcirc
