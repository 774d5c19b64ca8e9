#include "loader/circulation/subject_facts.hpp"

#include <fmt/format.h>

#include <string_view>

#include "loader/rules/money.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

// CROSS JOIN makes SQLite read the table with the range once, regardless of its statistics.
constexpr std::string_view k_placed =
    "SELECT h.hold_id, u.user_id, l.code, h.placed_at, i.item_id, "
    "coalesce(i.title_text, (SELECT t.title_text FROM items t WHERE t.title_no = h.title_no "
    "ORDER BY t.item_id LIMIT 1)) "
    "FROM holds h CROSS JOIN libraries l ON l.library = h.pickup_library CROSS JOIN users u ON u.user_no = h.user_no "
    "LEFT JOIN items i ON h.item_level AND i.item_no = h.item_no "
    "WHERE h.status = 'waiting' AND h.placed_at >= ?1 AND coalesce(h.expires_on, ?2) >= ?2";

constexpr std::string_view k_due =
    "SELECT c.item_no, l.code, u.user_id, i.item_id, i.title_text, c.due_at, p.code "
    "FROM charges c CROSS JOIN libraries l ON l.library = c.library CROSS JOIN users u ON u.user_no = c.user_no "
    "CROSS JOIN items i ON i.item_no = c.item_no LEFT JOIN profiles p ON p.profile = u.profile "
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
                 "SELECT u.user_id, i.item_id, i.title_text FROM holds h CROSS JOIN users u ON u.user_no = h.user_no "
                 "LEFT JOIN items i ON i.item_no = h.item_no WHERE h.hold_no = ?1");
  std::vector<HoldNames> names;
  names.reserve(holds.size());
  for (const Row hold : holds) {
    HoldNames& of_hold = names.emplace_back();
    if (!find.with(hold).next()) continue;
    of_hold = {std::string(find.text(0)), std::string(find.text(1)), std::string(find.text(2))};
  }
  return names;
}

namespace {

constexpr std::string_view k_item = R"sql(
SELECT i.item_no, i.title_text, i.call_number, t.code, l.code, h.code, c.code, i.price_cents, i.last_action_at,
  i.last_action, i.title_no
FROM items i LEFT JOIN item_types t ON t.item_type = i.item_type LEFT JOIN libraries l ON l.library = i.library
LEFT JOIN locations h ON h.location = i.home_location LEFT JOIN locations c ON c.location = i.current_location
WHERE i.item_id = ?1
)sql";

constexpr std::string_view k_user = R"sql(
SELECT u.user_no, u.user_id, u.last_name, u.first_name, p.code, l.code, u.barred, u.expires_on, u.claims_returned,
  u.registered_on
FROM users u LEFT JOIN profiles p ON p.profile = u.profile LEFT JOIN libraries l ON l.library = u.library
WHERE u.user_id = ?1 OR u.user_no = (SELECT user_no FROM user_aliases WHERE id = ?1)
)sql";

constexpr std::string_view k_charges = R"sql(
SELECT i.item_id, i.title_text, u.user_id, l.code, c.charged_at, c.due_at, r.code, c.renewals, c.claims_returned_on
FROM charges c CROSS JOIN items i ON i.item_no = c.item_no CROSS JOIN users u ON u.user_no = c.user_no
LEFT JOIN libraries l ON l.library = c.library LEFT JOIN rules r ON r.rule = c.rule
)sql";

constexpr std::string_view k_holds = R"sql(
SELECT h.hold_id, u.user_id, i.item_id, h.status, l.code, h.placed_at
FROM holds h CROSS JOIN users u ON u.user_no = h.user_no LEFT JOIN items i ON i.item_no = h.item_no
LEFT JOIN libraries l ON l.library = h.pickup_library
WHERE h.status <> 'filled' AND
)sql";

constexpr std::string_view k_bills = R"sql(
SELECT b.bill_id, b.amount_cents, b.reason, u.user_id, i.item_id, l.code, b.billed_at
FROM bills b CROSS JOIN users u ON u.user_no = b.user_no LEFT JOIN items i ON i.item_no = b.item_no
LEFT JOIN libraries l ON l.library = b.library
WHERE b.amount_cents <> 0 AND
)sql";

class FactWriter {
 public:
  FactWriter(const Database& database, const Zone& zone, SubjectFacts& to)
      : m_database(database), m_zone(zone), m_to(to) {}

  void add(std::string name, std::string_view value) {
    if (!value.empty()) m_to.facts.push_back({std::move(name), std::string(value)});
  }

  [[nodiscard]] std::string time(const Statement& row, int column) const {
    return row.is_null(column) ? std::string() : iso_time(row.integer(column), m_zone);
  }

  static std::string date(const Statement& row, int column) {
    return row.is_null(column) ? std::string() : iso_date(static_cast<Day>(row.integer(column)));
  }

