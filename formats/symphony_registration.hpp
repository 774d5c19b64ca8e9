// What Symphony logs say of users: registrations, the edits of them, and the fields that are not kept.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "formats/line_reader.hpp"
#include "formats/log_format.hpp"
#include "formats/symphony_line.hpp"
#include "formats/symphony_secrets.hpp"

namespace offcirc {

// What a Symphony log says of a user that offcirc does not keep: it is named, so that staff can enter it by hand.

/// Whether the field belongs to the user's record; every line of a session has the others. Not for fields that are
/// kept.
bool is_left_out_of_registration(std::uint16_t code);

/// `title (UR), circulation rule (P7)`, never a value.
std::string names_of_left_out(const std::vector<std::uint16_t>& codes);

// What a line of a Symphony log says of a user: one that creates the user, or one that edits it afterwards. Several
// lines of one user can be gathered into one registration.

class SymphonyRegistration {
 public:
  explicit SymphonyRegistration(const LogContext& context) : m_context(&context) {}

  /// Takes over what the line says of the user; a later line goes before an earlier one, and parts of addresses are
  /// gathered. `recorded` is when it was written. A date that can't be read becomes a stamp that says so.
  void add(const SymphonyLine& line, Stamp recorded);
  /// What has been added so far, in the arena.
  [[nodiscard]] const Registration* finish() const;

 private:
  /// Extended information without a list: entries PP-PS, and their labels PT-PW.
  struct Entry {
    std::string_view label, value;
  };

  void add_field(std::uint16_t field_code, std::string_view value, Stamp recorded);
  bool add_text(std::uint16_t field_code, std::string_view value);
  bool add_date(std::uint16_t field_code, std::string_view value, Stamp recorded);
  void add_address(std::string_view label, std::string_view value);
  void set_category(std::uint16_t category, std::string_view value);
  void leave_out(std::uint16_t field_code);
  [[nodiscard]] std::string_view text_of(std::string_view value, const SymphonyLine& line) const;

  const LogContext* m_context;
  Registration m_registration;
  std::string_view m_whole_name;  // `LAST, FIRST`
  std::string_view m_address_label, m_address_phone;
  std::array<Entry, 4> m_entries;
  std::vector<std::string_view> m_address;
  std::unordered_set<std::string_view> m_address_parts;  // the same
  std::vector<std::pair<std::uint16_t, std::string_view>> m_categories;
  std::vector<std::uint16_t> m_left_out;
};

/// How freely a field of a registration is written that is kept; none of others.
std::optional<SymphonyText> form_of_registration_field(std::uint16_t code);

// Symphony writes a new user's address in edit lines of their own, behind the line that creates the user and not always
// next to it. This finds them, so that a registration is judged by all that the log says of the user.

class SymphonyEdits {
 public:
  explicit SymphonyEdits(const LogContext& context) : m_context(context) {}

  /// The edits of the user behind `line`, which creates that user: up to the next line that does, in the order of the
  /// log. `rest` is the log after it, which is read once, at the first call.
  std::vector<std::string_view> of(std::string_view user_id, std::string_view line, const LineReader& rest);

 private:
  struct UserLine {
    std::string_view text;
    bool creates;
  };
  void find_all(LineReader lines);
  void add(std::string_view record);

  LogContext m_context;
  bool m_searched = false;
  SymphonyLine m_line;
  std::unordered_map<std::string_view, std::vector<UserLine>> m_lines_of_user;
};

}  // namespace offcirc
