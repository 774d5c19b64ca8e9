#include "loader/time/iso8601.hpp"

#include <chrono>

#include "formats/stamp.hpp"

namespace offcirc {
namespace {

void append_digits(std::string& text, unsigned value, unsigned count) {
  char digits[10];
  for (unsigned i = count; i-- > 0; value /= 10) digits[i] = static_cast<char>('0' + value % 10);
  text.append(digits, count);
}

void append_date(std::string& text, Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  const int year = static_cast<int>(date.year());
  if (year < 0) text += '-';
  append_digits(text, static_cast<unsigned>(year < 0 ? -year : year), year > 9999 ? 5 : 4);
  text += '-';
  append_digits(text, static_cast<unsigned>(date.month()), 2);
  text += '-';
  append_digits(text, static_cast<unsigned>(date.day()), 2);
}

// `10:12`, or `10:12:31` with seconds.
void append_clock(std::string& text, unsigned seconds, bool with_seconds) {
  append_digits(text, seconds / 3600, 2);
  text += ':';
  append_digits(text, seconds / 60 % 60, 2);
  if (!with_seconds) return;
  text += ':';
  append_digits(text, seconds % 60, 2);
}

}  // namespace

std::string iso_time(Seconds utc, const Zone& zone) {
  if (utc == k_no_time) return {};
  if (utc == k_never) return "NEVER";
  // ISO 8601 offsets have no seconds, but those of some zones before 1920 did. Such an offset is cut to whole minutes
  // for the civil time as well, so that the text still means the same instant.
  const Seconds offset = zone.offset_at(utc) / 60 * 60;
  const Seconds civil = utc + offset;
  const Seconds into_day = (civil % k_day_seconds + k_day_seconds) % k_day_seconds;

  std::string text;
  text.reserve(25);
  append_date(text, static_cast<Day>((civil - into_day) / k_day_seconds));
  text += 'T';
  append_clock(text, static_cast<unsigned>(into_day), true);
  text += offset < 0 ? '-' : '+';
  append_clock(text, static_cast<unsigned>(offset < 0 ? -offset : offset), false);
  return text;
}

std::string iso_date(Day day) {
  std::string text;
  append_date(text, day);
  return text;
}

std::optional<Stamp> parse_iso(std::string_view text) {
  return parse_iso_stamp(text);
}

Seconds utc_of(Stamp stamp, const Zone& zone) {
  switch (stamp.form()) {
    case StampForm::none:
    case StampForm::unreadable:
      return k_no_time;
    case StampForm::date:
    case StampForm::civil:
      return zone.to_utc(stamp.seconds());
    case StampForm::absolute:
      return stamp.seconds();
    case StampForm::never:
      return k_never;
  }
  return k_no_time;
}

}  // namespace offcirc
