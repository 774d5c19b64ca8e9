#include "loader/hints/id_shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace offcirc {
namespace {

// Longer IDs are not in use anywhere; a pattern may well accept endless ones.
constexpr std::size_t k_longest_id = 20;

bool is_digit(char ch) {
  return ch >= '0' && ch <= '9';
}

bool all_digits(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), is_digit);
}

// How many digits more would make it match; 0 where none would.
std::size_t missing_digits(std::string_view id, const IdPattern& pattern) {
  std::string padded(id);
  for (std::size_t missing = 1; padded.size() < k_longest_id; ++missing)
    if (pattern.fits(padded += '0')) return missing;
  return 0;
}

}  // namespace

std::string oddity(std::string_view id, IdKind kind, const IdPatterns& patterns) {
  const IdPattern& own = kind == IdKind::user ? patterns.user : patterns.item;
  const IdPattern& other = kind == IdKind::user ? patterns.item : patterns.user;
  if (own.fits(id)) {
    const bool wrong = patterns.check_digit && all_digits(id) && !has_right_check_digit(id);
    return wrong ? "The check digit is wrong." : "";
  }
  if (other.fits(id)) return kind == IdKind::user ? "It looks like an item ID." : "It looks like a user ID.";
  if (!own.is_given() || !all_digits(id)) return {};
  const std::size_t missing = missing_digits(id, own);
  if (missing == 0) return {};
  return fmt::format("It is cut short: {} digit{} missing.", missing, missing == 1 ? " is" : "s are");
}

// None comes twice: each differs from the ID at another digit, or in another pair.
std::vector<std::string> near_misses(std::string_view id) {
  std::vector<std::string> misses;
  std::string candidate(id);
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (is_digit(id[i])) {
      for (candidate[i] = '0'; candidate[i] <= '9'; ++candidate[i])
        if (candidate[i] != id[i]) misses.push_back(candidate);
      candidate[i] = id[i];
    }
    if (i + 1 < id.size() && id[i] != id[i + 1]) {
      std::swap(candidate[i], candidate[i + 1]);
      misses.push_back(candidate);
      std::swap(candidate[i], candidate[i + 1]);
    }
  }
  return misses;
}

}  // namespace offcirc
