#include "loader/config/near_miss.hpp"

#include <algorithm>

namespace offcirc {
namespace {

// How many letters must be changed, added, removed or swapped with their neighbour to make `a` into `b`.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_before, before(b.size() + 1), current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) before[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({changed, before[j] + 1, current[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) current[j] = std::min(current[j], two_before[j - 2] + 1);
    }
    two_before = before;
    before = current;
  }
  return before[b.size()];
}

}  // namespace

std::string hint_of(std::string_view wrong, const std::vector<std::string_view>& known) {
  // In a short word two wrong letters make another word.
  const std::size_t tolerated = wrong.size() < 5 ? 1 : 2;
  std::size_t nearest = tolerated + 1;
  std::string_view meant;
  bool several = false;
  for (const std::string_view candidate : known) {
    const std::size_t far = distance(wrong, candidate);
    if (far < nearest) {
      nearest = far;
      meant = candidate;
      several = false;
    } else if (far == nearest && candidate != meant) {
      several = true;
    }
  }
  if (meant.empty() || several) return ".";
  return "; did you mean '" + std::string(meant) + "'?";
}

}  // namespace offcirc
