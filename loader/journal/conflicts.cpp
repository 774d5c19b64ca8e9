#include "loader/journal/conflicts.hpp"

#include <fmt/format.h>

#include <set>
#include <string_view>
#include <utility>

#include "loader/circulation/codes.hpp"
#include "loader/rules/money.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

constexpr std::size_t k_most_sentences = 50;
// The row is as the load left it, but a later load relied on it, so it can't be undone before that one.
constexpr const char* k_changed_between = "used by a later load";

constexpr std::string_view k_items = R"sql(
SELECT c.item_no, coalesce(i.item_id, gone_item.item_id, 'of an unknown ID'), i.item_no IS NULL AS gone,
  ch.item_no IS NOT NULL AND (now.user_no, now.library, now.charged_at, now.due_at, now.rule, now.renewals,
      now.claims_returned_on)
    IS NOT (ch.user_no_after, ch.library_after, ch.charged_at_after, ch.due_at_after, ch.rule_after, ch.renewals_after,
      ch.claims_returned_on_after) AS charged_otherwise,
  c.moved AND i.current_location IS NOT c.location_after AS moved_since,
  ch.user_no_before IS NOT NULL AND before.user_no IS NULL AS holder_gone,
  (c.last_result_after IS NOT NULL AND i.last_result IS NOT c.last_result_after)
    OR c.item_no IN (SELECT item_no FROM changed_items WHERE load > ?1) AS used_since,
  user_after.user_id, ch.due_at_after, ch.renewals_after, user_now.user_id, now.due_at, now.renewals,
  location_after.code, location_now.code
FROM changed_items c
LEFT JOIN items i ON i.item_no = c.item_no
LEFT JOIN changed_charges ch ON ch.load = c.load AND ch.item_no = c.item_no
LEFT JOIN charges now ON now.item_no = c.item_no
LEFT JOIN users before ON before.user_no = ch.user_no_before
LEFT JOIN former_items gone_item ON gone_item.item_no = c.item_no
LEFT JOIN users user_after ON user_after.user_no = ch.user_no_after
LEFT JOIN users user_now ON user_now.user_no = now.user_no
LEFT JOIN locations location_after ON location_after.location = c.location_after
LEFT JOIN locations location_now ON location_now.location = i.current_location
WHERE c.load = ?1 AND (gone OR charged_otherwise OR moved_since OR holder_gone OR used_since)
ORDER BY c.item_no
)sql";

constexpr std::string_view k_holds = R"sql(
SELECT c.hold_no, now.hold_id, c.status_after, item_after.item_id, now.status, item_now.item_id,
  now.hold_no IS NULL AS gone, (now.status, now.item_no) IS NOT (c.status_after, c.item_no_after) AS otherwise,
  c.item_no_before IS NOT NULL AND c.item_no_before NOT IN (SELECT item_no FROM items) AS item_gone,
  c.hold_no IN (SELECT hold_no FROM changed_holds WHERE load > ?1) AS used_since
FROM changed_holds c
LEFT JOIN holds now ON now.hold_no = c.hold_no
LEFT JOIN items item_after ON item_after.item_no = c.item_no_after
LEFT JOIN items item_now ON item_now.item_no = now.item_no
WHERE c.load = ?1 AND (gone OR otherwise OR item_gone OR used_since)
ORDER BY c.hold_no
)sql";

constexpr std::string_view k_bills = R"sql(
SELECT c.bill_no, c.user_no, now.bill_id, u.user_id, c.amount_cents_after, now.amount_cents,
  now.bill_no IS NULL AS gone, now.amount_cents <> c.amount_cents_after AS paid,
  c.amount_cents_before IS NULL AND (now.user_no, now.item_no, now.reason, now.library, now.billed_at)
    IS NOT (c.user_no, c.item_no, c.reason, c.library, c.billed_at) AS otherwise,
  c.bill_no IN (SELECT bill_no FROM changed_bills WHERE load > ?1) AS used_since
FROM changed_bills c
LEFT JOIN bills now ON now.bill_no = c.bill_no
LEFT JOIN users u ON u.user_no = c.user_no
WHERE c.load = ?1 AND (gone OR paid OR otherwise OR used_since)
ORDER BY c.bill_no
)sql";

// For a user whom the load only edited, nothing but the user's own row counts. Charges, holds, bills and other IDs
// matter for a user whom the load registered, because undoing that removes the user.
constexpr std::string_view k_users = R"sql(
SELECT a.user_no, coalesce(u.user_id, json_extract(a.content, '$[0]')), u.user_no IS NULL AS gone,
  {} IS NOT {} AS changed,
  registered AND EXISTS (SELECT 1 FROM charges c WHERE c.user_no = a.user_no AND NOT EXISTS
    (SELECT 1 FROM changed_charges ch WHERE ch.load = a.load AND ch.item_no = c.item_no)) AS has_charges,
  registered AND EXISTS (SELECT 1 FROM holds h WHERE h.user_no = a.user_no) AS has_holds,
  registered AND EXISTS (SELECT 1 FROM bills b WHERE b.user_no = a.user_no AND NOT EXISTS
    (SELECT 1 FROM changed_bills cb WHERE cb.load = a.load AND cb.bill_no = b.bill_no)) AS has_bills,
  registered AND EXISTS (SELECT 1 FROM user_aliases other WHERE other.user_no = a.user_no) AS has_other_ids,
  edited_since OR (registered AND a.user_no IN (SELECT user_no_before FROM changed_charges WHERE load > ?1
    UNION SELECT user_no_after FROM changed_charges WHERE load > ?1
    UNION SELECT user_no FROM changed_bills WHERE load > ?1)) AS used_since,
  registered
