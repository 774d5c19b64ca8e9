// Compares an extract of the live system with what recent loads did to items. A load knows more than an extract made
// before its results reached the live system, so such an extract must not undo it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "loader/database/sqlite.hpp"
#include "loader/model/state.hpp"

namespace offcirc {

/// What a recent load decided about an item, without the live system having confirmed it.
struct StandingResult {
  std::int64_t load = 0, n = 0;
  std::optional<Row> user;  ///< who has the item now; none: nobody
  /// UTC; if the result is a renewal, the due date now: that the same user has the item does not confirm a renewal.
  std::optional<Seconds> renewed_to;
};

/// The items on which loads that stand took effect, and whose latest results are not confirmed.
class StandingResults {
 public:
  /// Loads that began before `since` (UTC) don't count.
  StandingResults(Database& database, Seconds since);

  /// Null if no result stands for the item.
  [[nodiscard]] const StandingResult* of(Row item) const;
  /// Notes that the extract agrees about the item.
  void agree(Row item) { m_agreed.insert(item); }
  /// Notes that the extract disagrees: `user` has the item, or nobody. What the load decided is kept, unless `force`.
  void disagree(Row item, std::optional<Row> user, bool force);
  /// Calls agree() or disagree() for each item that the extract, which lists all charges, does not have. Returns the
  /// items whose charge must be kept all the same. `stays` tells whether both rows will exist after the import, without
  /// which no charge can be kept.
  std::vector<Row> compare_absent(const std::vector<Row>& seen_items, bool force,
                                  const std::function<bool(Row item, Row user)>& stays);
  /// The users whom recent loads registered, and who may not be in the live system yet.
  [[nodiscard]] std::vector<Row> registered_users() const;
  /// The bills that recent loads made for items on which the live system does not agree yet.
  [[nodiscard]] std::vector<Row> bills_made() const;

  /// Records that the live system has the results of all items of agree(). Returns how many results that are.
  std::int64_t confirm(Seconds at) const;
  /// A sentence for each disagreement, the first hundred at most.
  [[nodiscard]] std::vector<std::string> sentences() const;
  [[nodiscard]] std::size_t disagreements() const { return m_disagreed.size(); }

 private:
  struct Disagreement {
    Row item = 0;
    std::optional<Row> user;
    bool forced = false;
  };

  [[nodiscard]] std::string name_of_user(std::optional<Row> user) const;

  Database& m_database;
  Seconds m_since;
  std::map<Row, StandingResult> m_results;
  std::set<Row> m_agreed;
  std::vector<Disagreement> m_disagreed;
};

}  // namespace offcirc
