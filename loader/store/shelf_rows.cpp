#include "loader/store/shelf_rows.hpp"

namespace offcirc {

namespace {

// CROSS JOIN: the table with the range is read once, whatever the statistics say.
constexpr std::string_view k_placed =
    "SELECT h.hold_id, u.user_id, l.code, h.placed_at, i.item_id, "
    "ifnull(i.title_text, (SELECT t.title_text FROM items t WHERE t.title = h.title ORDER BY t.item_id LIMIT 1)) "
    "FROM holds h CROSS JOIN libraries l ON l.library = h.pickup_library CROSS JOIN users u ON u.user = h.user "
    "LEFT JOIN items i ON h.item_level AND i.item = h.item "
    "WHERE h.status = 'waiting' AND h.placed_at >= ?1 AND ifnull(h.expires_on, ?2) >= ?2";

constexpr std::string_view k_due =
    "SELECT c.item, l.code, u.user_id, i.item_id, i.title_text, c.due_at, p.code "
    "FROM charges c CROSS JOIN libraries l ON l.library = c.library CROSS JOIN users u ON u.user = c.user "
    "CROSS JOIN items i ON i.item = c.item LEFT JOIN profiles p ON p.profile = u.profile "
    "WHERE c.due_at BETWEEN ?1 AND ?2 AND c.claims_returned_on IS NULL";

bool is_system_profile(std::string_view name, const Policy& policy) {
  const ProfileIndex profile = policy.find_profile(name);
  return profile != k_no_profile && policy.profiles[profile].system;
}

}  // namespace

std::vector<ShelfHold> find_placed_holds(const Database& database, const OutageSpan& span, Day today) {
  Statement rows(database, k_placed);
  rows.with(span.began_at, std::int64_t{today});
  std::vector<ShelfHold> holds;
  while (rows.next()) {
    if (!span.libraries.contains(rows.text(2))) continue;
    ShelfHold& hold = holds.emplace_back();
    hold.event = ShelfEvent::placed;
    hold.hold_id = rows.text(0);
    hold.user_id = rows.text(1);
    hold.library = rows.text(2);
    hold.at = rows.integer(3);
    hold.item_id = rows.text(4);
    hold.title = rows.text(5);
  }
  return holds;
}

std::vector<StoredDueCharge> find_due_charges(const Database& database, const OutageSpan& span, Seconds until,
                                              const Policy& policy) {
  Statement rows(database, k_due);
  rows.with(span.began_at, until);
  std::vector<StoredDueCharge> charges;
  while (rows.next()) {
    if (!span.libraries.contains(rows.text(1)) || is_system_profile(rows.text(6), policy)) continue;
    StoredDueCharge& stored = charges.emplace_back();
    stored.item_row = rows.integer(0);
    stored.charge = {std::string(rows.text(1)), std::string(rows.text(2)), std::string(rows.text(3)),
                     std::string(rows.text(4)), rows.integer(5)};
  }
  return charges;
}

std::vector<HoldNames> find_hold_names(const Database& database, std::span<const Row> holds) {
  Statement find(database,
                 "SELECT u.user_id, i.item_id, i.title_text FROM holds h CROSS JOIN users u ON u.user = h.user "
                 "LEFT JOIN items i ON i.item = h.item WHERE h.hold = ?1");
  std::vector<HoldNames> names;
  names.reserve(holds.size());
  for (const Row hold : holds) {
    HoldNames& of_hold = names.emplace_back();
    if (!find.with(hold).next()) continue;
    of_hold = {std::string(find.text(0)), std::string(find.text(1)), std::string(find.text(2))};
  }
  return names;
}

}  // namespace offcirc
