#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "loader/circulation/codes.hpp"
#include "loader/circulation/fetch.hpp"
#include "loader/circulation/row_index.hpp"
#include "loader/database/array_table.hpp"

namespace offcirc {

namespace {

constexpr std::string_view k_item_columns =
    "i.item_no, i.item_id, i.title_no, i.title_text, i.item_type, i.library, i.home_location, i.current_location, "
    "i.last_action_at, i.last_action, i.last_result";
constexpr int k_last_result_column = 10;
constexpr int k_column_after_item = 11;

}  // namespace

// Items end up in order of their IDs, whether the table is scanned or they are looked up.
void Fetch::fetch_items() {
  const std::vector<std::uint32_t> order = in_order(m_read_set.item_ids);
  const LargeVector<std::string_view> ids = texts_in(order, m_read_set.item_ids);
  m_state.items.resize(ids.size());
  m_item_titles.assign(ids.size(), 0);
  m_last_results.assign(ids.size(), 0);
  if (is_worth_a_scan(ids.size(), "items", "item_no"))
    scan_items(ids);
  else
    look_up_items(ids);
  drop_missing_items(order);
  fetch_item_holders();
  fetch_earlier_actions();
}

void Fetch::scan_items(std::span<const std::string_view> ids) {
  IdLookup places(ids);
  Statement items(m_database, fmt::format("SELECT {} FROM items i", k_item_columns));
  for (; items.next(); m_database.lines().add_one())
    if (const std::uint32_t place = places.find(items.text(1)); place != k_none) add_item(place, ids[place], items);
}

// Finds the row numbers in the index first, then reads the rows in order, so that no page of the table is read twice.
void Fetch::look_up_items(std::span<const std::string_view> ids) {
  LargeVector<PlaceOfRow> found;
  {
    const ArrayTable given(
        m_database, "given", "id TEXT, place INTEGER", ids.size(),
        [&](std::size_t row, RowCells& cells) { cells.add(ids[row], static_cast<std::int64_t>(row)); });
    Statement rows(m_database, "SELECT i.item_no, given.place FROM given CROSS JOIN items i ON i.item_id = given.id");
    while (rows.next()) found.push_back({rows.integer(0), static_cast<Slot>(rows.integer(1))});
  }
  std::sort(found.begin(), found.end());
  const ArrayTable wanted(m_database, "wanted", "item_no INTEGER, place INTEGER", found.size(), rows_and_places(found));
  Statement items(m_database, fmt::format("SELECT {}, wanted.place FROM wanted CROSS JOIN items i "
                                          "ON i.item_no = wanted.item_no",
                                          k_item_columns));
  while (items.next()) {
    const auto place = static_cast<Slot>(items.integer(k_column_after_item));
    add_item(place, ids[place], items);
  }
}

void Fetch::add_item(Slot place, std::string_view id, const Statement& row) {
  Item& item = m_state.items[place];
  item.row = row.integer(0);
  item.id = id;
  m_item_titles[place] = row.integer_or(2, 0);
  item.title = m_state.keep(row.text(3));
  item.item_type = index_of(m_item_types, row, 4, k_no_code);
  item.library = index_of(m_libraries, row, 5, k_no_library);
  item.home_location = index_of(m_locations, row, 6, k_no_code);
  item.current_location = index_of(m_locations, row, 7, k_no_code);
  item.last_action_at = row.integer_or(8, k_no_time);
  item.last_action = m_state.last_action(row.text(9));
  m_last_results[place] = row.integer_or(k_last_result_column, 0);
}

// Closes the gaps that missing items left. `order` has the key of each place.
void Fetch::drop_missing_items(const std::vector<std::uint32_t>& order) {
  m_state.item_of_key.assign(order.size(), k_none);
  m_items.expect(order.size(), last_row("items", "item_no"));
  m_titles.expect(order.size(), last_row("titles", "title_no"));
  Slot slot = 0;
  for (Slot place = 0; place < order.size(); ++place) {
    if (m_state.items[place].row == 0) continue;
    if (slot != place) {
      m_state.items[slot] = m_state.items[place];
      m_last_results[slot] = m_last_results[place];
    }
    Item& item = m_state.items[slot];
    if (const Row title = m_item_titles[place]; title != 0) {
      const auto next = static_cast<Slot>(m_state.titles.size());
      item.title_slot = m_titles.add(title, next);
      if (item.title_slot == next) m_state.titles.push_back({title, k_none});
    }
    m_items.add(item.row, slot);
    m_state.item_of_key[order[place]] = slot++;
  }
  m_state.items.resize(slot);
}

// Collects the users who have these items and whom no transaction names.
void Fetch::fetch_item_holders() {
  const bool scan = is_worth_a_scan(m_state.items.size(), "items", "item_no");
  const LargeVector<Row> items = scan ? LargeVector<Row>() : rows_in_order(m_state.items);
  const ArrayTable wanted(m_database, "wanted", "item_no INTEGER", items.size(), rows_of(items));
  Statement charges(
      m_database, scan ? "SELECT c.item_no, c.user_no FROM charges c"
                       : "SELECT c.item_no, c.user_no FROM wanted CROSS JOIN charges c ON c.item_no = wanted.item_no");
  while (charges.next()) {
    if (m_users.find(charges.integer(1)) != k_none) continue;
    if (!scan || m_items.find(charges.integer(0)) != k_none) m_missing_holders.push_back(charges.integer(1));
  }
  std::sort(m_missing_holders.begin(), m_missing_holders.end());
  m_missing_holders.erase(std::unique(m_missing_holders.begin(), m_missing_holders.end()), m_missing_holders.end());
}

namespace {

/// `unsupported` for a number that no offcirc writes, which a damaged database may have.
Kind kind_numbered(std::int64_t number) {
  return number >= 0 && number < k_kind_count ? static_cast<Kind>(number) : Kind::unsupported;
}

}  // namespace

void Fetch::fetch_earlier_actions() {
  LargeVector<PlaceOfRow> wanted;
  for (Slot item = 0; item < m_state.items.size(); ++item)
    if (m_last_results[item] != 0) wanted.push_back({m_last_results[item], item});
  std::sort(wanted.begin(), wanted.end());
  const ArrayTable given(m_database, "given", "result INTEGER, item INTEGER", wanted.size(), rows_and_places(wanted));
  Statement results(m_database,
                    "SELECT given.item, r.occurred_at, r.kind, d.placed_library, d.placed_station, x.bill_cents "
                    "FROM given CROSS JOIN result_rows r ON r.result = given.result "
                    "LEFT JOIN load_desks d ON d.load = r.load AND d.desk = r.desk "
                    "LEFT JOIN result_details x ON x.result = r.result WHERE r.occurred_at IS NOT NULL");
  while (results.next()) {
    m_state.set_earlier_action(m_state.items[static_cast<Slot>(results.integer(0))],
                               {results.integer(1), kind_numbered(results.integer(2)), m_state.keep(results.text(3)),
                                m_state.keep(results.text(4)), results.integer_or(5, 0)});
  }
}

void Fetch::fetch_holds(bool item_level) {
  const std::size_t owner_count = item_level ? m_state.items.size() : m_state.titles.size();
  const bool scan = is_worth_a_scan(owner_count, "holds", "hold_no");
  LargeVector<Row> owners;
  if (!scan) owners = item_level ? rows_in_order(m_state.items) : rows_in_order(m_state.titles);
  const ArrayTable wanted(m_database, "wanted", "id INTEGER", owners.size(), rows_of(owners));
  const std::string_view owner_column = item_level ? "item_no" : "title_no";
  Statement holds(
      m_database,
      fmt::format("SELECT h.{0}, h.hold_no, h.hold_id, h.user_no, h.item_no, h.pickup_library, h.status, h.placed_at, "
                  "h.expires_on FROM {1} WHERE h.item_level = ?1 AND h.status <> 'filled' "
                  // The newest comes first, since each hold is put at the head of its list. NULL sorts as the earliest.
                  "ORDER BY h.placed_at DESC, h.hold_id DESC",
                  owner_column,
                  scan ? "holds h" : fmt::format("wanted CROSS JOIN holds h ON h.{} = wanted.id", owner_column)));
  holds.with(std::int64_t{item_level});
  while (holds.next()) {
    const Slot owner = (item_level ? m_items : m_titles).find(holds.integer_or(0, 0));
    if (owner == k_none) continue;
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
