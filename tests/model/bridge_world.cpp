#include "tests/model/bridge.hpp"

namespace offcirc::model {

namespace {

std::string id_of(const std::vector<std::string>& ids, Row row) {
  return row == 0 ? "" : ids[static_cast<std::size_t>(row - 1)];
}

std::string code_of(const Policy& policy, LibraryIndex library) {
  return library == k_no_library ? "" : policy.libraries[library].code;
}

PlainUser new_user(const Policy& policy, const State& state, const User& user) {
  PlainUser plain;
  if (user.profile != k_no_profile) plain.profile = policy.profiles[user.profile].name;
  plain.library = code_of(policy, user.library);
  plain.expires_on = user.expires_on;
  if (user.details == k_none) return plain;
  const UserDetails& details = state.details[user.details];
  auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) plain.fields[name] = value;
  };
  add("last_name", details.last_name);
  add("first_name", details.first_name);
  add("middle_name", details.middle_name);
  add("alternate_name", details.alternate_name);
  add("language", details.language);
  add("address", details.address);
  add("categories", details.categories);
  add("department", details.department);
  add("birth_date", details.birth_date);
  add("email", details.email);
  add("phone", details.phone);
  return plain;
}

PlainCharge plain_charge(const Policy& policy, const State& state, const Charge& charge) {
  PlainCharge plain;
  plain.user_id = std::string(state.users[charge.user].id);
  plain.library = code_of(policy, charge.library);
  if (charge.rule != k_no_code) plain.rule = state.rules[charge.rule].text;
  plain.charged_at = charge.charged_at;
  plain.due_at = charge.due_at;
  plain.renewals = charge.renewals;
  plain.claimed_at = charge.claims_returned_at;
  plain.made_by_this_load = !charge.in_database;
  return plain;
}

void write_charges(const Policy& policy, const Loaded& loaded, const State& state, World& world) {
  for (const Charge& charge : state.charges) {
    if (charge.in_database && !charge.open) world.charges.erase(id_of(loaded.item_ids, charge.item_row));
  }
  for (const Charge& charge : state.charges) {
    bool to_write = charge.open && (charge.changed || !charge.in_database);
    if (to_write) world.charges[id_of(loaded.item_ids, charge.item_row)] = plain_charge(policy, state, charge);
  }
}

void write_holds(const Loaded& loaded, const State& state, World& world) {
  for (const Hold& hold : state.holds) {
    if (!hold.changed) continue;
    PlainHold& plain = world.holds.at(id_of(loaded.hold_ids, hold.row));
    plain.item_id = id_of(loaded.item_ids, hold.item_row);
    switch (hold.status) {
      case HoldStatus::waiting:
        plain.status = "waiting";
        break;
      case HoldStatus::on_shelf:
        plain.status = "on-shelf";
        break;
      case HoldStatus::in_transit:
        plain.status = "in-transit";
        break;
      case HoldStatus::filled:
        world.holds.erase(id_of(loaded.hold_ids, hold.row));
        break;
    }
  }
}

void write_bills(const Policy& policy, const Loaded& loaded, const State& state, World& world) {
  for (const Bill& bill : state.bills) {
    bool is_new = bill.row == 0;
    if (!is_new && !bill.changed) continue;
    std::string bill_id = is_new ? new_bill_id(bill.made_by) : id_of(loaded.bill_ids, bill.row);
    if (bill.amount_cents == 0) {
      world.bills.erase(bill_id);
      continue;
    }
    world.bills[bill_id] = {std::string(state.users[bill.user].id),
                            id_of(loaded.item_ids, bill.item_row),
                            std::string(bill.reason),
                            code_of(policy, bill.library),
                            bill.amount_cents,
                            bill.billed_at};
  }
}

}  // namespace

World world_after(const Outage& outage, const Loaded& loaded, const State& state) {
  World world = outage.world;
  for (const User& user : state.users) {
    if (user.row == 0) world.users[std::string(user.id)] = new_user(outage.policy, state, user);
  }
  for (const Item& item : state.items) {
    if (!item.location_changed) continue;
    const bool is_known = item.current_location != k_no_code;
    world.items.at(std::string(item.id)).current_location = is_known ? state.locations[item.current_location] : "";
  }
  write_charges(outage.policy, loaded, state, world);
  write_holds(loaded, state, world);
  write_bills(outage.policy, loaded, state, world);
  for (const UseCount& use : state.uses) {
    world.uses[{code_of(outage.policy, use.library), use.day, use.item_type}] += use.count;
  }
  return world;
}

}  // namespace offcirc::model
