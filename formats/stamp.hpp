// Dates and times as logs write them, before it is known which clock and time zone they refer to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

/// Seconds since 1970-01-01T00:00:00, in UTC or on a civil clock, as the variable's name says.
using Seconds = std::int64_t;
inline constexpr Seconds k_day_seconds = 86'400;

enum class StampForm : std::uint8_t {
  none,        ///< the log does not say
  unreadable,  ///< the log has a value that is not a date
  date,        ///< a civil date without a time of day, stored as its midnight
  civil,       ///< a date and time on the station's local clock
  absolute,    ///< UTC
  never,       ///< `NEVER`: a due date that never comes
};

/// A date or time as a log has it. Packed into eight bytes, because a batch holds four for each of its transactions.
class Stamp {
 public:
  constexpr Stamp() = default;
  constexpr Stamp(StampForm form, Seconds seconds) : m_packed(seconds * k_forms + static_cast<Seconds>(form)) {}

  [[nodiscard]] constexpr StampForm form() const { return static_cast<StampForm>(m_packed & (k_forms - 1)); }
  /// Seconds since 1970 on the clock that form() names; 0 for none, unreadable and never.
  [[nodiscard]] constexpr Seconds seconds() const { return m_packed >> 3; }
  [[nodiscard]] constexpr bool is(StampForm form) const { return this->form() == form; }
  /// Returns whether there is a date, a time or `NEVER` to use.
  [[nodiscard]] constexpr bool says_when() const { return form() > StampForm::unreadable; }

  friend constexpr bool operator==(Stamp, Stamp) = default;

 private:
  static constexpr Seconds k_forms = 8;
  Seconds m_packed = 0;
};

// Calendar dates and times of day as seconds on a civil clock.

/// Returns midnight of that day; nullopt if there is no such day or the year is not in 1..9999.
std::optional<Seconds> civil_day(int year, int month, int day);

/// Returns seconds since midnight; nullopt if there is no such time.
std::optional<Seconds> time_of_day(int hour, int minute, int second);

/// Returns midnight of the day of `seconds`, a civil time.
Seconds start_of_day(Seconds seconds);

// ISO 8601 dates and times, as CSV files have them.

/// Parses `2026-06-12` (date), `2026-06-12T10:12` or `2026-06-12 10:12:31.5` (civil), or such a time followed by `Z`,
/// `-05:00`, `-0500` or `-05` (absolute). `NEVER`, in any letter case, is never. Fractions of a second are dropped.
/// Returns nullopt for anything else.
std::optional<Stamp> parse_iso_stamp(std::string_view text);

/// Formats a stamp so that parse_iso_stamp() reads back an equal one: `2026-06-12`; `2026-06-12T10:12:31`, with a `Z`
/// at the end if it is absolute; or `NEVER`. Returns an empty string for none, and `unreadable` for unreadable.
std::string iso_stamp_text(Stamp stamp);

// Dates and times written as digits only, as machines like to write them.

/// Parses `20260612` (date) and `202606121012` or `20260612101231` (civil); anything else is unreadable.
Stamp parse_compact_stamp(std::string_view digits);

/// Parses `1012` or `101231` into seconds since midnight; nullopt if it is not such a time.
std::optional<Seconds> parse_compact_clock(std::string_view digits);

}  // namespace offcirc