  /// Adds the charges of a user, with their items, or of an item, with the user. `of`: "user" or "item".
  void add_charges(std::string_view of, std::int64_t row_number) {
    Statement row(m_database, fmt::format("{} WHERE c.{}_no = ?1 ORDER BY c.due_at, i.item_id", k_charges, of));
    row.with(row_number);
    while (row.next()) {
      std::string text = of == "item" ? fmt::format("to {}", row.text(2)) : fmt::format("{}", row.text(0));
      if (of == "user" && !row.text(1).empty()) text += fmt::format(" ({})", row.text(1));
      if (!row.is_null(4)) text += fmt::format(", since {}", time(row, 4));
      if (!row.text(3).empty()) text += fmt::format(", at {}", row.text(3));
      text += fmt::format(", due {}", time(row, 5));
      if (!row.text(6).empty()) text += fmt::format(", under {}", row.text(6));
      if (row.integer(7) > 0) text += fmt::format(", renewals: {}", row.integer(7));
      if (!row.is_null(8)) text += fmt::format(", claimed returned on {}", date(row, 8));
      add("Charged", text);
    }
  }

  void add_holds(const std::string& condition, std::int64_t row_number) {
    Statement row(m_database, fmt::format("{} {} ORDER BY h.placed_at, h.hold_id", k_holds, condition));
    row.with(row_number);
    while (row.next()) {
      std::string text = fmt::format("{} of {}, {}", row.text(0), row.text(1), row.text(3));
      if (!row.is_null(2)) text += fmt::format(", item {}", row.text(2));
      if (!row.text(4).empty()) text += fmt::format(", for pickup at {}", row.text(4));
      if (!row.is_null(5)) text += fmt::format(", placed {}", time(row, 5));
      add("Hold", text);
    }
  }

  void add_bills(std::string_view of, std::int64_t row_number) {
    Statement row(m_database, fmt::format("{} b.{}_no = ?1 ORDER BY b.billed_at, b.bill_id", k_bills, of));
    row.with(row_number);
    while (row.next()) {
      std::string text = fmt::format("{} {}", money(row.integer(1)), row.text(2));
      if (of == "item") text += fmt::format(", of {}", row.text(3));
      if (of == "user" && !row.is_null(4)) text += fmt::format(", for {}", row.text(4));
      if (!row.text(5).empty()) text += fmt::format(", at {}", row.text(5));
      if (!row.is_null(6)) text += fmt::format(", of {}", time(row, 6));
      add("Bill", text);
    }
  }

 private:
  const Database& m_database;
  const Zone& m_zone;
  SubjectFacts& m_to;
};

void add_other_ids(const Database& database, Row user, FactWriter& writer, SubjectFacts& to) {
  Statement row(database, "SELECT id, kind FROM user_aliases WHERE user_no = ?1 ORDER BY kind, id");
  row.with(user);
  while (row.next()) {
    to.ids.emplace_back(row.text(0));
    writer.add(row.text(1) == "inactive" ? "Inactive ID" : "Alternate ID", row.text(0));
  }
}

}  // namespace

std::optional<SubjectFacts> find_item_facts(const Database& database, const std::string& item_id, const Zone& zone) {
  Statement row(database, k_item);
  if (!row.with(item_id).next()) return std::nullopt;
  SubjectFacts to;
  to.heading = row.text(1);
  to.ids = {item_id};
  FactWriter writer(database, zone, to);
  writer.add("Call number", row.text(2));
  writer.add("Type", row.text(3));
  writer.add("Library", row.text(4));
  writer.add("Home", row.text(5));
  writer.add("Location", row.text(6));
  if (!row.is_null(7)) writer.add("Price", money(row.integer(7)));
  writer.add_charges("item", row.integer(0));
  writer.add_holds(row.is_null(10)
                       ? "h.item_no = ?1"
                       : fmt::format("(h.item_no = ?1 OR (h.item_level = 0 AND h.item_no IS NULL AND h.title_no = {}))",
                                     row.integer(10)),
                   row.integer(0));
  writer.add_bills("item", row.integer(0));
  if (!row.is_null(8))
    writer.add("On the server",
               fmt::format("{}, {}", row.text(9).empty() ? "an action" : row.text(9), writer.time(row, 8)));
  return to;
}

std::optional<SubjectFacts> find_user_facts(const Database& database, const std::string& id, const Zone& zone) {
  Statement row(database, k_user);
  if (!row.with(id).next()) return std::nullopt;
  SubjectFacts to;
  const std::string_view last = row.text(2), first = row.text(3);
  to.heading = fmt::format("{}{}{}", last, last.empty() || first.empty() ? "" : ", ", first);
  to.ids = {std::string(row.text(1))};
  FactWriter writer(database, zone, to);
  add_other_ids(database, row.integer(0), writer, to);
  writer.add("Profile", row.text(4));
  writer.add("Library", row.text(5));
  if (row.integer(6) != 0) writer.add("Barred", "yes, by staff");
  writer.add("Expires on", FactWriter::date(row, 7));
  if (row.integer(8) != 0) writer.add("Claims returned", std::to_string(row.integer(8)));
  writer.add("Registered on", FactWriter::date(row, 9));
  writer.add_charges("user", row.integer(0));
  writer.add_holds("h.user_no = ?1", row.integer(0));
  writer.add_bills("user", row.integer(0));
  return to;
}

}  // namespace offcirc
