// What the program says to people: sentences on standard error, so that results have standard output for themselves.
#pragma once

#include <cstdint>
#include <string_view>

namespace offcirc {

class Console {
 public:
  enum class Color : std::uint8_t { automatic, always, never };

  /// automatic: where standard error is a terminal, TERM is not `dumb`, and NO_COLOR is not set.
  void set_color(Color color) { m_color = color; }
  void set_quiet(bool quiet) { m_quiet = quiet; }

  // What a file name could do to a terminal is shown as `\x1b`.

  /// Whole sentences about what went wrong; printed even with --quiet.
  void error(std::string_view sentences) const;
  /// Whole sentences about what was done; not printed with --quiet.
  void note(std::string_view sentences) const;

 private:
  Color m_color = Color::automatic;
  bool m_quiet = false;
};

}  // namespace offcirc
