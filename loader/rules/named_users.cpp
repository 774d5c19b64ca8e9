#include "loader/rules/named_users.hpp"

#include <algorithm>
#include <array>

namespace offcirc {
namespace {

/// What stands before and behind the ID; nothing behind it: the sentence ends with it.
struct Wording {
  Outcome outcome;
  std::string_view before, after;
};

// As the rules word them: the test of the disclosure holds every sentence of the rule tables against this.
constexpr std::array k_wordings = {
    Wording{Outcome::user_barred, "User is barred: ", ""},
    Wording{Outcome::user_blocked, "User is blocked: ", " owes "},
    Wording{Outcome::user_blocked, "User is blocked: ", " has "},
    Wording{Outcome::user_delinquent, "User is delinquent: ", " owes "},
    Wording{Outcome::system_user, "Not a patron: ", " is a system user ("},
    Wording{Outcome::privilege_expired, "Privilege had expired: ", "'s on "},
    Wording{Outcome::registered_later, "User ", " was registered only later in these logs"},
    Wording{Outcome::charge_limit, "Charge limit passed: user ", " had "},
    Wording{Outcome::charged_to_another, " is charged to another user: ", ""},
    Wording{Outcome::renewals_off, " was charged to user ", ", due "},
    Wording{Outcome::renewal_limit, "; it was charged to user ", ", due "},
    Wording{Outcome::item_has_hold, "; it was charged to user ", ", due "},
    Wording{Outcome::item_not_charged, " was claimed returned by user ", ""},
    Wording{Outcome::item_not_charged, " is lost by user ", ""},
    Wording{Outcome::was_charged_to_another, " was charged to user ", ", now discharged"},
    Wording{Outcome::renewed, " was charged to user ", " already"},
    Wording{Outcome::scanned_twice, " was charged to user ", " at "},
    Wording{Outcome::claims_returned, " was claimed returned by user ", ", now cleared"},
    Wording{Outcome::hold_filled, "User ", "'s hold on item "},
    Wording{Outcome::bill_created, " for user ", ", due "},
    Wording{Outcome::id_malformed, "User ID ", " is known, but "},
    Wording{Outcome::fine_waived, " for user ", ", due "},
    Wording{Outcome::returned_before_renewal, " for user ", ""},
    Wording{Outcome::nothing_owed, "User ", " paid "},
    Wording{Outcome::overpaid, "User ", " paid "},
};

// From the first place where it may begin to the last where it may end: IDs may have any words in them.
std::string_view between(std::string_view sentence, const Wording& wording) {
  const std::size_t before = sentence.find(wording.before);
  if (before == std::string_view::npos) return {};
  const std::size_t begin = before + wording.before.size();
  const std::size_t end = wording.after.empty() ? sentence.size() : sentence.rfind(wording.after);
  if (end == std::string_view::npos || end <= begin) return {};
  // Twice the same words: which of the two stands before the ID can't be told.
  if (sentence.find(wording.before, begin) != std::string_view::npos) return {};
  return sentence.substr(begin, end - begin);
}

}  // namespace

bool names_a_user(Outcome outcome) {
  return std::any_of(k_wordings.begin(), k_wordings.end(), [&](const Wording& w) { return w.outcome == outcome; });
}

std::string_view user_named_in(std::string_view sentence, Outcome outcome) {
  std::string_view longest;
  for (const Wording& wording : k_wordings) {
    if (wording.outcome != outcome) continue;
    const std::string_view named = between(sentence, wording);
    if (named.size() > longest.size()) longest = named;
  }
  return longest;
}

}  // namespace offcirc
