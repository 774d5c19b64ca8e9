#include "loader/circulation/fetch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "loader/circulation/codes.hpp"
#include "loader/database/array_table.hpp"

namespace offcirc {

namespace {

// A table is read whole if more than one in this many of its rows is wanted. For fewer, single lookups are faster.
constexpr std::size_t k_least_part = 4;

}  // namespace

Fetch::Fetch(Database& database, const ReadSet& read_set, Policy& policy)
    : m_database(database), m_read_set(read_set), m_policy(policy) {}

State Fetch::run() {
  fetch_codes();
  fetch_users_by_id();
  fetch_users_by_alias();
  fetch_items();
  fetch_holders();
  m_full_users = m_state.users.size();
  fetch_namesakes();
  fetch_registered_details();
  mark_registered_by_loads();
  fetch_charges();
  fetch_bills();
  fetch_holds(false);
  fetch_holds(true);
  fetch_routed_copies();
  return std::move(m_state);
}

State fetch_state(Database& database, const ReadSet& read_set, Policy& policy) {
  return Fetch(database, read_set, policy).run();
}

bool Fetch::is_worth_a_scan(std::size_t wanted, std::string_view table, std::string_view key) const {
  return wanted * k_least_part > static_cast<std::size_t>(last_row(table, key));
}

Row Fetch::last_row(std::string_view table, std::string_view key) const {
  Statement last(m_database, fmt::format("SELECT coalesce(max({}), 0) FROM {}", key, table));
  last.next();
  return last.integer(0);
}

// The configuration adds codes to those of the database, and the rules add three locations.
void Fetch::require_room_for_codes(const CodeTables& tables) const {
  constexpr std::size_t k_locations_of_rules = 3;
  std::unordered_set<std::string_view> rules;
  for (const auto& row : m_policy.circulation_map.rows()) rules.insert(row.rule.text);
  for (const Library& library : m_policy.libraries) rules.insert(library.offline.default_loan.text);
  const auto unknown = [](const CodeTable& table, const auto& all, const auto& code_of) {
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const auto& one) { return !table.find(code_of(one)); }));
  };
  tables.libraries.require_room(unknown(tables.libraries, m_policy.libraries, [](const Library& l) { return l.code; }));
  tables.profiles.require_room(unknown(tables.profiles, m_policy.profiles, [](const Profile& p) { return p.name; }));
  tables.item_types.require_room(0);
  tables.locations.require_room(m_policy.profiles.size() + k_locations_of_rules);
  tables.rules.require_room(unknown(tables.rules, rules, [](std::string_view text) { return text; }));
}

void Fetch::fetch_codes() {
  const CodeTables tables(m_database);
  require_room_for_codes(tables);
  for (const auto& [code, row] : tables.libraries.all()) {
    LibraryIndex index = m_policy.find_library(code);
    if (index == k_no_library) {
      Library library;
      library.code = code;
      library.offline = m_policy.default_offline;
      library.calendar = m_policy.system_calendar;
      index = static_cast<LibraryIndex>(m_policy.libraries.size());
      m_policy.libraries.push_back(std::move(library));
    }
    m_libraries.emplace(row, index);
  }
  for (const auto& [name, row] : tables.profiles.all()) {
    ProfileIndex index = m_policy.find_profile(name);
    if (index == k_no_profile) {
      index = static_cast<ProfileIndex>(m_policy.profiles.size());
      m_policy.profiles.emplace_back().name = name;
    }
    m_profiles.emplace(row, index);
  }
  for (const auto& [code, row] : tables.item_types.all()) {
    m_item_types.emplace(row, static_cast<CodeIndex>(m_state.item_types.size()));
    m_state.item_types.push_back(code);
  }
  for (const auto& [code, row] : tables.locations.all()) {
    m_locations.emplace(row, static_cast<CodeIndex>(m_state.locations.size()));
    m_state.locations.push_back(code);
  }
  for (const auto& [text, row] : tables.rules.all()) {
    CirculationRule rule = parse_rule(text).value_or(CirculationRule{});
    rule.text = text;
    m_rules.emplace(row, static_cast<CodeIndex>(m_state.rules.size()));
    m_state.rules.push_back(std::move(rule));
  }
}

namespace {

// Copies that an earlier load told staff to check in again for a hold, and to which nothing has happened since. The
// journal does not say which hold. Last column: when the oldest item-level hold on this very copy was placed; NULL:
// there is none.
constexpr std::string_view k_routed_copies = R"sql(
SELECT i.title_no, i.item_no, r.occurred_at,
  (SELECT min(coalesce(h.placed_at, -9223372036854775808)) FROM holds h
   WHERE h.item_no = i.item_no AND h.item_level = 1 AND h.status = 'waiting')
FROM wanted CROSS JOIN items i ON i.title_no = wanted.title_no
CROSS JOIN result_rows r ON r.result = i.last_result
CROSS JOIN result_findings f ON f.result = r.result
WHERE r.kind = (SELECT kind FROM kinds WHERE code = 'checkin') AND r.disposition = 1
  AND instr(f.findings, '"route-for-hold"') > 0
  AND coalesce(i.last_action_at, r.occurred_at) <= r.occurred_at
  AND NOT EXISTS (SELECT 1 FROM charges c WHERE c.item_no = i.item_no)
  AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.item_no = i.item_no AND h.status IN ('on-shelf', 'in-transit'))
ORDER BY r.occurred_at, i.item_id
)sql";

}  // namespace

// Gives each copy the hold that it was routed for: the oldest that was waiting then. So no other copy is routed to that
// hold.
void Fetch::fetch_routed_copies() {
  LargeVector<Row> titles;
  for (const Title& title : m_state.titles)
    if (title.first_hold != k_none) titles.push_back(title.row);
  if (titles.empty()) return;
  std::sort(titles.begin(), titles.end());
  const ArrayTable wanted(m_database, "wanted", "title_no INTEGER", titles.size(), rows_of(titles));
  // By title: the hold from which to go on. The holds before it have their copy or had expired.
  std::vector<Slot> next_holds;
  for (const Title& title : m_state.titles) next_holds.push_back(title.first_hold);
  Statement copies(m_database, k_routed_copies);
  while (copies.next()) {
    const Slot title = m_titles.find(copies.integer(0));
    if (title == k_none) continue;
    const Seconds at = copies.integer(2);
    const Seconds waits_for_copy = copies.integer_or(3, std::numeric_limits<Seconds>::max());
    const Day day = m_policy.zone.day_of(at);
    Slot& slot = next_holds[title];
    const auto is_over = [&](const Hold& hold) {
      return hold.status != HoldStatus::waiting || hold.routed_item != k_none || hold.expires_on < day;
    };
    while (slot != k_none && is_over(m_state.holds[slot])) slot = m_state.holds[slot].next;
    if (slot == k_none) continue;
    Hold& hold = m_state.holds[slot];
    if (hold.placed_at > at || waits_for_copy <= hold.placed_at) continue;
    const Slot item = m_items.find(copies.integer(1));
    hold.routed_item = item == k_none ? k_another_copy : item;
  }
}

}  // namespace offcirc
