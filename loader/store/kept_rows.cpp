#include "loader/store/kept_rows.hpp"

#include <set>

namespace offcirc {

namespace {

constexpr Row k_no_row = 0;

struct HoldLink {
  Row hold, item_before, item_after;
};

struct BillLink {
  Row user, item;
};

std::vector<HoldLink> links_of_holds(const Database& database, std::int64_t load) {
  Statement rows(database, "SELECT hold, item_before, item_after FROM changed_holds WHERE load = ?1");
  rows.with(load);
  std::vector<HoldLink> links;
  while (rows.next()) links.push_back({rows.integer(0), rows.integer_or(1, k_no_row), rows.integer_or(2, k_no_row)});
  return links;
}

std::vector<BillLink> links_of_bills(const Database& database, std::int64_t load) {
  Statement rows(database, "SELECT DISTINCT user, item FROM changed_bills WHERE load = ?1 AND item IS NOT NULL");
  rows.with(load);
  std::vector<BillLink> links;
  while (rows.next()) links.push_back({rows.integer(0), rows.integer(1)});
  return links;
}

std::set<Row> set_of(const std::vector<Row>& rows) {
  return {rows.begin(), rows.end()};
}
std::vector<Row> in_order(const std::set<Row>& rows) {
  return {rows.begin(), rows.end()};
}

/// The users registered by the load whom something that stays names.
void add_users_in_use(const Database& database, std::int64_t load, const std::set<Row>& items,
                      const std::set<Row>& payers, std::set<Row>& users) {
  Statement added(database, "SELECT user FROM added_users WHERE load = ?1 AND json_type(content) = 'array'");
  added.with(load);
  while (added.next()) {
    if (payers.count(added.integer(0)) != 0) users.insert(added.integer(0));
  }
  Statement charged(database,
                    "SELECT a.user FROM changed_charges c CROSS JOIN added_users a "
                    "ON a.load = c.load AND a.user = c.user_after AND json_type(a.content) = 'array' WHERE c.load = ?1 "
                    "AND c.item = ?2");
  for (const Row item : items) {
    if (charged.with(load, item).next()) users.insert(charged.integer(0));
  }
}

}  // namespace

KeptRows keep_together(const Database& database, std::int64_t load, const Conflicts& conflicts) {
  std::set<Row> items = set_of(conflicts.items), holds = set_of(conflicts.holds), payers = set_of(conflicts.payers),
                users = set_of(conflicts.users);
  const auto hold_links = links_of_holds(database, load);
  const auto bill_links = links_of_bills(database, load);
  // A hold that has changed by itself leaves its item free: what somebody has made of it since stands.
  for (std::size_t before = 0; before != items.size() + payers.size();) {
    before = items.size() + payers.size();
    for (const HoldLink& link : hold_links) {
      if (items.count(link.item_before) == 0 && items.count(link.item_after) == 0) continue;
      holds.insert(link.hold);
      for (const Row item : {link.item_before, link.item_after}) {
        if (item != k_no_row) items.insert(item);
      }
    }
    for (const BillLink& link : bill_links) {
      if (items.count(link.item) != 0) payers.insert(link.user);
      if (payers.count(link.user) != 0) items.insert(link.item);
    }
  }
  add_users_in_use(database, load, items, payers, users);
  return {in_order(items), in_order(holds), in_order(payers), in_order(users)};
}

}  // namespace offcirc
