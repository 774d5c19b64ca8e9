#include <array>

#include "tests/model/random_outage.hpp"

namespace offcirc::model {

namespace {

CirculationRule rule(const std::string& text) {
  auto parsed = parse_rule(text);
  return parsed ? *parsed : CirculationRule{};
}

Calendar random_calendar(Day first_day, Dice& dice) {
  std::array<bool, 7> weekdays{};
  for (bool& closed : weekdays) closed = dice.chance(18);
  weekdays[3] = dice.chance(3);  // occasionally a library is never open
  for (bool& closed : weekdays) closed = closed || weekdays[3];
  std::vector<Day> days;
  for (int left = dice.below(5); left > 0; --left) days.push_back(first_day + dice.between(-20, 30));
  return Calendar(weekdays, days);
}

OfflineRules random_offline(Dice& dice) {
  OfflineRules rules;
  rules.checkins = !dice.chance(10);
  rules.renewals = !dice.chance(10);
  rules.registrations = !dice.chance(10);
  rules.trap_holds = dice.chance(35);
  rules.max_renewals = dice.below(4);
  rules.default_loan = rule(dice.pick<std::string>({"14D-10D-5M", "21D-10D-5M", "2H-50H-0M"}));
  rules.fines_on_closed_days = dice.chance(60);
  rules.cap_due_at_expiry = dice.chance(35);
  rules.required = {"user_id", "last_name", "library", "profile"};
  if (dice.chance(15)) rules.required.push_back(dice.pick<std::string>({"email", "phone", "first_name"}));
  for (Outcome code : {Outcome::system_user, Outcome::user_barred, Outcome::user_blocked, Outcome::renewal_limit,
                       Outcome::item_has_hold}) {
    rules.rejects[static_cast<std::size_t>(code)] = dice.chance(65);
  }
  for (Outcome code :
       {Outcome::library_mismatch, Outcome::not_circulating, Outcome::was_charged_to_another, Outcome::hold_for_another,
        Outcome::card_inactive, Outcome::privilege_expired, Outcome::charge_limit}) {
    rules.rejects[static_cast<std::size_t>(code)] = dice.chance(15);
  }
  return rules;
}

void add_profiles(Policy& policy, Dice& dice) {
  for (const char* name : {"PUBLIC", "CHILD", "STAFF"}) {
    Profile profile;
    profile.name = name;
    if (dice.chance(70)) profile.bill_threshold_cents = dice.pick<Cents>({500, 1000, 2500});
    if (dice.chance(30)) profile.overdue_threshold = dice.between(1, 3);
    if (dice.chance(30)) profile.claims_returned_threshold = dice.between(1, 3);
    if (dice.chance(40)) profile.charge_limit = dice.between(1, 4);
    policy.profiles.push_back(profile);
  }
  Profile damaged;
  damaged.name = "DAMAGED";
  damaged.system = true;
  damaged.location = "DAMAGED";
  policy.profiles.push_back(damaged);
}

void add_map(Policy& policy, Dice& dice) {
  std::vector<CirculationMap::Row> rows;
  std::vector<std::string> libraries = {"*", "*"}, profiles = {"*", "*", "PUBLIC", "CHILD", "STAFF"};
  for (const Library& library : policy.libraries) libraries.push_back(library.code);
  const std::vector<std::string> item_types = {"*", "BOOK", "DVD", "LAPTOP", "REF"};
  const std::vector<std::string> rules = {"21D-10D-5M",  "7D-100D-10M", "4H-25H-10M", "14D-0D-0M",
                                          "3D-5H-2.50M", "28D-20D-0M",  "0D-0D-0M",   "1H-300D-7M"};
  if (dice.chance(75)) rows.push_back({"*", "*", "*", rule("14D-25D-5M"), 2});
  for (int left = dice.between(4, 9); left > 0; --left) {
    auto line = static_cast<std::uint32_t>(rows.size() + 2);
    rows.push_back({dice.pick(libraries), dice.pick(profiles), dice.pick(item_types), rule(dice.pick(rules)), line});
  }
  policy.circulation_map = CirculationMap(rows);
}

}  // namespace

void add_policy(Outage& outage, Dice& dice) {
  Policy& policy = outage.policy;
  const std::vector<std::string> codes = {"ASH", "ELM", "OAK", "YEW"};
  int count = dice.between(2, 4);
  for (int i = 0; i < count; ++i) {
    Library library;
    library.code = codes[static_cast<std::size_t>(i)];
    library.name = library.code + " Public Library";
    library.calendar = random_calendar(outage.first_day, dice);
    library.offline = random_offline(dice);
    policy.libraries.push_back(library);
  }
  policy.default_offline = random_offline(dice);
  policy.system_calendar = random_calendar(outage.first_day, dice);
  policy.max_age_days = dice.between(2, 9);
  policy.locations = {{"MISSING"}, {"LOST", "LOST-ASSUM"}, {"INTRANSIT"}, {"HOLDS"}};
  if (dice.chance(50)) policy.locations.shelf = {"DISPLAY"};
  add_profiles(policy, dice);
  add_map(policy, dice);
}

}  // namespace offcirc::model
