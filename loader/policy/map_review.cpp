#include "loader/policy/map_review.hpp"

#include <algorithm>
#include <set>

namespace offcirc {
namespace {

using Row = CirculationMap::Row;

bool fits(std::string_view wanted, std::string_view code) {
  return wanted == "*" || wanted == code;
}

/// Which rows are used at one library for one profile, from the bottom up; and the item types that have one.
class Pair {
 public:
  void offer(const Row& row, std::set<const Row*>& used) {
    if (m_any_type) return;
    m_any_type = row.item_type == "*";
    if (m_any_type || m_types.insert(row.item_type).second) used.insert(&row);
  }
  [[nodiscard]] bool has_gap() const { return !m_any_type; }
  [[nodiscard]] std::vector<std::string> types() const { return {m_types.begin(), m_types.end()}; }

 private:
  std::set<std::string> m_types;
  bool m_any_type = false;
};

}  // namespace

MapReview review_map(const Policy& policy) {
  const std::vector<Row>& rows = policy.circulation_map.rows();
  MapReview review;
  std::set<const Row*> used;
  for (const Library& library : policy.libraries) {
    std::vector<const Row*> of_library;  // bottom up
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
      if (fits(row->library, library.code)) of_library.push_back(&*row);
    for (const Profile& profile : policy.profiles) {
      Pair pair;
      for (const Row* row : of_library)
        if (fits(row->user_profile, profile.name)) pair.offer(*row, used);
      if (pair.has_gap() && !profile.system) review.gaps.push_back({library.code, profile.name, pair.types()});
    }
  }
  for (const Row& row : rows)
    if (!used.contains(&row)) review.never_used.push_back(&row);
  return review;
}

}  // namespace offcirc
