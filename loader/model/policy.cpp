#include "loader/model/policy.hpp"

#include <algorithm>
#include <set>

#include "formats/fields.hpp"

namespace offcirc {

LibraryIndex Policy::find_library(std::string_view code) const {
  const auto found =
      std::find_if(libraries.begin(), libraries.end(), [&](const Library& library) { return library.code == code; });
  return found == libraries.end() ? k_no_library : static_cast<LibraryIndex>(found - libraries.begin());
}

ProfileIndex Policy::find_profile(std::string_view name) const {
  const auto found =
      std::find_if(profiles.begin(), profiles.end(), [&](const Profile& profile) { return profile.name == name; });
  return found == profiles.end() ? k_no_profile : static_cast<ProfileIndex>(found - profiles.begin());
}

std::string normal_station(std::string_view station) {
  constexpr std::size_t k_digits = 4;
  std::string normal(station);
  const bool is_number = !station.empty() && station.size() < k_digits &&
                         std::all_of(station.begin(), station.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (is_number) normal.insert(0, k_digits - station.size(), '0');
  return normal;
}

namespace {

bool has_alias(const Library& library, std::string_view name) {
  return std::any_of(library.aliases.begin(), library.aliases.end(),
                     [&](const std::string& alias) { return equal_ignoring_case(alias, name); });
}

}  // namespace

LibraryIndex find_library_called(std::string_view name, const Policy& policy) {
  if (name.empty()) return k_no_library;
  if (const LibraryIndex index = policy.find_library(name); index != k_no_library) return index;
  LibraryIndex found = k_no_library;
  for (std::size_t i = 0; i < policy.libraries.size(); ++i) {
    const Library& library = policy.libraries[i];
    const bool is_called = equal_ignoring_case(library.code, name) || equal_ignoring_case(library.name, name);
    if (!is_called && !has_alias(library, name)) continue;
    if (found != k_no_library) return k_no_library;
    found = static_cast<LibraryIndex>(i);
  }
  return found;
}

std::string_view code_of_library_called(std::string_view name, const Policy& policy) {
  const LibraryIndex index = find_library_called(name, policy);
  return index == k_no_library ? std::string_view() : policy.libraries[index].code;
}

std::string folded_library_name(std::string_view name) {
  std::string folded(name);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

namespace {

using Row = CirculationMap::Row;

bool fits(std::string_view wanted, std::string_view code) {
  return wanted == "*" || wanted == code;
}

/// Determines which rows apply at one library for one profile. Rows are offered from the bottom up.
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
