// Reads registrations and edits of users from Symphony logs, and names the fields that are not kept.
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

// Fields of a user's record that offcirc does not keep are named, so that staff can enter them by hand.

/// Returns whether the field belongs to the user's record, rather than being one that every line of a session has. Not
/// for fields that are kept.
bool is_left_out_of_registration(std::uint16_t code);

/// Lists fields as `title (UR), circulation rule (P7)`; never a value.
std::string names_of_left_out(const std::vector<std::uint16_t>& codes);

// Gathers what several lines of a Symphony log say about one user into one registration: the line that creates the
// user, and those that edit it afterwards.

class SymphonyRegistration {
 public:
  explicit SymphonyRegistration(const LogContext& context) : m_context(&context) {}

  /// Adds what the line says about the user. Values of later lines replace earlier ones, except that address parts
  /// accumulate. `recorded` is when the line was written. A date that can't be read becomes an unreadable stamp.
  void add(const SymphonyLine& line, Stamp recorded);
  /// Returns what has been added so far, kept in the arena.
  [[nodiscard]] const Registration* finish() const;

 private:
  /// Extended information outside of a list: entries PP to PS, with labels PT to PW.
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
  std::unordered_set<std::string_view> m_address_parts;  // the parts in m_address, to skip duplicates
  std::vector<std::pair<std::uint16_t, std::string_view>> m_categories;
  std::vector<std::uint16_t> m_left_out;
};

/// What kind of text a registration field holds; nullopt if the field is not kept.
std::optional<SymphonyText> form_of_registration_field(std::uint16_t code);

// Finds the edits of a new user. Symphony writes a new user's address in separate edit lines, after the line that
// creates the user but not always next to it. A registration is judged by everything that the log says about the user.

class SymphonyEdits {
 public:
  explicit SymphonyEdits(const LogContext& context) : m_context(context) {}

  /// Returns the edits of the user after `line`, which creates that user, up to the next line that does, in the order
  /// of the log. `rest` is the log after `line`; it is read once, in the first call.
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
