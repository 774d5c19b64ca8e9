#include "tests/model/plain_rules.hpp"
#include "tests/model/random_outage.hpp"

namespace offcirc::model {

namespace {

/// A time before the outage or, occasionally, during it.
Seconds mostly_before(const Outage& outage, int days, Dice& dice) {
  if (dice.chance(8)) return outage.starts_at + dice.between(0, 2 * 86'400);
  return outage.starts_at - dice.between(60, days * 86'400);
}

std::string random_location(const PlainItem& item, Dice& dice) {
  if (dice.chance(60)) return item.home_location;
  return dice.pick<std::string>({"MISSING", "LOST", "LOST-ASSUM", "INTRANSIT", "HOLDS", "DISPLAY", "CHECKEDOUT"});
}

bool is_system(const PlainUser& user) {
  return user.profile == "DAMAGED";
}

PlainCharge random_charge(const Outage& outage, const std::string& user_id, Dice& dice) {
  PlainCharge charge;
  charge.user_id = user_id;
  charge.library = dice.pick(outage.policy.libraries).code;
  charge.rule = dice.pick<std::string>({"21D-10D-5M", "7D-100D-10M", "4H-25H-10M", "3D-5H-2.50M", "28D-300D-0M", ""});
  charge.charged_at = mostly_before(outage, 40, dice);
  charge.renewals = dice.below(4);
  Day due_day = civil_day(outage.policy.zone, charge.charged_at) + dice.between(1, 35);
  charge.due_at = last_minute_of(outage.policy.zone, due_day);
  if (dice.chance(20)) charge.due_at = charge.charged_at + dice.between(1, 40) * 1800;
  if (dice.chance(8) || is_system(outage.world.users.at(user_id))) charge.due_at = k_never;
  if (dice.chance(15)) charge.claimed_at = mostly_before(outage, 4, dice);
  return charge;
}

}  // namespace

void add_users(Outage& outage, Dice& dice) {
  int count = dice.between(5, 12);
  for (int i = 0; i < count; ++i) {
    PlainUser user;
    std::string number = std::to_string(i);
    user.profile = i == 0 ? "DAMAGED" : dice.pick<std::string>({"PUBLIC", "CHILD", "STAFF"});
    user.library = dice.pick(outage.policy.libraries).code;
    user.barred = dice.chance(8);
    if (dice.chance(30)) user.claims_returned = dice.below(4);
    if (dice.chance(35)) user.expires_on = outage.first_day + dice.between(-3, 25);
    if (dice.chance(30)) user.alternate_ids.insert("A" + number);
    if (dice.chance(30)) user.inactive_ids.insert("X" + number);
    for (const char* name : k_person_fields) {
      std::string value = random_field(name, dice);
      if (!value.empty()) user.fields[name] = value;
    }
    outage.world.users["U" + number] = user;
  }
}

void add_items(Outage& outage, Dice& dice) {
  int count = dice.between(5, 16), titles = dice.between(2, 6);
  for (int i = 0; i < count; ++i) {
    PlainItem item;
    if (!dice.chance(8)) item.title_id = "T" + std::to_string(dice.below(titles));
    item.item_type = dice.pick<std::string>({"BOOK", "BOOK", "DVD", "LAPTOP", "REF", "TOY"});
    item.library = dice.pick(outage.policy.libraries).code;
    item.home_location = dice.pick<std::string>({"STACKS", "STACKS", "JUVENILE", ""});
    item.current_location = random_location(item, dice);
    if (dice.chance(50)) item.last_action_at = mostly_before(outage, 30, dice);
    if (dice.chance(25)) item.earlier_at = mostly_before(outage, 3, dice);
    item.earlier_kind = dice.pick<Kind>({Kind::checkin, Kind::checkout, Kind::renewal});
    if (item.earlier_kind == Kind::renewal) item.earlier_bill = dice.below(4) * 50;
    outage.world.items["I" + std::to_string(i)] = item;
  }
}

void add_charges(Outage& outage, Dice& dice) {
  std::vector<std::string> users = ids_of(outage.world.users);
  for (auto& [item_id, item] : outage.world.items) {
    if (!dice.chance(45)) continue;
    const std::string& user_id = dice.pick(users);
    outage.world.charges[item_id] = random_charge(outage, user_id, dice);
    item.current_location = is_system(outage.world.users.at(user_id)) ? "DAMAGED" : "CHECKEDOUT";
    if (dice.chance(15)) item.current_location = dice.pick<std::string>({"LOST", "LOST-ASSUM", "MISSING", "STACKS"});
  }
}

void add_holds(Outage& outage, Dice& dice) {
  World& world = outage.world;
  std::set<std::string> bound, asked;  // copies assigned to a hold; who asks for what
  std::vector<std::string> users = ids_of(world.users), items = ids_of(world.items);
  int count = dice.between(1, 10);
  for (int i = 0; i < count; ++i) {
    const std::string& item_id = dice.pick(items);
    PlainItem& item = world.items.at(item_id);
    PlainHold hold;
    hold.user_id = dice.pick(users);
    hold.item_level = item.title_id.empty() || dice.chance(35);
    hold.title_id = item.title_id;
    hold.pickup_library = dice.pick(outage.policy.libraries).code;
    hold.placed_at = mostly_before(outage, 60, dice);
    if (dice.chance(20)) hold.expires_on = outage.first_day + dice.between(-2, 10);
    bool free = world.charges.count(item_id) == 0 && bound.count(item_id) == 0;
    if (free && dice.chance(45)) {
      bool here = dice.chance(65);
      hold.status = here ? "on-shelf" : "in-transit";
      if (!dice.chance(10)) item.current_location = here ? "HOLDS" : "INTRANSIT";
      bound.insert(item_id);
      hold.placed_at = outage.starts_at - dice.between(60, 60 * 86'400);
    }
    if (hold.item_level || hold.status != "waiting") hold.item_id = item_id;
    // Occasionally an earlier load has told staff to scan a copy again for the hold.
    bool routed = hold.status == "waiting" && !hold.item_level && free && dice.chance(25);
    if (routed && bound.insert(item_id).second) hold.routed_copy = item_id;
    std::string what = item.title_id.empty() ? item_id : item.title_id;
    if (asked.insert(hold.user_id + "/" + what).second) world.holds["H" + std::to_string(i)] = hold;
  }
}

void add_bills(Outage& outage, Dice& dice) {
  std::vector<std::string> users = ids_of(outage.world.users), items = ids_of(outage.world.items);
  int count = dice.below(9);
  for (int i = 0; i < count; ++i) {
    PlainBill bill;
    bill.user_id = dice.pick(users);
    if (dice.chance(80)) bill.item_id = dice.pick(items);
    bill.reason = dice.pick<std::string>({"OVERDUE", "LOST", "COPIES"});
    bill.library = dice.pick(outage.policy.libraries).code;
    bill.amount = dice.between(1, 60) * 50;
    if (dice.chance(12)) {
      bill.reason = "CREDIT";
      bill.amount = -bill.amount;
    }
    bill.billed_at = mostly_before(outage, 200, dice);
    outage.world.bills["B" + std::to_string(i)] = bill;
  }
}

}  // namespace offcirc::model
