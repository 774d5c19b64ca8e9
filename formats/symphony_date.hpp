// Dates and times as a Symphony log writes them, in one of several ways.
#pragma once

#include <array>
#include <string_view>

#include "formats/log_format.hpp"
#include "formats/stamp.hpp"

namespace offcirc {

/// Reads `20260612101231`: civil, or unreadable. Quick where the day is the same as last time, as it mostly is.
class SymphonyClock {
 public:
  Stamp read(std::string_view digits);

 private:
  std::array<char, 8> m_day_digits{};
  Seconds m_midnight = 0;
};

/// `8/6/2021,13:49`, `01/13/2023,5:33 PM`, `08/01/2008`, `20120928083300`, `20120928`, `NEVER`, `TODAY`: date, civil,
/// never, or unreadable; none where it is empty. A year of four digits in front goes before `order`. `recorded` is when
/// the line was written, of whose day TODAY is.
Stamp parse_symphony_date(std::string_view value, DateOrder order, Stamp recorded);

/// A session's date and, in a field of its own, its time (`10:12`, `5:33 PM`, `101231`): civil, unreadable where either
/// is, none where either is missing.
Stamp parse_symphony_session(std::string_view date, std::string_view time, DateOrder order);

}  // namespace offcirc
