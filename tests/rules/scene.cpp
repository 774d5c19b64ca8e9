#include "tests/rules/scene.hpp"

#include "tests/rules/values.hpp"

namespace offcirc::tables {

namespace {

void add_row(const std::string& table, const TableRow& row, Scene& scene) {
  Policy& policy = scene.outage.policy;
  model::World& world = scene.outage.world;
  const Zone& zone = policy.zone;
  if (table == "library") add_library(row, policy);
  if (table == "profile") add_profile(row, policy);
  if (table == "map") add_map_row(row, policy);
  if (table == "user") add_user(row, world);
  if (table == "item") add_item(row, zone, world);
  if (table == "charge") add_charge(row, zone, world);
  if (table == "hold") add_hold(row, zone, world);
  if (table == "bill") add_bill(row, zone, world);
  if (table == "time") add_transaction(row, scene);
}

void apply_setting(const TableRow& setting, Scene& scene) {
  const std::string& name = setting.cells.begin()->first;
  Cell cell = setting.cell(name);
  ReplayOptions& options = scene.outage.options;
  if (name == "now") {
    options.now = time_in(cell, scene.outage.policy.zone);
  } else if (name == "since") {
    options.since = time_in(cell, scene.outage.policy.zone);
  } else if (name == "max age") {
    scene.outage.policy.max_age_days = number_in(cell);
  } else if (name == "shelf") {
    scene.outage.policy.locations.shelf = cell.words();
  } else if (name == "user ids") {
    options.ids.user = IdPattern(cell.text);
  } else if (name == "item ids") {
    options.ids.item = IdPattern(cell.text);
  } else if (name == "check digit") {
    options.ids.check_digit = answer_in(cell);
  } else if (name == "override") {
    for (const std::string& code : cell.words()) options.overrides.insert(outcome_in(cell, code));
  } else {
    throw TableError(setting.where, "unknown setting '" + name + "'");
  }
}

/// Checks that IDs in the tables match, because a typing error would otherwise only show as an odd result.
void check_names(const Scene& scene) {
  const model::World& world = scene.outage.world;
  auto need = [&](bool known, const std::string& row, const std::string& id) {
    if (!known) throw TableError(scene.where, row + " names '" + id + "', which no table has");
  };
  for (auto& [item_id, charge] : world.charges) {
    need(world.items.count(item_id) > 0, "a charge", item_id);
    need(world.users.count(charge.user_id) > 0, "the charge of " + item_id, charge.user_id);
  }
  for (auto& [hold_id, hold] : world.holds) {
    need(world.users.count(hold.user_id) > 0, "hold " + hold_id, hold.user_id);
    need(hold.item_id.empty() || world.items.count(hold.item_id) > 0, "hold " + hold_id, hold.item_id);
  }
  for (auto& [bill_id, bill] : world.bills) {
    need(world.users.count(bill.user_id) > 0, "bill " + bill_id, bill.user_id);
  }
}

}  // namespace

Scene build_scene(const TableText& table, const SceneText& text, const Zone& zone) {
  Scene scene;
  scene.where = text.where;
  scene.title = text.title;
  scene.afterwards = text.afterwards;
  Policy& policy = scene.outage.policy;
  policy.zone = zone;
  policy.locations = {{"MISSING"}, {"LOST", "LOST-ASSUM"}, {"INTRANSIT"}, {"HOLDS"}};
  for (const std::vector<Block>* blocks : {&table.common, &text.blocks}) {
    for (const Block& block : *blocks) {
      for (const TableRow& row : block.rows) add_row(block.name, row, scene);
    }
  }
  if (scene.rows.empty()) throw TableError(text.where, "the scene has no transactions");
  scene.outage.options.now = scene.outage.transactions.back().occurred_at + 3600;
  for (const TableRow& setting : text.settings) apply_setting(setting, scene);
  check_names(scene);
  return scene;
}

}  // namespace offcirc::tables
