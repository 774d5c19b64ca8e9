#include "loader/rules/registration.hpp"

#include <algorithm>
#include <cctype>

namespace offcirc {
namespace {

std::string date_text(Stamp stamp) {
  if (stamp.is(StampForm::never)) return "NEVER";
  return stamp.says_when() ? iso_date(static_cast<Day>(stamp.seconds() / k_day_seconds)) : std::string();
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char ch) { return ch >= '0' && ch <= '9'; });
  return digits;
}

}  // namespace

UserDetails details_of(const Registration& r) {
  return {std::string(r.last_name),      std::string(r.first_name), std::string(r.middle_name),
          std::string(r.alternate_name), date_text(r.birth_date),   std::string(r.email),
          std::string(r.phone),          std::string(r.language),   std::string(r.address),
          std::string(r.categories),     std::string(r.department), date_text(r.expires_on)};
}

bool is_filled_in(std::string_view name, std::string_view user_id, const Registration& registration,
                  const UserDetails& details) {
  if (name == "user_id") return !user_id.empty();
  if (name == "profile") return !registration.profile.empty();
  if (name == "library") return !registration.library.empty();
  return std::any_of(k_detail_fields.begin(), k_detail_fields.end(),
                     [&](const DetailField& field) { return field.name == name && !(details.*field.member).empty(); });
}

IdentifyingDetails identifying_details_of(const UserDetails& details) {
  std::string email = details.email;
  std::transform(email.begin(), email.end(), email.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return {details.birth_date, email, digits_of(details.phone)};
}

void add_what_is_left_out(const Registration& registration, std::string& message) {
  if (registration.birth_date.is(StampForm::unreadable)) message += "; the birth date can't be read and was left out";
  if (registration.expires_on.is(StampForm::unreadable))
    message += "; the date the privilege expires can't be read and was left out";
  if (!registration.left_out.empty()) message.append("; not kept: ").append(registration.left_out);
}

void set_expiry(const Registration& registration, User& user) {
  if (registration.expires_on.is(StampForm::never))
    user.expires_on = INT32_MAX;
  else if (registration.expires_on.says_when())
    user.expires_on = static_cast<Day>(registration.expires_on.seconds() / k_day_seconds);
}

}  // namespace offcirc
