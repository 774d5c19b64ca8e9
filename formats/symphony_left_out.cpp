#include "formats/symphony_left_out.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "formats/symphony_line.hpp"

namespace offcirc {
namespace {

struct UserField {
  std::uint16_t code;
  std::string_view name;
};

constexpr auto code(char first, char second) {
  return symphony_code(first, second);
}

constexpr UserField k_user_fields[] = {
    {code('0', 'T'), "preferred ID"},
    {code('0', 'X'), "communication type"},
    {code('0', 'Y'), "receipt type"},
    {code('N', 'h'), "note"},
    {code('P', '7'), "circulation rule"},
    {code('P', 'B'), "loan period"},
    {code('P', 'D'), "billing structure"},
    {code('P', 'F'), "extended privilege"},
    {code('P', 'M'), "active routings"},
    {code('U', '3'), "outreach user"},
    {code('U', 'C'), "group ID"},
    {code('U', 'D'), "date privilege granted"},
    {code('U', 'F'), "responsibility"},
    {code('U', 'J'), "delinquency"},
    {code('U', 'K'), "date of last activity"},
    {code('U', 'L'), "mailing address"},
    {code('U', 'R'), "title"},
    {code('U', 'S'), "charges allowed"},
    {code('U', 'T'), "location"},
    {code('U', 'U'), "new user ID"},
    {code('U', 'V'), "access"},
    {code('U', 'W'), "card number"},
    {code('U', 'X'), "environment"},
    {code('U', 'i'), "family status"},
    {code('U', 'k'), "alternative ID"},
    {code('U', 't'), "date created"},
    {code('U', 'x'), "accountability"},
    {code('u', 'S'), "name suffix"},
};

const UserField* find_field(std::uint16_t field_code) {
  const auto* found = std::find_if(std::begin(k_user_fields), std::end(k_user_fields),
                                   [&](const UserField& field) { return field.code == field_code; });
  return found == std::end(k_user_fields) ? nullptr : found;
}

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace

// Of codes that nobody knows, only those of users, and only letters: a damaged one may have a digit of a PIN.
bool is_left_out_of_registration(std::uint16_t field_code) {
  if (find_field(field_code) != nullptr) return true;
  constexpr std::array k_of_lines = {code('U', 'O'), code('U', 'E'), code('U', 'Y'), code('U', 'u'), code('U', 's')};
  if (std::find(k_of_lines.begin(), k_of_lines.end(), field_code) != k_of_lines.end()) return false;
  const auto first = static_cast<char>(field_code >> 8U);
  return (first == 'U' || first == 'u' || first == 'P') && is_letter(static_cast<char>(field_code & 0xFFU));
}

std::string names_of_left_out(const std::vector<std::uint16_t>& codes) {
  std::string names;
  for (const std::uint16_t one : codes) {
    if (!names.empty()) names += ", ";
    const UserField* field = find_field(one);
    const std::string letters = {static_cast<char>(one >> 8U), static_cast<char>(one & 0xFFU)};
    names += field == nullptr ? letters : fmt::format("{} ({})", field->name, letters);
  }
  return names;
}

}  // namespace offcirc
