// The structure of an Evergreen log: which JSON members are read, and where one object ends and the next begins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace offcirc {

/// The members of a line that are read. All others are skipped, including the password.
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
  // Members of the object `user` and of the objects within it.
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
/// The members of the line itself; the others belong to its user.
inline constexpr std::size_t k_evergreen_line_member_count = 13;

/// The name of the member in the log, without the enclosing objects.
std::string_view name_of(EvergreenMember member);

/// The objects of a line, beginning with the line itself.
enum class EvergreenObject : std::uint8_t { line, user, card, billing_address, mailing_address };

/// Returns the member called `name` in `object`, or nullopt.
std::optional<EvergreenMember> find_evergreen_member(EvergreenObject object, std::string_view name);

/// Returns the object called `name` in `object`, or nullopt.
std::optional<EvergreenObject> find_evergreen_object(EvergreenObject object, std::string_view name);

/// Returns the offset in `line` at which the next record begins: after the end of the first; where a transaction begins
/// in the middle of one that another station's line has torn; or where a torn one continues. Never 0; npos if there is
/// none. Examines no byte after the end of the first transaction that follows.
std::size_t find_next_evergreen_object(std::string_view line);

}  // namespace offcirc
