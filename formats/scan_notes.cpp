#include "formats/scan_notes.hpp"

#include <fmt/format.h>

#include "formats/fields.hpp"
#include "formats/ids.hpp"

namespace offcirc {

// One wrong digit can turn an item ID into a user ID; the items after it then go to a user who does not exist.
void ScanCounts::add_user(std::string_view bare, std::uint32_t line) {
  ++m_users;
  if (!is_digits(bare)) return;
  if (has_right_check_digit(bare)) {
    ++m_cards_right;
  } else if (m_cards_wrong++ == 0) {
    m_line_of_wrong_card = line;
  }
}

std::vector<LogNote> ScanCounts::notes(bool mode_is_said, bool check_digits, bool has_usual_shapes) const {
  std::vector<LogNote> notes;
  if (m_items_without_user > 0) notes.push_back(note_of_no_user(mode_is_said));
  if (m_cards_wrong > 0 && (check_digits || (has_usual_shapes && m_cards_right >= m_cards_wrong)))
    notes.push_back(note_of_wrong_cards());
  if (m_users_without_items > 0) notes.push_back(note_of_no_items());
  return notes;
}

LogNote ScanCounts::note_of_no_user(bool mode_is_said) const {
  const std::string_view s = m_items_without_user == 1 ? "" : "s";
  if (m_users == 0 && !mode_is_said) {
    return {"no-user", fmt::format("The list has no user ID for its {} item{}.", m_items_without_user, s),
            "If they were returned, load it with --kind checkin, or add checkin as its first line."};
  }
  return {"no-user", fmt::format("There is no user ID before {} item{} of the list.", m_items_without_user, s),
          "Add a line with the user's ID, checkin or renew before them."};
}

LogNote ScanCounts::note_of_wrong_cards() const {
  return {"check-digits",
          fmt::format("The check digit of the user ID in line {} is wrong{}.", m_line_of_wrong_card,
                      m_cards_wrong == 1 ? "" : fmt::format(", and of {} more", m_cards_wrong - 1)),
          "Compare it with the list at the workstation: it may have been a checked-out item."};
}

// Damage can turn the ID of a user's last item into a user ID, which is then the only trace of that item.
LogNote ScanCounts::note_of_no_items() const {
  return {"no-items",
          fmt::format("There is no item after the user ID in line {}{}.", m_line_without_items,
                      m_users_without_items == 1 ? "" : fmt::format(", nor after {} more", m_users_without_items - 1)),
          "If an item was checked out there, enter it by hand."};
}

}  // namespace offcirc
