#include "formats/symphony_registration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "formats/fields.hpp"
#include "formats/stamp.hpp"
#include "formats/symphony_date.hpp"
#include "formats/symphony_line.hpp"
#include "formats/symphony_secrets.hpp"

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

// An unknown code counts only if it is two letters and of a user's record: a damaged code may hold a digit of a PIN.
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

namespace {

// User categories 1, 2, 3 ... P7 is not one: it is a rule about the history of charges.
bool is_category(std::uint16_t field_code) {
  const auto second = static_cast<char>(field_code & 0xFFU);
  const bool is_numbered = field_code >> 8U == 'P' && second >= '3' && second <= '9' && second != '7';
  return is_numbered || field_code == code('P', 'G') || field_code == code('P', 'H');
}

bool is_between(std::uint16_t field_code, char first, char last) {
  const auto second = static_cast<char>(field_code & 0xFFU);
  return field_code >> 8U == 'P' && second >= first && second <= last;
}
// Address fields outside of a list.
bool is_address(std::uint16_t field_code) {
  return is_between(field_code, 'I', 'L') || field_code == code('U', 'B');
}
bool is_entry(std::uint16_t field_code) {
  return is_between(field_code, 'P', 'S');
}
bool is_entry_label(std::uint16_t field_code) {
  return is_between(field_code, 'T', 'W');
}

// Birth dates and expiration dates have no time of day.
Stamp day_of(Stamp stamp) {
  return stamp.is(StampForm::civil) ? Stamp(StampForm::date, start_of_day(stamp.seconds())) : stamp;
}

std::string_view keep_joined(const std::vector<std::string_view>& parts, std::string_view separator, TextArena& arena) {
  std::string joined;
  for (const std::string_view part : parts) {
    if (!joined.empty()) joined += separator;
    joined += part;
  }
  return arena.keep(joined);
}

struct TextField {
  std::uint16_t code;
  std::string_view Registration::*member;
  SymphonyText form;
};

constexpr TextField k_text_fields[] = {
    {code('u', 'L'), &Registration::last_name, SymphonyText::name},
    {code('u', 'F'), &Registration::first_name, SymphonyText::name},
    {code('u', 'M'), &Registration::middle_name, SymphonyText::name},
    {code('U', '4'), &Registration::alternate_name, SymphonyText::name},
    {code('U', 'M'), &Registration::library, SymphonyText::code},
    {code('P', 'E'), &Registration::profile, SymphonyText::code},
    {code('I', 'b'), &Registration::language, SymphonyText::passage},
    {code('U', 'P'), &Registration::phone, SymphonyText::passage},
    {code('0', 'E'), &Registration::email, SymphonyText::passage},
    {code('U', 'N'), &Registration::department, SymphonyText::passage},
};

}  // namespace

std::optional<SymphonyText> form_of_registration_field(std::uint16_t field_code) {
  for (const TextField& field : k_text_fields)
    if (field.code == field_code) return field.form;
  if (field_code == code('U', 'A')) return SymphonyText::name;
  const bool is_passage = field_code == code('N', 'E') || field_code == code('N', 'H') || is_category(field_code) ||
                          is_address(field_code) || is_entry(field_code) || is_entry_label(field_code);
  return is_passage ? std::optional(SymphonyText::passage) : std::nullopt;
}

std::string_view SymphonyRegistration::text_of(std::string_view value, const SymphonyLine& line) const {
  return line.is_ascii ? value : m_context->decoder.decode(value);
}

void SymphonyRegistration::add(const SymphonyLine& line, Stamp recorded) {
  m_address_label = {};
  m_entries = {};
  for_each_symphony_field(line.field_bytes, [&](std::uint16_t field_code, std::string_view value) {
    value = line.is_ascii ? trimmed(value) : m_context->decoder.trim(value);
    if (!value.empty() && !is_symphony_secret(field_code)) add_field(field_code, text_of(value, line), recorded);
  });
  for (const Entry& entry : m_entries) {
    if (!entry.value.empty())
      add_address(entry.label, entry.value);
    else if (!entry.label.empty())
      add_address({}, entry.label);
  }
}

bool SymphonyRegistration::add_text(std::uint16_t field_code, std::string_view value) {
  for (const TextField& field : k_text_fields) {
    if (field.code != field_code) continue;
    m_registration.*field.member = value;
    return true;
  }
  return false;
}

bool SymphonyRegistration::add_date(std::uint16_t field_code, std::string_view value, Stamp recorded) {
  const bool is_birth_date = field_code == code('U', 'Z');
  if (!is_birth_date && field_code != code('U', 'Q')) return false;
  const Stamp day = day_of(parse_symphony_date(value, m_context->date_order, recorded));
  (is_birth_date ? m_registration.birth_date : m_registration.expires_on) = day;
  return true;
}

