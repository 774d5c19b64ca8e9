// Notes about a scanned list as a whole: items without a user, users without items, wrong check digits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "formats/diagnostic.hpp"

namespace offcirc {

/// Counts what the notes report. Lines count from 1.
class ScanCounts {
 public:
  /// `bare` is the user ID without scanner start and stop characters.
  void add_user(std::string_view bare, std::uint32_t line);
  void add_user_without_items(std::uint32_t line) {
    if (m_users_without_items++ == 0) m_line_without_items = line;
  }
  void add_item_without_user() { ++m_items_without_user; }

  /// `mode_is_said`: the list or --kind says what was done. `check_digits`: the config says that IDs have check digits.
  /// `has_usual_shapes`: IDs have the default patterns, whose IDs may have check digits too.
  [[nodiscard]] std::vector<LogNote> notes(bool mode_is_said, bool check_digits, bool has_usual_shapes) const;

 private:
  [[nodiscard]] LogNote note_of_no_user(bool mode_is_said) const;
  [[nodiscard]] LogNote note_of_wrong_cards() const;
  [[nodiscard]] LogNote note_of_no_items() const;

  std::size_t m_users = 0, m_items_without_user = 0, m_users_without_items = 0;
  std::size_t m_cards_right = 0, m_cards_wrong = 0;  // by check digit
  std::uint32_t m_line_of_wrong_card = 0;            // of the first one
  std::uint32_t m_line_without_items = 0;            // of the first one
};

}  // namespace offcirc
