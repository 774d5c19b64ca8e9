// Parses the various forms in which a Symphony log writes dates and times.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "formats/log_format.hpp"
#include "formats/stamp.hpp"

namespace offcirc {

/// Parses `20260612101231` (civil); anything else is unreadable. Fast if the minute is the same as in the last call, as
/// it usually is.
class SymphonyClock {
 public:
  Stamp read(std::string_view digits);

 private:
  std::array<char, 12> m_minute_digits{};
  Seconds m_minute = 0;
};

/// Parses `8/6/2021,13:49`, `01/13/2023,5:33 PM` or `20120928083300` (civil), `08/01/2008`, `20120928` or `TODAY`
/// (date), and `NEVER`. Returns none if `value` is empty, and unreadable for anything else. A year of four digits in
/// front overrides `order`. `recorded` is when the line was written, which tells the day of TODAY.
Stamp parse_symphony_date(std::string_view value, DateOrder order, Stamp recorded);

/// Parses dates like parse_symphony_date(), and caches them: a desk gives the same few due dates all day.
class SymphonyDates {
 public:
  explicit SymphonyDates(DateOrder order) : m_order(order) {}

  Stamp read(std::string_view value, Stamp recorded);
  [[nodiscard]] DateOrder order() const { return m_order; }

 private:
  /// A cached value of 8 to 16 bytes: its first and its last eight bytes.
  struct Known {
    std::uint64_t first = 0, last = 0;
    std::size_t bytes = 0;
    Stamp date;
  };
  static constexpr std::size_t k_known_dates = 512;

  DateOrder m_order;
  std::array<Known, k_known_dates> m_known;
};

/// Combines a session's date with its time, which is in a field of its own (`10:12`, `5:33 PM`, `101231`). Returns
/// civil; none if either is missing; unreadable if either is. A date that includes a time is used as is.
Stamp parse_symphony_session(std::string_view date, std::string_view time, DateOrder order);

}  // namespace offcirc