void SymphonyRegistration::add_field(std::uint16_t field_code, std::string_view value, Stamp recorded) {
  const auto entry = [&](char first) -> Entry& {
    return m_entries.at(static_cast<std::size_t>((field_code & 0xFFU) - static_cast<unsigned>(first)));
  };
  if (add_text(field_code, value) || add_date(field_code, value, recorded)) return;
  if (field_code == code('U', 'A')) {
    m_whole_name = value;
  } else if (field_code == code('N', 'H')) {
    m_address_label = value;
  } else if (field_code == code('N', 'E')) {
    add_address(m_address_label, value);
  } else if (is_address(field_code)) {
    add_address({}, value);
  } else if (is_entry(field_code)) {
    entry('P').value = value;
  } else if (is_entry_label(field_code)) {
    entry('T').label = value;
  } else if (is_category(field_code)) {
    set_category(field_code, value);
  } else if (is_left_out_of_registration(field_code)) {
    leave_out(field_code);
  }
}

void SymphonyRegistration::add_address(std::string_view label, std::string_view value) {
  if (value.starts_with("|a")) value = trimmed(value.substr(2));
  if (value.empty()) return;
  if (label.find("MAIL") != std::string_view::npos && value.find('@') != std::string_view::npos) {
    m_registration.email = value;
  } else if (label.find("PHONE") != std::string_view::npos) {
    m_address_phone = value;
  } else if (m_address_parts.insert(value).second) {
    m_address.push_back(value);
  }
}

void SymphonyRegistration::set_category(std::uint16_t category, std::string_view value) {
  for (auto& [known, old_value] : m_categories) {
    if (known == category) {
      old_value = value;
      return;
    }
  }
  m_categories.emplace_back(category, value);
}

void SymphonyRegistration::leave_out(std::uint16_t field_code) {
  if (std::find(m_left_out.begin(), m_left_out.end(), field_code) == m_left_out.end()) m_left_out.push_back(field_code);
}

const Registration* SymphonyRegistration::finish() const {
  Registration user = m_registration;
  const std::size_t comma = m_whole_name.find(',');
  if (user.last_name.empty()) user.last_name = trimmed(m_whole_name.substr(0, comma));
  if (user.first_name.empty() && comma != std::string_view::npos) {
    user.first_name = trimmed(m_whole_name.substr(comma + 1));
  }
  if (user.phone.empty()) user.phone = m_address_phone;
  // The system writes NEVER if there is no birth date.
  if (user.birth_date.is(StampForm::never)) user.birth_date = Stamp();
  user.address = keep_joined(m_address, ", ", m_context->arena);
  std::vector<std::string_view> categories;
  for (const auto& [category, value] : m_categories) categories.push_back(value);
  user.categories = keep_joined(categories, ";", m_context->arena);
  user.left_out = m_context->arena.keep(names_of_left_out(m_left_out));
  return m_context->arena.keep(user);
}

namespace {

// Returns whether the line holds ^S, two more characters, and IY or JY.
bool has_user_command(std::string_view line) {
  constexpr std::size_t k_command_at = 4;
  for (std::size_t at = line.find("^S"); at != std::string_view::npos; at = line.find("^S", at + 1)) {
    const std::string_view command = line.substr(std::min(at + k_command_at, line.size()), 2);
    if (command == "IY" || command == "JY") return true;
  }
  return false;
}

}  // namespace

std::vector<std::string_view> SymphonyEdits::of(std::string_view user_id, std::string_view line,
                                                const LineReader& rest) {
  if (!m_searched) find_all(rest);
  m_searched = true;
  std::vector<std::string_view> texts;
  const auto user = m_lines_of_user.find(user_id);
  if (user_id.empty() || user == m_lines_of_user.end()) return texts;
  const auto is_behind = [](const char* place, const UserLine& one) { return place < one.text.data(); };
  const std::vector<UserLine>& lines = user->second;
  auto next = std::upper_bound(lines.begin(), lines.end(), line.data(), is_behind);
  for (; next != lines.end() && !next->creates; ++next) texts.push_back(next->text);
  return texts;
}

void SymphonyEdits::find_all(LineReader lines) {
  for (std::string_view text; lines.next(text);) {
    if (has_user_command(text)) for_each_symphony_record(text, [&](std::string_view record) { add(record); });
  }
}

void SymphonyEdits::add(std::string_view record) {
  if (split_symphony_line(record, m_context.decoder, m_line) || m_line.is_response) return;
  const SymphonyAction action = find_symphony_command(m_line.command).action;
  const bool creates = action == SymphonyAction::create_user;
  if (!creates && action != SymphonyAction::edit_user) return;
  if (find_swallowed_secret(m_line, m_context.ids) || find_swallowed_in_registration(m_line, m_context.ids)) return;
  m_lines_of_user[m_line[SymphonyField::user_id]].push_back({record, creates});
}

}  // namespace offcirc
