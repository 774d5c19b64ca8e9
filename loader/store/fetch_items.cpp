#include <algorithm>
#include <string>

#include "loader/store/fetch.hpp"
#include "loader/store/hold_status.hpp"
#include "loader/store/key_table.hpp"

namespace offcirc {

namespace {

constexpr std::string_view k_items =
    "SELECT given.key, i.item, i.item_id, i.title, i.title_text, i.item_type, i.library, i.home_location, "
    "i.current_location, i.last_action_at, i.last_action, c.user, r.occurred_at, r.kind, r.library, r.station "
    "FROM given CROSS JOIN items i ON i.item_id = given.id "
    "LEFT JOIN charges c ON c.item = i.item LEFT JOIN results r ON r.result = i.last_result";

}  // namespace

void Fetch::fetch_items() {
  m_state.item_of_key.assign(m_read_set.item_ids.size(), k_none);
  const std::vector<std::uint32_t> order = in_order(m_read_set.item_ids);
  const KeyTable given(m_database, "given", "id TEXT, key INTEGER", order.size(), [&](std::size_t row, int column) {
    return column == 0 ? Cell(m_read_set.item_ids[order[row]]) : Cell(std::int64_t{order[row]});
  });
  Statement items(m_database, k_items);
  while (items.next()) {
    const auto slot = static_cast<Slot>(m_state.items.size());
    m_state.item_of_key[static_cast<std::size_t>(items.integer(0))] = slot;
    m_items.emplace(items.integer(1), slot);
    add_item(m_state.items.emplace_back(), items);
    if (!items.is_null(11) && m_users.count(items.integer(11)) == 0) m_missing_holders.push_back(items.integer(11));
  }
  std::sort(m_missing_holders.begin(), m_missing_holders.end());
  m_missing_holders.erase(std::unique(m_missing_holders.begin(), m_missing_holders.end()), m_missing_holders.end());
}

void Fetch::add_item(Item& item, const Statement& row) {
  item.row = row.integer(1);
  item.id = m_state.keep(row.text(2));
  if (!row.is_null(3)) {
    const auto [title, is_new] = m_titles.emplace(row.integer(3), static_cast<Slot>(m_state.titles.size()));
    if (is_new) m_state.titles.push_back({title->first, k_none});
    item.title_slot = title->second;
  }
  item.title = m_state.keep(row.text(4));
  item.item_type = index_of(m_item_types, row, 5, k_no_code);
  item.library = index_of(m_libraries, row, 6, k_no_library);
  item.home_location = index_of(m_locations, row, 7, k_no_code);
  item.current_location = index_of(m_locations, row, 8, k_no_code);
  item.last_action_at = row.integer_or(9, k_no_time);
  item.last_action = m_state.keep(row.text(10));
  if (!row.is_null(12)) {
    item.earlier.occurred_at = row.integer(12);
    item.earlier.kind = find_kind(row.text(13)).value_or(Kind::unsupported);
    item.earlier.library = m_state.keep(row.text(14));
    item.earlier.station = m_state.keep(row.text(15));
  }
}

void Fetch::fetch_holds(bool item_level) {
  const std::size_t count = item_level ? m_state.items.size() : m_state.titles.size();
  const KeyTable wanted(m_database, "wanted", "id INTEGER, slot INTEGER", count, [&](std::size_t slot, int column) {
    if (column == 1) return Cell(static_cast<std::int64_t>(slot));
    return Cell(item_level ? m_state.items[slot].row : m_state.titles[slot].row);
  });
  const std::string sql =
      std::string("SELECT wanted.slot, h.hold, h.hold_id, h.user, h.item, h.pickup_library, h.status, h.placed_at, ") +
      "h.expires_on FROM wanted CROSS JOIN holds h ON h." + (item_level ? "item" : "title") +
      " = wanted.id WHERE h.item_level = ?1 AND h.status <> 'filled' "
      // The last comes first, since each is put before those that are in its list by then. No time is the earliest.
      "ORDER BY h.placed_at DESC, h.hold_id DESC";
  Statement holds(m_database, sql);
  holds.with(std::int64_t{item_level});
  while (holds.next()) {
    const auto owner = static_cast<std::size_t>(holds.integer(0));
    Slot& first = item_level ? m_state.items[owner].first_hold : m_state.titles[owner].first_hold;
    Hold& hold = m_state.holds.emplace_back();
    hold.row = holds.integer(1);
    hold.hold_id = m_state.keep(holds.text(2));
    hold.user_row = holds.integer(3);
    hold.item_row = holds.integer_or(4, 0);
    hold.pickup_library = index_of(m_libraries, holds, 5, k_no_library);
    hold.item_level = item_level;
    hold.status = hold_status_called(holds.text(6)).value_or(HoldStatus::waiting);
    hold.placed_at = holds.integer_or(7, k_no_time);
    hold.expires_on = static_cast<Day>(holds.integer_or(8, INT32_MAX));
    hold.next = first;
    first = static_cast<Slot>(m_state.holds.size() - 1);
  }
}

}  // namespace offcirc
