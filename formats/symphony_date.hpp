// Dates and times as a Symphony log writes them, in one of several ways.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "formats/log_format.hpp"
#include "formats/stamp.hpp"

namespace offcirc {

/// Reads `20260612101231`: civil, or unreadable. Quick where the minute is the same as last time, as it mostly is.
class SymphonyClock {
 public:
  Stamp read(std::string_view digits);

 private:
  std::array<char, 12> m_minute_digits{};
  Seconds m_minute = 0;
};

/// `8/6/2021,13:49`, `01/13/2023,5:33 PM`, `08/01/2008`, `20120928083300`, `20120928`, `NEVER`, `TODAY`: date, civil,
/// never, or unreadable; none where it is empty. A year of four digits in front goes before `order`. `recorded` is when
/// the line was written, of whose day TODAY is.
Stamp parse_symphony_date(std::string_view value, DateOrder order, Stamp recorded);

/// Reads dates as parse_symphony_date() does, and remembers them: a desk gives the same few due dates all day.
class SymphonyDates {
 public:
  explicit SymphonyDates(DateOrder order) : m_order(order) {}

  Stamp read(std::string_view value, Stamp recorded);
  [[nodiscard]] DateOrder order() const { return m_order; }

 private:
  /// Of a value of 8 to 16 bytes, its first and its last eight.
  struct Known {
    std::uint64_t first = 0, last = 0;
    std::size_t bytes = 0;
    Stamp date;
  };
  static constexpr std::size_t k_known_dates = 512;

  DateOrder m_order;
  std::array<Known, k_known_dates> m_known;
};

/// A session's date and, in a field of its own, its time (`10:12`, `5:33 PM`, `101231`): civil, unreadable where either
/// is, none where either is missing.
Stamp parse_symphony_session(std::string_view date, std::string_view time, DateOrder order);

}  // namespace offcirc
