// A date or a time just as a log says it, before anybody knows whose clock or which zone it is of.
#pragma once

#include <cstdint>

namespace offcirc {

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

}  // namespace offcirc
