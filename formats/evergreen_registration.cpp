#include "formats/evergreen_registration.hpp"

#include <initializer_list>
#include <string>

#include "formats/civil.hpp"
#include "formats/iso_stamp.hpp"

namespace offcirc {
namespace {

using Member = EvergreenMember;
using Members = std::initializer_list<Member>;

constexpr Stamp k_unreadable(StampForm::unreadable, 0);

std::string_view first_of(const EvergreenLine& line, Members members) {
  for (const Member member : members) {
    if (!line[member].empty()) return line[member];
  }
  return {};
}

std::string_view joined(const EvergreenLine& line, Members members, std::string_view separator, TextArena& arena) {
  std::string text;
  for (const Member member : members) {
    if (line[member].empty()) continue;
    if (!text.empty()) text += separator;
    text += line[member];
  }
  return arena.keep(text);
}

// The client writes the end of a privilege with a time of day, which says nothing.
Stamp day_of(std::string_view text) {
  if (text.empty()) return {};
  const Stamp stamp = parse_iso_stamp(text).value_or(k_unreadable);
  if (stamp.is(StampForm::unreadable) || stamp.is(StampForm::never)) return stamp;
  return {StampForm::date, start_of_day(stamp.seconds())};
}

std::string_view address_of(const EvergreenLine& line, TextArena& arena) {
  const std::string_view billing =
      joined(line,
             {Member::billing_street1, Member::billing_street2, Member::billing_city, Member::billing_county,
              Member::billing_state, Member::billing_post_code, Member::billing_country},
             ", ", arena);
  if (!billing.empty()) return billing;
  return joined(line,
                {Member::mailing_street1, Member::mailing_street2, Member::mailing_city, Member::mailing_county,
                 Member::mailing_state, Member::mailing_post_code, Member::mailing_country},
                ", ", arena);
}

}  // namespace

const Registration* read_evergreen_registration(const EvergreenLine& line, TextArena& arena) {
  Registration user;
  user.last_name = line[Member::family_name];
  user.first_name = line[Member::first_given_name];
  user.middle_name = line[Member::second_given_name];
  user.alternate_name = joined(
      line, {Member::pref_first_given_name, Member::pref_second_given_name, Member::pref_family_name}, " ", arena);
  user.birth_date = day_of(line[Member::dob]);
  if (user.birth_date.is(StampForm::never)) user.birth_date = k_unreadable;
  user.email = line[Member::email];
  user.phone = first_of(line, {Member::day_phone, Member::evening_phone, Member::other_phone});
  user.language = line[Member::locale];
  user.address = address_of(line, arena);
  user.profile = line[Member::profile];
  user.library = line[Member::home_ou];
  user.expires_on = day_of(line[Member::expire_date]);
  return arena.keep(user);
}

}  // namespace offcirc
