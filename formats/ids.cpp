#include "formats/ids.hpp"

#include <algorithm>
#include <regex>

#include "formats/fields.hpp"

namespace offcirc {

struct IdPattern::Compiled {
  std::string text;
  std::regex regex;
};

IdPattern::IdPattern(std::string_view expression)
    : m_compiled(std::make_shared<Compiled>(
          Compiled{std::string(expression), std::regex(expression.begin(), expression.end())})) {}

std::string_view IdPattern::text() const {
  return m_compiled == nullptr ? std::string_view() : m_compiled->text;
}

bool IdPattern::fits(std::string_view id) const {
  constexpr std::size_t k_max_id_bytes = 64;
  return m_compiled != nullptr && id.size() <= k_max_id_bytes &&
         std::regex_search(id.begin(), id.end(), m_compiled->regex);
}

std::string_view strip_id(std::string_view id, std::string_view start_stop) {
  const std::string_view whole = trimmed_text(id);
  const auto is_start_stop = [&](char c) { return start_stop.find(c) != std::string_view::npos; };
  // A start and a stop character with nothing between them is not a scan: left as is, so that somebody notices.
  if (whole.size() < 3 || !is_start_stop(whole.front()) || !is_start_stop(whole.back())) return whole;
  return trimmed_text(whole.substr(1, whole.size() - 2));
}

bool has_right_check_digit(std::string_view digits) {
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return false;
  int sum = 0;
  bool doubled = false;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, doubled = !doubled) {
    const int value = (*digit - '0') * (doubled ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

}  // namespace offcirc
