#include "formats/evergreen_member.hpp"

#include <array>

namespace offcirc {
namespace {

// By EvergreenMember.
constexpr std::array<std::string_view, k_evergreen_member_count> k_names = {
    "type",
    "timestamp",
    "delta",
    "patron_barcode",
    "barcode",
    "due_date",
    "checkout_time",
    "backdate",
    "use_time",
    "count",
    "noncat",
    "noncat_type",
    "noncat_count",
    "barcode",
    "family_name",
    "first_given_name",
    "second_given_name",
    "pref_family_name",
    "pref_first_given_name",
    "pref_second_given_name",
    "home_ou",
    "profile",
    "dob",
    "expire_date",
    "email",
    "day_phone",
    "evening_phone",
    "other_phone",
    "locale",
    "street1",
    "street2",
    "city",
    "county",
    "state",
    "post_code",
    "country",
    "street1",
    "street2",
    "city",
    "county",
    "state",
    "post_code",
    "country",
};

/// Where an object's members begin and end.
struct Range {
  EvergreenMember first, last;
};

// By EvergreenObject.
constexpr std::array<Range, 5> k_members = {{
    {EvergreenMember::type, EvergreenMember::noncat_count},
    {EvergreenMember::family_name, EvergreenMember::locale},
    {EvergreenMember::card_barcode, EvergreenMember::card_barcode},
    {EvergreenMember::billing_street1, EvergreenMember::billing_country},
    {EvergreenMember::mailing_street1, EvergreenMember::mailing_country},
}};

}  // namespace

std::string_view name_of(EvergreenMember member) {
  return k_names[static_cast<std::size_t>(member)];
}

std::optional<EvergreenMember> find_evergreen_member(EvergreenObject object, std::string_view name) {
  const Range range = k_members[static_cast<std::size_t>(object)];
  const auto last = static_cast<std::size_t>(range.last);
  for (auto i = static_cast<std::size_t>(range.first); i <= last; ++i) {
    if (k_names[i] == name) return static_cast<EvergreenMember>(i);
  }
  return std::nullopt;
}

std::optional<EvergreenObject> find_evergreen_object(EvergreenObject object, std::string_view name) {
  if (object == EvergreenObject::line && name == "user") return EvergreenObject::user;
  if (object != EvergreenObject::user) return std::nullopt;
  if (name == "card") return EvergreenObject::card;
  if (name == "billing_address") return EvergreenObject::billing_address;
  if (name == "mailing_address") return EvergreenObject::mailing_address;
  return std::nullopt;
}

}  // namespace offcirc
