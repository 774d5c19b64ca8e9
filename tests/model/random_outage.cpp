#include "tests/model/random_outage.hpp"

namespace offcirc::model {

namespace {

constexpr Day k_year_2026 = 20454;
constexpr Day k_march_8 = k_year_2026 + 66;
constexpr Day k_november_1 = k_year_2026 + 304;
constexpr Day k_march_14_2027 = k_year_2026 + 365 + 72;

Zone chicago() {
  return Zone("America/Chicago", {{INT64_MIN / 4, -6 * 3600},
                                  {k_march_8 * k_day_seconds + 8 * 3600, -5 * 3600},
                                  {k_november_1 * k_day_seconds + 7 * 3600, -6 * 3600},
                                  {k_march_14_2027 * k_day_seconds + 8 * 3600, -5 * 3600}});
}

const std::vector<Outcome>& overridable() {
  static const std::vector<Outcome> k_codes = {Outcome::clock_ahead,   Outcome::too_old,      Outcome::later_action,
                                               Outcome::system_user,   Outcome::user_barred,  Outcome::user_blocked,
                                               Outcome::renewal_limit, Outcome::item_has_hold};
  return k_codes;
}

}  // namespace

std::string random_field(const std::string& name, Dice& dice) {
  if (name == "last_name") {
    return dice.pick<std::string>(
        {"Núñez", "Nunez", "NUÑEZ", "O'Brien", "Obrien", "Müller-Berg", "Muller Berg", "Quill"});
  }
  if (name == "birth_date") return dice.pick<std::string>({"1980-02-29", "1991-12-31", "2004-07-04", ""});
  if (name == "email") return dice.pick<std::string>({"a@example.org", "b@example.org", "c@example.org", "", ""});
  if (name == "phone") return dice.pick<std::string>({"5550101", "5550102", "", "", ""});
  if (name == "first_name") return dice.pick<std::string>({"Ada", "Ben", "Cleo", ""});
  return dice.chance(90) ? "" : name + " text";
}

void add_options(Outage& outage, Dice& dice) {
  const std::vector<PlainTransaction>& all = outage.transactions;
  outage.options.now = all.back().occurred_at + dice.below(4) * 3600;
  if (dice.chance(12)) outage.options.now = all[all.size() * 9 / 10].occurred_at - dice.below(900);
  if (dice.chance(12)) outage.options.since = all[all.size() / 10].occurred_at + dice.below(60);
  if (dice.chance(30)) outage.options.ids.user = IdPattern("^[UNX][0-6]$");
  if (dice.chance(30)) outage.options.ids.item = IdPattern("^I[0-8]$");
  outage.options.ids.check_digit = dice.chance(20);
  if (!dice.chance(20)) return;
  for (int left = dice.between(1, 4); left > 0; --left) outage.options.overrides.insert(dice.pick(overridable()));
}

Outage random_outage(std::uint64_t seed) {
  Dice dice(seed);
  Outage outage;
  outage.policy.zone = chicago();
  outage.first_day =
      dice.pick<Day>({k_march_8 - 2, k_march_8 - 1, k_november_1 - 1, k_year_2026 + dice.between(100, 300)});
  outage.starts_at = outage.policy.zone.to_utc(Seconds{outage.first_day} * k_day_seconds + 9 * 3600);
  add_policy(outage, dice);
  add_users(outage, dice);
  add_items(outage, dice);
  add_charges(outage, dice);
  add_holds(outage, dice);
  add_bills(outage, dice);
  add_transactions(outage, dice);
  add_options(outage, dice);
  return outage;
}

}  // namespace offcirc::model
