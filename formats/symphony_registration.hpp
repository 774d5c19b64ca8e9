// A new user as a Symphony log has it: the line that creates the user, and the lines that add the address afterwards.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "formats/log_format.hpp"
#include "formats/symphony_line.hpp"

namespace offcirc {

class SymphonyRegistration {
 public:
  explicit SymphonyRegistration(const LogContext& context) : m_context(&context) {}

  /// Takes over what the line says of the user; a later line goes before an earlier one. `recorded` is when it was
  /// written. A date that can't be read becomes a stamp that says so.
  void add(const SymphonyLine& line, Stamp recorded);
  /// In the arena.
  [[nodiscard]] const Registration* finish();

 private:
  void add_field(std::uint16_t field_code, std::string_view value, Stamp recorded);
  void add_address(std::string_view label, std::string_view value);
  void set_category(std::uint16_t category, std::string_view value);
  [[nodiscard]] std::string_view text_of(std::string_view value, const SymphonyLine& line) const;

  const LogContext* m_context;
  Registration m_registration;
  std::string_view m_whole_name;  // `LAST, FIRST`
  std::string_view m_address_label, m_address_phone;
  std::vector<std::string_view> m_address;
  std::vector<std::pair<std::uint16_t, std::string_view>> m_categories;
};

}  // namespace offcirc
