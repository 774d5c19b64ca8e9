#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "formats/identity_text.hpp"
#include "loader/store/change_writer.hpp"
#include "loader/store/hold_status.hpp"

namespace offcirc {

void ChangeWriter::delete_closed_charges() {
  std::vector<Slot> closed =
      slots_where(m_state.charges, [](const Charge& charge) { return charge.in_database && !charge.open; });
  sort_by_item(closed);
  write(
      "charges", "item", closed.size(), [&](std::size_t i, int) { return Cell(m_state.charges[closed[i]].item_row); },
      "DELETE FROM charges WHERE item IN (SELECT item FROM changed)");
}

Cell ChangeWriter::charge_column(const Charge& charge, int column) const {
  switch (column) {
    case 0:
      return charge.item_row;
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
  std::vector<Slot> written = slots_where(
      m_state.charges, [](const Charge& charge) { return charge.open && (charge.changed || !charge.in_database); });
  sort_by_item(written);
  write(
      "charges", "item, user, library, charged_at, due_at, rule, renewals, claims_returned_on", written.size(),
      [&](std::size_t i, int column) { return charge_column(m_state.charges[written[i]], column); },
      "INSERT INTO charges(item, user, library, charged_at, due_at, rule, renewals, claims_returned_on) "
      "SELECT item, user, library, charged_at, due_at, rule, renewals, claims_returned_on FROM changed WHERE true "
      "ON CONFLICT(item) DO UPDATE SET user = excluded.user, library = excluded.library, "
      "charged_at = excluded.charged_at, due_at = excluded.due_at, rule = excluded.rule, "
      "renewals = excluded.renewals, claims_returned_on = excluded.claims_returned_on");
}

void ChangeWriter::write_holds() {
  std::vector<Slot> changed = slots_where(m_state.holds, [](const Hold& hold) { return hold.changed; });
  std::sort(changed.begin(), changed.end(),
            [&](Slot a, Slot b) { return m_state.holds[a].row < m_state.holds[b].row; });
  write(
      "holds", "hold INTEGER, item INTEGER, status TEXT", changed.size(),
      [&](std::size_t i, int column) -> Cell {
        const Hold& hold = m_state.holds[changed[i]];
        if (column == 0) return hold.row;
        return column == 1 ? cell_unless(hold.item_row, 0) : Cell(name_of(hold.status));
      },
      "UPDATE holds SET item = changed.item, status = changed.status FROM changed WHERE holds.hold = changed.hold");
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
  const std::string columns = "bill_id, user, item, reason, amount_cents, library, billed_at";
  write(
      "bills", columns, added.size(),
      [&](std::size_t i, int column) -> Cell {
        const Bill& bill = m_state.bills[added[i]];
        switch (column) {
          case 0:
            return std::string_view(ids[i]);
          case 1:
            return user_cell(bill.user);
          case 2:
            return cell_unless(bill.item_row, 0);
          case 3:
            return bill.reason;
          case 4:
            return bill.amount_cents;
          case 5:
            return code_cell(m_codes.libraries, bill.library);
          default:
            return cell_unless(bill.billed_at, k_no_time);
        }
      },
      fmt::format("INSERT INTO bills({0}) SELECT {0} FROM changed", columns));
}

void ChangeWriter::write_changed_bills() {
  std::vector<Slot> changed =
      slots_where(m_state.bills, [](const Bill& bill) { return bill.row != 0 && bill.changed; });
  std::sort(changed.begin(), changed.end(),
            [&](Slot a, Slot b) { return m_state.bills[a].row < m_state.bills[b].row; });
  write(
      "bills", "bill INTEGER, amount_cents INTEGER", changed.size(),
      [&](std::size_t i, int column) {
        const Bill& bill = m_state.bills[changed[i]];
        return Cell(column == 0 ? bill.row : bill.amount_cents);
      },
      "UPDATE bills SET amount_cents = changed.amount_cents FROM changed WHERE bills.bill = changed.bill");
}

void ChangeWriter::write_uses() {
  write(
      "uses", "library, day, item_type, count", m_state.uses.size(),
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
      "INSERT INTO uses(library, day, item_type, count) SELECT library, day, item_type, count FROM changed WHERE true "
      "ON CONFLICT(library, day, item_type) DO UPDATE SET count = count + excluded.count");
}

}  // namespace offcirc
