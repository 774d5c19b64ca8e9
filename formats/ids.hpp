// What IDs look like: the shapes that those of users and of items have, and what scanners and keyboards put around
// them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace offcirc {

/// What all IDs of one kind look like, as a regular expression (ECMAScript). Copies share it.
class IdPattern {
 public:
  /// Not given: no ID fits.
  IdPattern() = default;
  /// Throws std::regex_error where it is none.
  explicit IdPattern(std::string_view expression);

  [[nodiscard]] bool is_given() const { return m_compiled != nullptr; }
  /// As the config has it; empty where it is not given.
  [[nodiscard]] std::string_view text() const;
  /// Whether the expression is found in `id`. Nothing that is longer than 64 bytes fits: it is no ID, and to match a
  /// long text could take all memory.
  [[nodiscard]] bool fits(std::string_view id) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> m_compiled;
};

/// [ids] of the config.
struct IdPatterns {
  IdPattern user, item;
  std::string strip;         ///< scanner start and stop characters
  bool check_digit = false;  ///< the last digit of an ID is one
};

/// `id` without blanks (no-break spaces included) at its ends, and without one start and one stop character where it
/// has both: each is one of `start_stop`, which the config names. So `A21221000000015B` loses both with `AB`, and
/// `ABC-12` nothing.
std::string_view strip_id(std::string_view id, std::string_view start_stop);

/// Modulus 10 with alternate digits doubled from the right, as on library barcodes. False where it is not all digits.
bool has_right_check_digit(std::string_view digits);

}  // namespace offcirc