FROM (SELECT *, json_type(content) = 'array' AS registered,
    user_no IN (SELECT user_no FROM added_users WHERE load > ?1) AS edited_since
  FROM added_users WHERE load = ?1) a
LEFT JOIN users u ON u.user_no = a.user_no
WHERE gone OR changed OR has_charges OR has_holds OR has_bills OR has_other_ids OR used_since
ORDER BY a.user_no
)sql";

constexpr std::string_view k_uses = R"sql(
SELECT l.code, c.day, c.item_type, c.count, coalesce(u.count, 0)
FROM changed_uses c CROSS JOIN libraries l ON l.library = c.library
LEFT JOIN uses u ON u.library = c.library AND u.day = c.day AND u.item_type = c.item_type
WHERE c.load = ?1 AND coalesce(u.count, 0) < c.count
ORDER BY 1, 2, 3
)sql";

/// One search through the tables that record what a load changed.
class ConflictSearch {
 public:
  ConflictSearch(const Database& database, std::int64_t load, const Zone& zone)
      : m_database(database), m_load(load), m_zone(zone) {}

  Conflicts run() {
    find_items();
    find_holds();
    find_bills();
    find_users();
    find_uses();
    return std::move(m_found);
  }

 private:
  void find_items();
  void find_holds();
  void find_bills();
  void find_users();
  void find_uses();
  [[nodiscard]] std::string item_trouble(const Statement& row) const;
  [[nodiscard]] std::string hold_trouble(const Statement& row) const;
  [[nodiscard]] std::string bill_trouble(const Statement& row) const;
  static std::string user_trouble(const Statement& row);
  [[nodiscard]] std::string charge_text(const Statement& row, int first) const;
  [[nodiscard]] std::string later_load(std::string_view table, std::string_view column, Row row) const;
  /// Counts a conflict, and words it if it is among the first ones.
  template <typename Sentence>
  void add(Sentence sentence) {
    ++m_found.count;
    if (m_found.sentences.size() < k_most_sentences) m_found.sentences.push_back(sentence());
  }

  const Database& m_database;
  std::int64_t m_load;
  const Zone& m_zone;
  Conflicts m_found;
};

/// Names the last of the later loads that changed the row; empty if the journal has none, perhaps since it was pruned.
std::string ConflictSearch::later_load(std::string_view table, std::string_view column, Row row) const {
  Statement later(m_database, fmt::format("SELECT max(l.load) FROM loads l CROSS JOIN {0} c ON c.load = l.load "
                                          "AND c.{1} = ?2 WHERE l.load > ?1",
                                          table, column));
  later.with(m_load, row).next();
  return later.is_null(0) ? "" : fmt::format("; load {} has changed it", later.integer(0));
}

/// Describes the charge whose user, due date and renewals are in the columns from `first` on.
std::string ConflictSearch::charge_text(const Statement& row, int first) const {
  if (row.is_null(first)) return "not checked out";
  const std::int64_t renewals = row.integer(first + 2);
  return fmt::format("checked out to {} until {}{}", row.text(first), iso_time(row.integer(first + 1), m_zone),
                     renewals == 0 ? "" : fmt::format(", renewals: {}", renewals));
}

std::string ConflictSearch::item_trouble(const Statement& row) const {
  const auto flag = [&](int column) { return row.integer(column) != 0; };
  const auto location = [&](int column) {
    return row.is_null(column) ? "no location" : "at " + std::string(row.text(column));
  };
  if (flag(2)) return "no longer in the database";
  if (flag(3)) {
    const std::string after = charge_text(row, 7), now = charge_text(row, 10);
    return fmt::format("{} after load {}, {}", after, m_load, after == now ? "now with other details" : "now " + now);
  }
  if (flag(4)) return fmt::format("{} after load {}, now {}", location(13), m_load, location(14));
  if (flag(5)) return "the user who had it before is no longer in the database";
  return k_changed_between;
}

void ConflictSearch::find_items() {
  Statement row(m_database, k_items);
  row.with(m_load);
  while (row.next()) {
    m_found.items.push_back(row.integer(0));
    add([&] {
      return fmt::format("item {}: {}{}", row.text(1), item_trouble(row),
                         later_load("changed_items", "item_no", row.integer(0)));
    });
  }
}

std::string ConflictSearch::hold_trouble(const Statement& row) const {
  const bool other_item = row.text(3) != row.text(5);
  const auto text = [&](int status) {
    if (!other_item) return std::string(row.text(status));
    return fmt::format("{} {}", row.text(status),
                       row.is_null(status + 1) ? "without an item" : fmt::format("with item {}", row.text(status + 1)));
  };
  if (row.integer(7) != 0) return fmt::format("{} after load {}, now {}", text(2), m_load, text(4));
  if (row.integer(8) != 0) return "the item that it had before is no longer in the database";
  return k_changed_between;
}

