#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "loader/model/outcome.hpp"

using namespace offcirc;

TEST_CASE("every outcome is found by its code, and all codes are different") {
  std::set<std::string_view> codes;
  for (int i = 0; i < k_outcome_count; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    const OutcomeFacts& facts = facts_of(outcome);
    CAPTURE(facts.code);
    CHECK(find_outcome(facts.code) == outcome);
    CHECK(codes.insert(facts.code).second);
    CHECK_FALSE(facts.phrase.empty());
    CHECK(facts.action.ends_with("."));
  }
  CHECK_FALSE(find_outcome("user-bloked").has_value());
  CHECK_FALSE(find_outcome("").has_value());
}

TEST_CASE("the numbers of outcomes in the database are all different, and never change") {
  std::set<int> numbers;
  for (int i = 0; i < k_outcome_count; ++i) CHECK(numbers.insert(facts_of(static_cast<Outcome>(i)).number).second);
  CHECK(facts_of(Outcome::ok).number == 0);
  CHECK(facts_of(Outcome::unreadable).number == 1);
  CHECK(facts_of(Outcome::user_blocked).number == 13);
  CHECK(facts_of(Outcome::route_for_hold).number == 35);
  CHECK(facts_of(Outcome::refused_at_the_time).number == 59);
}

TEST_CASE("outcomes with the same action have the same kind of action") {
  std::map<std::string_view, ActionKind> kinds;
  for (int i = 0; i < k_outcome_count; ++i) {
    const OutcomeFacts& facts = facts_of(static_cast<Outcome>(i));
    CAPTURE(facts.code);
    CHECK(kinds.emplace(facts.action, facts.action_kind).first->second == facts.action_kind);
    CHECK(facts.action.starts_with("Nothing:") <= (facts.action_kind == ActionKind::nothing));
  }
}

TEST_CASE("the kinds of actions, in order") {
  std::string kinds;
  for (int i = 0; i < k_action_kind_count; ++i) {
    const ActionKindFacts& facts = facts_of(static_cast<ActionKind>(i));
    kinds += std::string(facts.code) + ": " + std::string(facts.phrase) + "\n";
  }
  CHECK(kinds ==
        "look-on-shelf: Check the shelf\nscan-again: Check in again\ncall-user: Call the patron\nfix-record: Fix the "
        "record\n"
        "check-station: Check the workstation\nnothing: Nothing to do\n");
}

TEST_CASE("the codes are stable and in order of precedence") {
  std::string codes;
  for (int i = 0; i < k_outcome_count; ++i) codes += std::string(facts_of(static_cast<Outcome>(i)).code) + "\n";
  CHECK(codes ==
        "ok\nunreadable\nalready-loaded\nclock-ahead\ntoo-old\nunsupported\nlibrary-not-found\nlibrary-mismatch\n"
        "user-not-found\nitem-not-found\nlater-action\nsystem-user\nuser-barred\nuser-blocked\ncheckins-off\n"
        "renewals-off\nregistrations-off\nitem-not-charged\ncharged-to-another\nitem-already-checked-in\n"
        "renewal-limit\nitem-has-hold\nuser-exists\nregistration-incomplete\nnot-circulating\n"
        "was-charged-to-another\nhold-for-another\ncard-inactive\nprivilege-expired\ncharge-limit\n"
        "was-in-transit\nwas-missing\nwas-lost\nwas-elsewhere\nclaims-returned\nroute-for-hold\nroute-home\n"
        "due-date-passed\ndue-date-unusual\ndischarge-date-wrong\ndischarged-long-ago\nclock-jumped\n"
        "returned-before-renewal\npossible-duplicate\nregistered-later\nregistered\nperhaps-loaded-before\n"
        "overpaid\nnothing-owed\nuser-delinquent\nid-malformed\nscanned-twice\nclock-went-backwards\n"
        "due-date-moved\nhold-filled\nrenewed\nbill-created\nfine-waived\norder-assumed\nrefused-at-the-time\n");
}

TEST_CASE("the outcomes that the config may change") {
  std::string codes;
  for (int i = 0; i < k_outcome_count; ++i) {
    const OutcomeFacts& facts = facts_of(static_cast<Outcome>(i));
    if (is_configurable(facts)) codes += std::string(facts.code) + " ";
  }
  CHECK(codes ==
        "library-mismatch system-user user-barred user-blocked renewal-limit item-has-hold not-circulating "
        "was-charged-to-another hold-for-another card-inactive privilege-expired charge-limit "
        "perhaps-loaded-before ");
}

TEST_CASE("the names of dispositions are stable") {
  CHECK(name_of(Disposition::loaded) == "loaded");
  CHECK(name_of(Disposition::follow_up) == "follow-up");
  CHECK(name_of(Disposition::rejected) == "rejected");
  CHECK(name_of(Disposition::already_loaded) == "already-loaded");
  CHECK(name_of(Disposition::unreadable) == "unreadable");
  CHECK(name_of(Disposition::not_done) == "not-done");
}
