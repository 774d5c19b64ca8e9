// What IDs look like: the patterns of user and item IDs, and what scanners and keyboards put around them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace offcirc {

/// The pattern that all IDs of one kind match, as a regular expression (ECMAScript). Copies share the compiled
/// expression.
class IdPattern {
 public:
  /// A pattern that is not given: no ID fits it.
  IdPattern() = default;
  /// Throws std::regex_error if `expression` is not a valid regular expression.
  explicit IdPattern(std::string_view expression);

  [[nodiscard]] bool is_given() const { return m_compiled != nullptr; }
  /// The expression as written in the config; empty if it is not given.
  [[nodiscard]] std::string_view text() const;
  /// Returns whether the expression matches somewhere in `id`. An `id` of more than 64 bytes never fits: it is not an
  /// ID, and matching a long text could exhaust memory.
  [[nodiscard]] bool fits(std::string_view id) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> m_compiled;
};

/// [ids] of the config.
struct IdPatterns {
  IdPattern user, item;
  std::string strip;         ///< scanner start and stop characters
  bool check_digit = false;  ///< the last digit of an ID is a check digit
};

/// Returns `id` without spaces, tabs and no-break spaces at its ends and, if it has both, without one start and one
/// stop character, which are any of those in `start_stop`, from the config. With `AB`, `A21221000000015B` loses both,
/// and `ABC-12` loses nothing.
std::string_view strip_id(std::string_view id, std::string_view start_stop);

/// Checks the modulus 10 check digit of library barcodes: from the right, every other digit is doubled. Returns false
/// if `digits` is empty or holds anything but digits.
bool has_right_check_digit(std::string_view digits);

}  // namespace offcirc
