#include "formats/sip2_date.hpp"

#include <optional>
#include <string>

#include "formats/compact_stamp.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_day_digits = 8;
constexpr std::size_t k_zone_bytes = 4;
constexpr Stamp k_unreadable(StampForm::unreadable, 0);

// Hours ahead of UTC. J is no zone.
std::optional<int> hours_of_zone(char letter) {
  if (letter == 'Z') return 0;
  if (letter >= 'A' && letter <= 'I') return letter - 'A' + 1;
  if (letter >= 'K' && letter <= 'M') return letter - 'K' + 10;
  if (letter >= 'N' && letter <= 'Y') return -(letter - 'N' + 1);
  return std::nullopt;
}

}  // namespace

Stamp parse_sip2_date(std::string_view text) {
  constexpr Seconds k_hour_seconds = 3600;
  if (text.find_first_not_of(" 0") == std::string_view::npos) return {};
  if (text.size() != k_sip2_date_bytes) return k_unreadable;
  const std::string_view zone = text.substr(k_day_digits, k_zone_bytes);
  const Stamp local = parse_compact_stamp(std::string(text.substr(0, k_day_digits)) +
                                          std::string(text.substr(k_day_digits + k_zone_bytes)));
  if (!local.is(StampForm::civil) || zone == "    ") return local;
  const auto hours = zone.starts_with("   ") ? hours_of_zone(zone.back()) : std::nullopt;
  return hours ? Stamp(StampForm::absolute, local.seconds() - *hours * k_hour_seconds) : k_unreadable;
}

Stamp parse_sip2_day(std::string_view text) {
  const Stamp stamp = parse_sip2_date(text);
  const bool is_midnight = stamp.seconds() % k_day_seconds == 0;
  return stamp.is(StampForm::civil) && is_midnight ? Stamp(StampForm::date, stamp.seconds()) : stamp;
}

}  // namespace offcirc
