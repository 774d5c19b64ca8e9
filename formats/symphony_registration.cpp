#include "formats/symphony_registration.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/civil.hpp"
#include "formats/fields.hpp"
#include "formats/symphony_date.hpp"
#include "formats/symphony_left_out.hpp"

namespace offcirc {
namespace {

constexpr auto code(char first, char second) {
  return symphony_code(first, second);
}

// Category 1, 2, 3 ...; P7 is a rule about the history of charges.
bool is_category(std::uint16_t field_code) {
  const auto second = static_cast<char>(field_code & 0xFFU);
  const bool is_numbered = field_code >> 8U == 'P' && second >= '3' && second <= '9' && second != '7';
  return is_numbered || field_code == code('P', 'G') || field_code == code('P', 'H');
}

bool is_between(std::uint16_t field_code, char first, char last) {
  const auto second = static_cast<char>(field_code & 0xFFU);
  return field_code >> 8U == 'P' && second >= first && second <= last;
}
// Without a list.
bool is_address(std::uint16_t field_code) {
  return is_between(field_code, 'I', 'L') || field_code == code('U', 'B');
}
bool is_entry(std::uint16_t field_code) {
  return is_between(field_code, 'P', 'S');
}
bool is_entry_label(std::uint16_t field_code) {
  return is_between(field_code, 'T', 'W');
}

// Only the day counts of a birth date or of the end of a privilege.
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
    value = trimmed(value);
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
  // No birth date at all is what the system writes NEVER for.
  if (user.birth_date.is(StampForm::never)) user.birth_date = Stamp();
  user.address = keep_joined(m_address, ", ", m_context->arena);
  std::vector<std::string_view> categories;
  for (const auto& [category, value] : m_categories) categories.push_back(value);
  user.categories = keep_joined(categories, ";", m_context->arena);
  user.left_out = m_context->arena.keep(names_of_left_out(m_left_out));
  return m_context->arena.keep(user);
}

}  // namespace offcirc
