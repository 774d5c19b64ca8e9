// The JSON of an Evergreen log: which members are read, and where one object ends and the next begins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace offcirc {

// The members of an Evergreen line's JSON object that are read, and in which of its objects they stand.

/// The members that are read. All others are passed over: the password is none of these.
enum class EvergreenMember : std::uint8_t {
  type,
  timestamp,
  delta,
  patron_barcode,
  barcode,
  due_date,
  checkout_time,
  backdate,
  use_time,
  count,
  noncat,
  noncat_type,
  noncat_count,
  // Of the object `user`, and of those within it.
  card_barcode,
  family_name,
  first_given_name,
  second_given_name,
  pref_family_name,
  pref_first_given_name,
  pref_second_given_name,
  home_ou,
  profile,
  dob,
  expire_date,
  email,
  day_phone,
  evening_phone,
  other_phone,
  locale,
  billing_street1,
  billing_street2,
  billing_city,
  billing_county,
  billing_state,
  billing_post_code,
  billing_country,
  mailing_street1,
  mailing_street2,
  mailing_city,
  mailing_county,
  mailing_state,
  mailing_post_code,
  mailing_country,
};
inline constexpr std::size_t k_evergreen_member_count = 43;
/// So many stand in the line itself, the others in its user.
inline constexpr std::size_t k_evergreen_line_member_count = 13;

/// As the log writes it, without the objects around it.
std::string_view name_of(EvergreenMember member);

/// The objects of a line, the line itself first.
enum class EvergreenObject : std::uint8_t { line, user, card, billing_address, mailing_address };

/// The member of that name in `object`, or nullopt.
std::optional<EvergreenMember> find_evergreen_member(EvergreenObject object, std::string_view name);

/// The object of that name in `object`, or nullopt.
std::optional<EvergreenObject> find_evergreen_object(EvergreenObject object, std::string_view name);

// Where one JSON object of an Evergreen log ends and the next begins, in a line that has more than one.

/// Where in `line` the next record begins: after the end of the first, where a transaction begins in the middle of one
/// that another station's line has torn, or where a torn one goes on. Not 0; npos: nowhere. Looks at no
/// byte after the end of the first transaction that follows.
std::size_t find_next_evergreen_object(std::string_view line);

}  // namespace offcirc
