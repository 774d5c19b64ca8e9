// Dates and times as logs write them, before anybody knows whose clock or which zone they are of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

// A date or a time just as a log says it, before anybody knows whose clock or which zone it is of.

/// Seconds since 1970-01-01T00:00:00, of UTC or of a civil clock as the name of the variable says.
using Seconds = std::int64_t;
inline constexpr Seconds k_day_seconds = 86'400;

enum class StampForm : std::uint8_t {
  none,        ///< the log does not say
  unreadable,  ///< the log says something that is no date
  date,        ///< a bare civil date: its midnight
  civil,       ///< a date and time of the station's local clock
  absolute,    ///< UTC
  never,       ///< `NEVER`: a due date that does not come
};

/// Eight bytes, since a batch holds four for each of its transactions.
class Stamp {
 public:
  constexpr Stamp() = default;
  constexpr Stamp(StampForm form, Seconds seconds) : m_packed(seconds * k_forms + static_cast<Seconds>(form)) {}

  [[nodiscard]] constexpr StampForm form() const { return static_cast<StampForm>(m_packed & (k_forms - 1)); }
  /// Since 1970, of the clock that form() tells; 0 for none, unreadable and never.
  [[nodiscard]] constexpr Seconds seconds() const { return m_packed >> 3; }
  [[nodiscard]] constexpr bool is(StampForm form) const { return this->form() == form; }
  /// There is a date or a time (or `NEVER`) to use.
  [[nodiscard]] constexpr bool says_when() const { return form() > StampForm::unreadable; }

  friend constexpr bool operator==(Stamp, Stamp) = default;

 private:
  static constexpr Seconds k_forms = 8;
  Seconds m_packed = 0;
};

// Dates and times of the calendar as seconds of a civil clock.

/// Midnight of that day; nullopt where there is no such day or the year is not in 1..9999.
std::optional<Seconds> civil_day(int year, int month, int day);

/// Seconds since midnight; nullopt where there is no such time.
std::optional<Seconds> time_of_day(int hour, int minute, int second);

/// Midnight of the day that `seconds` of a civil clock are in.
Seconds start_of_day(Seconds seconds);

// Dates and times in the ISO 8601 form, as CSV files have them.

/// `2026-06-12`, `2026-06-12T10:12`, `2026-06-12 10:12:31.5`, behind a time `Z`, `-05:00`, `-0500`, `-05` or nothing:
/// date, civil or absolute. `NEVER` in any case is never; fractions of a second are dropped. Nullopt where it is none
/// of these.
std::optional<Stamp> parse_iso_stamp(std::string_view text);

/// What parse_iso_stamp() reads back as the same: `2026-06-12`, `2026-06-12T10:12:31`, with `Z` behind an absolute one,
/// or `NEVER`. Empty for none, `unreadable` for what is unreadable.
std::string iso_stamp_text(Stamp stamp);

// Dates and times written as digits and nothing else, as machines like to write them.

/// `20260612`: date; `202606121012`, `20260612101231`: civil; anything else: unreadable.
Stamp parse_compact_stamp(std::string_view digits);

/// `1012`, `101231`: seconds since midnight; nullopt where it is no such time.
std::optional<Seconds> parse_compact_clock(std::string_view digits);

}  // namespace offcirc
