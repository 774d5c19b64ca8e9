#include "loader/store/fetch.hpp"

#include <fmt/format.h>

#include <utility>

#include "loader/store/codes.hpp"

namespace offcirc {

namespace {

// One part in so many: below that, it costs less to ask for each row.
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

bool Fetch::is_worth_a_scan(std::size_t wanted, std::string_view table, std::string_view key) const {
  return wanted * k_least_part > static_cast<std::size_t>(last_row(table, key));
}

Row Fetch::last_row(std::string_view table, std::string_view key) const {
  Statement last(m_database, fmt::format("SELECT ifnull(max({}), 0) FROM {}", key, table));
  last.next();
  return last.integer(0);
}

void Fetch::fetch_codes() {
  const CodeTables tables(m_database);
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
  for (const auto& [code, row] : tables.locations.all()) m_locations.emplace(row, m_state.location(code));
  for (const auto& [text, row] : tables.rules.all()) {
    CirculationRule rule = parse_rule(text).value_or(CirculationRule{});
    rule.text = text;
    m_rules.emplace(row, m_state.rule(rule));
  }
}

}  // namespace offcirc
