#include "tests/model/invariants.hpp"

#include <set>

#include "loader/report/words.hpp"

namespace offcirc::model {

namespace {

bool took_effect(const Result& result) {
  return result.disposition == Disposition::loaded || result.disposition == Disposition::follow_up;
}

OutcomeClass table_class(Outcome outcome) {
  return facts_of(outcome).outcome_class;
}

/// Each finding appears once and has a sentence; a transaction that did not take effect created nothing.
std::string check_results(const Results& results) {
  std::string broken;
  for (const Result& result : results) {
    std::set<Outcome> seen;
    for (const Finding& finding : result.findings) {
      std::string code(facts_of(finding.outcome).code);
      if (!seen.insert(finding.outcome).second) broken += "A result has " + code + " twice.\n";
      if (words_of(finding, Zone()).empty()) broken += "A result has no sentence for " + code + ".\n";
    }
    bool made = result.due_at != k_no_time || result.made_bill || result.due_from != DueFrom::none;
    if (!took_effect(result) && made) broken += "A result that was not loaded has a due date or a bill.\n";
    if (result.made_bill != (result.bill_cents != 0)) broken += "A result disagrees with itself about its bill.\n";
    if (result.disposition == Disposition::loaded && !result.findings.empty() &&
        table_class(result.outcome()) == OutcomeClass::rejected) {
      broken += "A result is loaded though its outcome rejects or is overridden.\n";
    }
  }
  return broken;
}

std::string check_charges(const State& state) {
  std::set<Row> charged;
  std::string broken;
  for (const Charge& charge : state.charges) {
    if (charge.open && !charged.insert(charge.item_row).second) broken += "An item has two charges.\n";
  }
  for (std::size_t slot = 0; slot < state.items.size(); ++slot) {
    Slot charge = state.items[slot].charge;
    bool is_its_own = charge == k_none || (state.charges[charge].open && state.charges[charge].item == slot);
    if (!is_its_own) broken += "An item's charge is closed or another item's.\n";
  }
  const std::set<Slot> free(state.free_charges.begin(), state.free_charges.end());
  if (free.size() != state.free_charges.size()) broken += "A slot is free twice.\n";
  for (Slot slot = 0; slot < state.charges.size(); ++slot) {
    const Charge& charge = state.charges[slot];
    if (free.contains(slot) != (!charge.open && !charge.in_database))
      broken += "A slot is free, or used, and should not.\n";
  }
  return broken;
}

std::string check_holds(const World& after) {
  std::string broken;
  for (auto& [hold_id, hold] : after.holds) {
    bool needs_item = hold.item_level || hold.status != "waiting";
    if (needs_item == hold.item_id.empty()) broken += "Hold " + hold_id + " is half in one state, half in another.\n";
  }
  return broken;
}

Cents total(const World& world) {
  Cents sum = 0;
  for (auto& [bill_id, bill] : world.bills) sum += bill.amount;
  return sum;
}

/// The amount owed afterwards is the amount owed before, plus the bills created, minus the payments.
std::string check_money(const Outage& outage, const Results& results, const World& after) {
  Cents expected = total(outage.world);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const PlainTransaction& t = outage.transactions[i];
    if (t.kind == Kind::payment) {
      if (took_effect(results[i])) expected -= t.amount;
    } else {
      expected += results[i].bill_cents;
    }
  }
  return expected == total(after) ? "" : "What is owed is not the bills minus the payments.\n";
}

std::string check_uses(const Outage& outage, const Results& results, const World& after) {
  std::int64_t expected = 0, counted = 0;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const PlainTransaction& t = outage.transactions[i];
    if (t.kind == Kind::in_house_use && took_effect(results[i])) expected += t.count;
  }
  for (auto& [where, count] : after.uses) counted += count;
  return expected == counted ? "" : "The in-house uses do not add up.\n";
}

/// The keys of the rows that differ between the two.
template <typename Map>
std::set<std::string> changed_rows(const Map& before, const Map& after) {
  std::set<std::string> changed;
  for (auto& [id, row] : before) {
    if (after.count(id) == 0 || !(after.at(id) == row)) changed.insert(id);
  }
  for (auto& [id, row] : after) {
    if (before.count(id) == 0) changed.insert(id);
  }
  return changed;
}

/// Every change concerns an item or a user that is named by a transaction that took effect.
std::string check_changes(const Outage& outage, const Results& results, const World& after) {
  std::set<std::string> items, users;
  bool paid = false;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const PlainTransaction& t = outage.transactions[i];
    if (!took_effect(results[i])) continue;
    if (t.kind == Kind::registration) users.insert(t.user_id);
    if (t.kind == Kind::payment) paid = true;
    if (t.kind == Kind::checkout || t.kind == Kind::checkin || t.kind == Kind::renewal) items.insert(t.item_id);
  }
  std::string broken;
  for (auto& id : changed_rows(outage.world.items, after.items)) {
    if (items.count(id) == 0) broken += "Item " + id + " changed though no result says so.\n";
  }
  for (auto& id : changed_rows(outage.world.charges, after.charges)) {
    if (items.count(id) == 0) broken += "The charge of " + id + " changed though no result says so.\n";
  }
  for (auto& id : changed_rows(outage.world.users, after.users)) {
    if (users.count(id) == 0) broken += "User " + id + " changed though no result says so.\n";
  }
  for (auto& id : changed_rows(outage.world.bills, after.bills)) {
    if (outage.world.bills.count(id) > 0 && !paid) broken += "Bill " + id + " changed though nobody paid.\n";
  }
  if (items.empty() && outage.world.holds != after.holds) broken += "A hold changed though no item did.\n";
  return broken;
}

}  // namespace

std::string broken_invariant(const Outage& outage, const Results& results, const State& state, const World& after) {
  if (results.size() != outage.transactions.size()) return "There is not one result for each transaction.\n";
  return check_results(results) + check_charges(state) + check_holds(after) + check_money(outage, results, after) +
         check_uses(outage, results, after) + check_changes(outage, results, after);
}

}  // namespace offcirc::model
