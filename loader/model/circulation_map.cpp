#include "loader/model/circulation_map.hpp"

#include <algorithm>

#include "formats/fields.hpp"

namespace offcirc {

namespace {

// More days than any library lends for, and few enough that due date arithmetic can't overflow.
constexpr int k_max_number = 99'999;

// `21D` or `4H`.
struct Counted {
  int number = 0;
  bool hourly = false;
};

std::optional<Counted> parse_counted(std::string_view text) {
  if (text.size() < 2 || (text.back() != 'D' && text.back() != 'H')) return std::nullopt;
  const auto number = parse_digits(text.substr(0, text.size() - 1));
  if (!number || *number > k_max_number) return std::nullopt;
  return Counted{*number, text.back() == 'H'};
}

}  // namespace

std::optional<CirculationRule> parse_rule(std::string_view text) {
  const auto first = text.find('-');
  const auto second = first == std::string_view::npos ? first : text.find('-', first + 1);
  if (second == std::string_view::npos || text.back() != 'M') return std::nullopt;
  const auto loan = parse_counted(text.substr(0, first));
  const auto rate = parse_counted(text.substr(first + 1, second - first - 1));
  const auto cap_cents = parse_money(text.substr(second + 1, text.size() - second - 2));
  if (!loan || !rate || !cap_cents) return std::nullopt;
  return CirculationRule{loan->number, loan->hourly, rate->number, rate->hourly, *cap_cents, std::string(text)};
}

namespace {

bool fits(std::string_view wanted, std::string_view code) {
  return wanted == "*" || wanted == code;
}

}  // namespace

const CirculationMap::Row* CirculationMap::find(std::string_view library, std::string_view user_profile,
                                                std::string_view item_type) const {
  const auto row = std::find_if(m_rows.rbegin(), m_rows.rend(), [&](const Row& candidate) {
    return fits(candidate.library, library) && fits(candidate.user_profile, user_profile) &&
           fits(candidate.item_type, item_type);
  });
  return row == m_rows.rend() ? nullptr : &*row;
}

}  // namespace offcirc
