#include "loader/policy/circulation_rule.hpp"

#include "formats/fields.hpp"

namespace offcirc {
namespace {

// More days than a library will ever lend for; keeps all arithmetic on due dates far from its limits.
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

}  // namespace offcirc
