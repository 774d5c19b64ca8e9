// Converts the civil time of the library system to UTC and back, through the changes of daylight saving.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/stamp.hpp"

namespace offcirc {

/// Days since 1970-01-01, of the civil calendar.
using Day = std::int32_t;

/// UTC and civil times have the same type here, so the names say which is which.
class Zone {
 public:
  /// From `starts_at` (UTC) on, civil time is UTC plus `offset` seconds.
  struct Period {
    Seconds starts_at;
    Seconds offset;
  };

  /// `periods` are in order of time, and the first begins before any time in use. The default is UTC.
  explicit Zone(std::string name = "UTC", std::vector<Period> periods = {{INT64_MIN / 4, 0}});

  [[nodiscard]] const std::string& name() const { return m_name; }
  /// Seconds to add to UTC to get civil time.
  [[nodiscard]] Seconds offset_at(Seconds utc) const;
  [[nodiscard]] Seconds to_civil(Seconds utc) const { return utc + offset_at(utc); }
  [[nodiscard]] Day day_of(Seconds utc) const;

  /// The two UTC times that a civil time may mean, the earlier first. They differ only in the hour that is repeated in
  /// autumn. A civil time that is skipped in spring is moved forward by the gap.
  [[nodiscard]] std::pair<Seconds, Seconds> both_utc(Seconds civil) const;
  [[nodiscard]] Seconds to_utc(Seconds civil) const { return both_utc(civil).first; }
  /// Midnight that begins `day`, in UTC.
  [[nodiscard]] Seconds start_of(Day day) const { return to_utc(Seconds{day} * k_day_seconds); }

 private:
  std::string m_name;
  std::vector<Period> m_periods;
};

/// Loads the zone of that name (`America/Chicago`) from the system's tz database. Throws RunError with the name if
/// there is none.
Zone load_zone(const std::string& name);

// The yearly rule of daylight saving that a zone follows after the changes that the tz database lists.

/// The changes of offset that a rule such as `CST6CDT,M3.2.0,M11.1.0` (POSIX.1, TZ) makes after `after` (UTC) and
/// before the end of `last_year`, in order. None if the rule has no daylight saving, or does not give its days by
/// month, week and weekday, as all rules of the tz database do.
std::vector<Zone::Period> yearly_changes(std::string_view rule, Seconds after, int last_year);

}  // namespace offcirc
