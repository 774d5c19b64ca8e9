// The fields of a new user: by name, compared with those of a known one, and as a user of the state.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "loader/rules/decision.hpp"
#include "loader/rules/state.hpp"

namespace offcirc {

/// A field of users.csv that a registration can have and a user record keeps as text.
struct DetailField {
  std::string_view name;
  std::string UserDetails::*member;
};

inline constexpr std::array<DetailField, 12> k_detail_fields{{
    {"last_name", &UserDetails::last_name},
    {"first_name", &UserDetails::first_name},
    {"middle_name", &UserDetails::middle_name},
    {"alternate_name", &UserDetails::alternate_name},
    {"birth_date", &UserDetails::birth_date},
    {"email", &UserDetails::email},
    {"phone", &UserDetails::phone},
    {"language", &UserDetails::language},
    {"address", &UserDetails::address},
    {"categories", &UserDetails::categories},
    {"department", &UserDetails::department},
    {"expires_on", &UserDetails::expires_on},
}};

/// Dates as `YYYY-MM-DD`; empty where the registration does not have it.
UserDetails details_of(const Registration& registration);

/// Whether the registration, whose `details` they are, has the field of that name in users.csv.
bool is_filled_in(std::string_view name, std::string_view user_id, const Registration& registration,
                  const UserDetails& details);

/// Two users with the same folded last name and one of these may be one person.
struct IdentifyingDetails {
  std::string birth_date;
  std::string email;  ///< in small letters
  std::string phone;  ///< its digits: "(920) 555-0100" is "9205550100"
};

IdentifyingDetails identifying_details_of(const UserDetails& details);

/// registrations-off.
void check_registrations_allowed(const Case& c, Findings& findings);
/// registration-incomplete, where the profile or the library is none that there is.
void check_codes(const Case& c, const Registration& registration, Findings& findings);
/// What of it can't be read or is not kept, for the message of `registered`.
void add_what_is_left_out(const Registration& registration, std::string& message);
/// As far as the registration says until when the privilege is valid.
void set_expiry(const Registration& registration, User& user);

}  // namespace offcirc