void ConflictSearch::find_holds() {
  Statement row(m_database, k_holds);
  row.with(m_load);
  while (row.next()) {
    m_found.holds.push_back(row.integer(0));
    add([&] {
      if (row.integer(6) != 0)
        return fmt::format("a hold that was {} after load {}: no longer in the database", row.text(2), m_load);
      return fmt::format("hold {}: {}{}", row.text(1), hold_trouble(row),
                         later_load("changed_holds", "hold_no", row.integer(0)));
    });
  }
}

std::string ConflictSearch::bill_trouble(const Statement& row) const {
  const std::string after = money(row.integer(4));
  if (row.integer(7) != 0) return fmt::format("{} after load {}, now {}", after, m_load, money(row.integer(5)));
  if (row.integer(8) != 0) return fmt::format("{} after load {}, now with other details", after, m_load);
  return k_changed_between;
}

void ConflictSearch::find_bills() {
  Statement row(m_database, k_bills);
  row.with(m_load);
  while (row.next()) {
    m_found.payers.push_back(row.integer(1));
    add([&] {
      if (row.integer(6) != 0)
        return fmt::format("a bill{} of {}: no longer in the database",
                           row.is_null(3) ? "" : fmt::format(" of user {}", row.text(3)), money(row.integer(4)));
      return fmt::format("bill {}: {}{}", row.text(2), bill_trouble(row),
                         later_load("changed_bills", "bill_no", row.integer(0)));
    });
  }
}

std::string ConflictSearch::user_trouble(const Statement& row) {
  if (row.integer(2) != 0) return "no longer in the database";
  if (row.integer(3) != 0) return "changed since";
  std::string has;
  for (const auto& [column, what] : {std::pair{4, "charges"}, {5, "holds"}, {6, "bills"}, {7, "other IDs"}}) {
    if (row.integer(column) != 0) has += fmt::format("{}{}", has.empty() ? "has " : ", ", what);
  }
  return has.empty() ? k_changed_between : has + " from outside the load";
}

void ConflictSearch::find_users() {
  Statement row(m_database, fmt::format(k_users, content_of_user(), k_user_as_left));
  row.with(m_load);
  while (row.next()) {
    m_found.users.push_back(row.integer(0));
    add([&] {
      constexpr int k_registered_column = 9;
      return fmt::format("user {}, {} by load {}: {}{}", row.text(1),
                         row.integer(k_registered_column) != 0 ? "registered" : "edited", m_load, user_trouble(row),
                         later_load("added_users", "user_no", row.integer(0)));
    });
  }
}

void ConflictSearch::find_uses() {
  Statement row(m_database, k_uses);
  row.with(m_load);
  while (row.next()) {
    add([&] {
      return fmt::format("in-house uses at {} on {}{}{}: load {} counted {}, now there are {}", row.text(0),
                         iso_date(static_cast<Day>(row.integer(1))), row.text(2).empty() ? "" : " of ", row.text(2),
                         m_load, row.integer(3), row.integer(4));
    });
  }
}

}  // namespace

Conflicts find_conflicts(const Database& database, std::int64_t load, const Zone& zone) {
  return ConflictSearch(database, load, zone).run();
}

namespace {

constexpr Row k_no_row = 0;

struct HoldLink {
  Row hold, item_before, item_after;
};

struct BillLink {
  Row user, item;
};

std::vector<HoldLink> links_of_holds(const Database& database, std::int64_t load) {
  Statement rows(database, "SELECT hold_no, item_no_before, item_no_after FROM changed_holds WHERE load = ?1");
  rows.with(load);
  std::vector<HoldLink> links;
  while (rows.next()) links.push_back({rows.integer(0), rows.integer_or(1, k_no_row), rows.integer_or(2, k_no_row)});
  return links;
}

std::vector<BillLink> links_of_bills(const Database& database, std::int64_t load) {
  Statement rows(database,
                 "SELECT DISTINCT user_no, item_no FROM changed_bills WHERE load = ?1 AND item_no IS NOT NULL");
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

/// Adds the users whom the load registered and to whom a kept bill or charge belongs.
void add_users_in_use(const Database& database, std::int64_t load, const std::set<Row>& items,
                      const std::set<Row>& payers, std::set<Row>& users) {
  Statement added(database, "SELECT user_no FROM added_users WHERE load = ?1 AND json_type(content) = 'array'");
  added.with(load);
  while (added.next()) {
    if (payers.count(added.integer(0)) != 0) users.insert(added.integer(0));
  }
  Statement charged(
      database,
      "SELECT a.user_no FROM changed_charges c CROSS JOIN added_users a "
      "ON a.load = c.load AND a.user_no = c.user_no_after AND json_type(a.content) = 'array' WHERE c.load = ?1 "
      "AND c.item_no = ?2");
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
  // A hold that was modified by itself does not keep its item: the item can still be undone.
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
