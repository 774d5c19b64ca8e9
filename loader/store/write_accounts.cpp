#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "formats/identity_text.hpp"
#include "loader/store/change_writer.hpp"
#include "loader/store/hold_status.hpp"
#include "loader/store/row_numbers.hpp"

namespace offcirc {

namespace {

constexpr std::string_view k_keep_charges =
    "INSERT INTO changed_charges(load, item, "
    "user_before, library_before, charged_at_before, due_at_before, rule_before, renewals_before, "
    "claims_returned_on_before, "
    "user_after, library_after, charged_at_after, due_at_after, rule_after, renewals_after, claims_returned_on_after) "
    "SELECT ?1, n.item, c.user, c.library, c.charged_at, c.due_at, c.rule, c.renewals, c.claims_returned_on, "
    "n.user, n.library, n.charged_at, n.due_at, n.rule, n.renewals, n.claims_returned_on "
    "FROM changed n LEFT JOIN charges c ON c.item = n.item";
constexpr std::string_view k_write_charges =
    "INSERT INTO charges(item, user, library, charged_at, due_at, rule, renewals, claims_returned_on) "
    "SELECT item, user, library, charged_at, due_at, rule, renewals, claims_returned_on FROM changed "
    "WHERE user IS NOT NULL "
    "ON CONFLICT(item) DO UPDATE SET user = excluded.user, library = excluded.library, "
    "charged_at = excluded.charged_at, due_at = excluded.due_at, rule = excluded.rule, "
    "renewals = excluded.renewals, claims_returned_on = excluded.claims_returned_on";

}  // namespace

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
  write("charges", "item, user, library, charged_at, due_at, rule, renewals, claims_returned_on", touched.size(),
        [&](std::size_t i, int column) { return charge_column(m_state.charges[touched[i]], column); },
        {{k_keep_charges, touched.size(), true},
         {"DELETE FROM charges WHERE item IN (SELECT item FROM changed WHERE user IS NULL)", touched.size() - open},
         {k_write_charges, open}});
}

void ChangeWriter::write_holds() {
  std::vector<Slot> changed = slots_where(m_state.holds, [](const Hold& hold) { return hold.changed; });
  std::sort(changed.begin(), changed.end(),
            [&](Slot a, Slot b) { return m_state.holds[a].row < m_state.holds[b].row; });
  write("holds", "hold INTEGER, item INTEGER, status TEXT", changed.size(),
        [&](std::size_t i, int column) -> Cell {
          const Hold& hold = m_state.holds[changed[i]];
          if (column == 0) return hold.row;
          return column == 1 ? cell_unless(hold.item_row, 0) : Cell(name_of(hold.status));
        },
        {{"INSERT INTO changed_holds(load, hold, item_before, status_before, item_after, status_after) "
          "SELECT ?1, h.hold, h.item, h.status, changed.item, changed.status "
          "FROM changed CROSS JOIN holds h ON h.hold = changed.hold",
          changed.size(), true},
         {"UPDATE holds SET item = changed.item, status = changed.status FROM changed WHERE holds.hold = changed.hold",
          changed.size()}});
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
  const std::string columns = "bill, bill_id, user, item, reason, amount_cents, library, billed_at";
  write("bills", columns, added.size(), cell,
        {{"INSERT INTO changed_bills(load, bill, user, amount_cents_after, item, reason, library, billed_at) "
          "SELECT ?1, bill, user, amount_cents, item, reason, library, billed_at FROM changed",
          added.size(), true},
         {fmt::format("INSERT INTO bills({0}) SELECT {0} FROM changed", columns), added.size()}});
}

void ChangeWriter::write_changed_bills() {
  std::vector<Slot> changed =
      slots_where(m_state.bills, [](const Bill& bill) { return bill.row != 0 && bill.changed; });
  std::sort(changed.begin(), changed.end(),
            [&](Slot a, Slot b) { return m_state.bills[a].row < m_state.bills[b].row; });
  write("bills", "bill INTEGER, amount_cents INTEGER", changed.size(),
        [&](std::size_t i, int column) {
          const Bill& bill = m_state.bills[changed[i]];
          return Cell(column == 0 ? bill.row : bill.amount_cents);
        },
        {{"INSERT INTO changed_bills(load, bill, user, amount_cents_before, amount_cents_after) "
          "SELECT ?1, b.bill, b.user, b.amount_cents, changed.amount_cents "
          "FROM changed CROSS JOIN bills b ON b.bill = changed.bill",
          changed.size(), true},
         {"UPDATE bills SET amount_cents = changed.amount_cents FROM changed WHERE bills.bill = changed.bill",
          changed.size()}});
}

void ChangeWriter::write_uses() {
  // Uses of one library, day and type may stand in several rows.
  constexpr std::string_view k_add_up = "WHERE true ON CONFLICT DO UPDATE SET count = count + excluded.count";
  const std::size_t count = m_state.uses.size();
  write("uses", "library, day, item_type, count", count,
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
        {{fmt::format("INSERT INTO changed_uses(load, library, day, item_type, count) "
                      "SELECT ?1, library, day, item_type, count FROM changed {}",
                      k_add_up),
          count, true},
         {fmt::format("INSERT INTO uses(library, day, item_type, count) "
                      "SELECT library, day, item_type, count FROM changed {}",
                      k_add_up),
          count}});
}

}  // namespace offcirc
