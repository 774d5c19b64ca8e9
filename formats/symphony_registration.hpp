// What a line of a Symphony log says of a user: one that creates the user, or one that edits it afterwards. Several
// lines of one user can be gathered into one registration.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "formats/log_format.hpp"
#include "formats/symphony_line.hpp"
#include "formats/symphony_secrets.hpp"

namespace offcirc {

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

}  // namespace offcirc
