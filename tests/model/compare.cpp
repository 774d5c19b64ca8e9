#include "tests/model/compare.hpp"

#include <set>
#include <type_traits>

#include "tests/model/describe.hpp"
#include "tests/model/invariants.hpp"
#include "tests/model/plain_rules.hpp"

namespace offcirc::model {

namespace {

Verdict verdict_of(const Result& result) {
  Verdict verdict;
  verdict.disposition = result.disposition;
  for (const Finding& finding : result.findings) verdict.findings.push_back(finding.outcome);
  verdict.due_at = result.due_at;
  verdict.due_from = result.due_from;
  verdict.bill_cents = result.bill_cents;
  return verdict;
}

template <typename Map>
std::string rows_of(const std::string& table, const Map& rows, const Zone& zone) {
  std::string text;
  for (auto& [id, row] : rows) text += "  " + table + " " + id + ": " + text_of(row, zone) + "\n";
  return text;
}

/// The rows that are missing from one map or differ between the two.
template <typename Map>
std::string other_rows(const std::string& table, const Map& model, const Map& replay, const Zone& zone) {
  Map only_model, only_replay;
  for (auto& [id, row] : model) {
    if (replay.count(id) == 0 || !(replay.at(id) == row)) only_model.emplace(id, row);
  }
  for (auto& [id, row] : replay) {
    if (model.count(id) == 0 || !(model.at(id) == row)) only_replay.emplace(id, row);
  }
  return rows_of("model:  " + table, only_model, zone) + rows_of("replay: " + table, only_replay, zone);
}

/// The users or items that the rest of the outage names; the others would only make the text longer.
template <typename Map>
Map mentioned(const Outage& outage, const Map& rows, bool users) {
  std::set<std::string> names;
  for (const PlainTransaction& t : outage.transactions) names.insert(users ? t.user_id : t.item_id);
  for (auto& [item_id, charge] : outage.world.charges) names.insert(users ? charge.user_id : item_id);
  for (auto& [hold_id, hold] : outage.world.holds) names.insert(users ? hold.user_id : hold.item_id);
  for (auto& [bill_id, bill] : outage.world.bills) names.insert(users ? bill.user_id : bill.item_id);
  Map some;
  for (auto& [id, row] : rows) {
    bool by_card = false;
    if constexpr (std::is_same_v<Map, std::map<std::string, PlainUser>>) {
      for (auto& card : row.alternate_ids) by_card = by_card || names.count(card) > 0;
      for (auto& card : row.inactive_ids) by_card = by_card || names.count(card) > 0;
    }
    if (by_card || names.count(id) > 0) some.emplace(id, row);
  }
  return some;
}

std::string other_uses(const World& model, const World& replay) {
  return model.uses == replay.uses ? "" : "  in-house uses are counted otherwise\n";
}

}  // namespace

Opinion judge_outage(const Outage& outage) {
  Opinion opinion;
  opinion.world = outage.world;
  opinion.verdicts = judge(outage.transactions, outage.policy, outage.options, opinion.world);
  return opinion;
}

Opinion replay_outage(const Outage& outage, std::uint64_t slot_seed, std::string* broken) {
  Loaded loaded = load_outage(outage, slot_seed);
  Results results =
      replay(loaded.batch, loaded.already_recorded, loaded.read_set, outage.policy, outage.options, loaded.state);
  Opinion opinion;
  for (const Result& result : results) opinion.verdicts.push_back(verdict_of(result));
  opinion.world = world_after(outage, loaded, loaded.state);
  if (broken) *broken = broken_invariant(outage, results, loaded.state, opinion.world);
  return opinion;
}

std::string difference(const Outage& outage, const Opinion& model, const Opinion& replay) {
  const Zone& zone = outage.policy.zone;
  if (model.verdicts.size() != replay.verdicts.size()) return "there is not one result for each transaction\n";
  for (std::size_t i = 0; i < model.verdicts.size(); ++i) {
    if (model.verdicts[i] == replay.verdicts[i]) continue;
    return "  " + text_of(outage.transactions[i], zone) + "\n  model:  " + text_of(model.verdicts[i], zone) +
           "\n  replay: " + text_of(replay.verdicts[i], zone) + "\n";
  }
  return other_rows("user", model.world.users, replay.world.users, zone) +
         other_rows("item", model.world.items, replay.world.items, zone) +
         other_rows("charge", model.world.charges, replay.world.charges, zone) +
         other_rows("hold", model.world.holds, replay.world.holds, zone) +
         other_rows("bill", model.world.bills, replay.world.bills, zone) + other_uses(model.world, replay.world);
}

std::string text_of(const Outage& outage) {
  const Zone& zone = outage.policy.zone;
  std::string text = "now " + iso_time(outage.options.now, zone);
  if (outage.options.since) text += ", since " + iso_time(*outage.options.since, zone);
  for (Outcome code : outage.options.overrides) text += ", override " + std::string(facts_of(code).code);
  text += "\n" + text_of(outage.policy);
  for (const Library& library : outage.policy.libraries) {
    text += "  " + library.code + " closed:";
    for (Day day = outage.first_day - 20; day < outage.first_day + 30; ++day) {
      if (library.calendar.is_closed(day)) text += " " + iso_date(day);
    }
    text += "\n";
  }
  text += rows_of("user", mentioned(outage, outage.world.users, true), zone) +
          rows_of("item", mentioned(outage, outage.world.items, false), zone) +
          rows_of("charge", outage.world.charges, zone) + rows_of("hold", outage.world.holds, zone) +
          rows_of("bill", outage.world.bills, zone);
  for (const PlainTransaction& t : outage.transactions) text += "  " + text_of(t, zone) + "\n";
  return text;
}

}  // namespace offcirc::model
