#include "formats/symphony_date.hpp"

#include "formats/civil.hpp"
#include "formats/compact_stamp.hpp"
#include "formats/fields.hpp"
#include "formats/written_stamp.hpp"

namespace offcirc {
namespace {

constexpr Stamp k_unreadable(StampForm::unreadable, 0);

}  // namespace

Stamp parse_symphony_time(std::string_view digits) {
  return digits.size() == 14 ? parse_compact_stamp(digits) : k_unreadable;
}

Stamp parse_symphony_date(std::string_view value, DateOrder order, Stamp recorded) {
  value = trimmed(value);
  if (value.empty()) return {};
  if (equal_ignoring_case(value, "NEVER")) return {StampForm::never, 0};
  if (equal_ignoring_case(value, "TODAY")) {
    return recorded.says_when() ? Stamp(StampForm::date, start_of_day(recorded.seconds())) : k_unreadable;
  }
  if (is_digits(value)) return parse_compact_stamp(value);
  return parse_written_stamp(value, order);
}

Stamp parse_symphony_session(std::string_view date, std::string_view time, DateOrder order) {
  const Stamp day = parse_symphony_date(date, order, {});
  if (day.is(StampForm::civil)) return day;
  if (day.is(StampForm::none) || trimmed(time).empty()) return {};
  const auto clock = parse_written_clock(trimmed(time));
  if (!day.is(StampForm::date) || !clock) return k_unreadable;
  return {StampForm::civil, day.seconds() + *clock};
}

}  // namespace offcirc
