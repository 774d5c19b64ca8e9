// Queries the database for what the rules need for one transaction when its turn comes, statement by statement, as an
// ordinary loader does. The rules and the schema are offcirc's.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/policy.hpp"
#include "loader/model/state.hpp"
#include "loader/rules/read_set.hpp"

namespace offcirc::bench {

/// What the rules know about earlier transactions of the same load that the tables do not store, by row.
struct Carried {
  struct OfItem {
    std::uint32_t last_entry = k_none;
    Seconds checked_in_at = k_no_time;
    Seconds renewed_at = k_no_time;
    bool renewed_by_checkout = false;
    bool charged_by_load = false;
    std::vector<Renewal> renewals;  // of its charge, oldest first
  };
  std::unordered_map<Row, OfItem> items;
  std::unordered_map<Row, Row> routed_items;             // by hold
  std::unordered_map<Row, std::uint32_t> registered_by;  // by user
  Row last_user = 0, last_bill = 0;                      // before the load
  std::int64_t first_result = 0;                         // of the load
};

class LineState {
 public:
  /// Adds to the policy the codes that only the database knows, and fills the codes of `state`.
  LineState(Database& database, Policy& policy, State& state, const Carried& carried);

  /// Call this once the database has all codes that the load may write.
  void read_codes(Database& database);
  /// Clears `state` except for its codes, then reads into it what `entry` names; its keys are 0 or k_none.
  void fetch(const Entry& entry, ReadSet& read_set);

 private:
  using IndexOfRow = std::unordered_map<Row, std::uint16_t>;

  void fetch_user(const Entry& entry);
  void fetch_item(const Entry& entry);
  void fetch_registration(const Entry& entry, ReadSet& read_set);
  void fetch_charges(Slot user);
  void fetch_bills(Slot user);
  void fetch_other_copies();
  Slot copy_of_row(Row row);
  void fetch_holds(Statement& holds, Row owner, bool item_level, Slot& first);
  Slot add_user(const Statement& row);
  void add_details(Slot user, const Statement& row);
  Slot user_of_row(Row row);

  const Policy& m_policy;
  State& m_state;
  const Carried& m_carried;
  IndexOfRow m_libraries, m_profiles, m_item_types, m_locations, m_rules;
  Statement m_user_by_id, m_user_by_alias, m_user_by_row, m_namesakes, m_item, m_charges, m_bills, m_title_holds,
      m_item_holds, m_copy;
};

}  // namespace offcirc::bench
