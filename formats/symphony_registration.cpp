#include "formats/symphony_registration.hpp"

#include <algorithm>

#include "formats/civil.hpp"
#include "formats/fields.hpp"
#include "formats/symphony_date.hpp"

namespace offcirc {
namespace {

constexpr auto code(char first, char second) {
  return symphony_code(first, second);
}

bool is_category(std::uint16_t field_code) {
  const auto second = static_cast<char>(field_code & 0xFFU);
  return field_code >> 8U == 'P' && second >= '0' && second <= '9';
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

}  // namespace

std::string_view SymphonyRegistration::text_of(std::string_view value, const SymphonyLine& line) const {
  return line.is_ascii ? value : m_context->decoder.decode(value);
}

void SymphonyRegistration::add(const SymphonyLine& line, Stamp recorded) {
  m_address_label = {};
  for_each_symphony_field(line.field_bytes, [&](std::uint16_t field_code, std::string_view value) {
    value = trimmed(value);
    if (!value.empty() && !is_symphony_secret(field_code)) add_field(field_code, text_of(value, line), recorded);
  });
}

void SymphonyRegistration::add_field(std::uint16_t field_code, std::string_view value, Stamp recorded) {
  Registration& user = m_registration;
  const auto date = [&] { return day_of(parse_symphony_date(value, m_context->date_order, recorded)); };
  switch (field_code) {
    case code('u', 'L'):
      user.last_name = value;
      break;
    case code('u', 'F'):
      user.first_name = value;
      break;
    case code('u', 'M'):
      user.middle_name = value;
      break;
    case code('U', 'A'):
      m_whole_name = value;
      break;
    case code('U', 'M'):
      user.library = value;
      break;
    case code('P', 'E'):
      user.profile = value;
      break;
    case code('I', 'b'):
      user.language = value;
      break;
    case code('U', 'P'):
      user.phone = value;
      break;
    case code('U', 'N'):
      user.department = value;
      break;
    case code('U', 'Z'):
      user.birth_date = date();
      break;
    case code('U', 'Q'):
      user.expires_on = date();
      break;
    case code('N', 'H'):
      m_address_label = value;
      break;
    case code('N', 'E'):
      add_address(m_address_label, value);
      break;
    default:
      if (is_category(field_code)) set_category(field_code, value);
  }
}

void SymphonyRegistration::add_address(std::string_view label, std::string_view value) {
  if (value.starts_with("|a")) value = trimmed(value.substr(2));
  if (value.empty()) return;
  if (label.find("MAIL") != std::string_view::npos && value.find('@') != std::string_view::npos) {
    m_registration.email = value;
  } else if (label.find("PHONE") != std::string_view::npos) {
    m_address_phone = value;
  } else if (std::find(m_address.begin(), m_address.end(), value) == m_address.end()) {
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

const Registration* SymphonyRegistration::finish() {
  Registration& user = m_registration;
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
  return m_context->arena.keep(user);
}

}  // namespace offcirc
