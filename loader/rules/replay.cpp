#include "loader/rules/replay.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "loader/rules/replayer.hpp"

namespace offcirc {

namespace {

// Merges the uses of one library, day and item type, and sorts them, so that equal batches give equal rows.
void sum_up_uses(std::vector<UseCount>& uses) {
  const auto key = [](const UseCount& use) { return std::tie(use.library, use.day, use.item_type); };
  std::stable_sort(uses.begin(), uses.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  std::vector<UseCount> sums;
  for (UseCount& use : uses) {
    if (!sums.empty() && key(sums.back()) == key(use))
      sums.back().count += use.count;
    else
      sums.push_back(std::move(use));
  }
  uses = std::move(sums);
}

bool is_registration(const Entry& entry) {
  return entry.kind == Kind::registration;
}

}  // namespace

Results replay(const Batch& batch, const std::vector<bool>& already_recorded, const ReadSet& read_set,
               const Policy& policy, const ReplayOptions& options, State& state, Progress& progress) {
  Replayer judge(batch, read_set, policy, options, state);
  LineCount decided(progress);
  decided.begin(Stage::deciding, batch.entries.size());
  // Registrations go first, so that a user counts as registered from the first use in the logs. They don't depend on
  // anything that other transactions change.
  BlockArray<Result> registered;
  for (const std::uint32_t i : batch.registrations) {
    if (already_recorded[i])
      judge.pass_registration(i);
    else
      registered.push_back(judge.register_user(i));
  }
  Results results;
  auto next_registered = registered.begin();
  for (std::uint32_t i = 0; const Entry& entry : batch.entries) {
    judge.prefetch_for(i);
    if (already_recorded[i])
      results.push_back(judge.already_loaded(i));
    else if (is_registration(entry))
      results.push_back(std::move(*next_registered++));
    else
      results.push_back(judge.judge(i));
    decided.add_one();
    ++i;
  }
  sum_up_uses(state.uses);
  if (options.looked_at != nullptr) *options.looked_at = judge.looked_at();
  return results;
}

namespace {

bool is_about_time(const Finding& finding) {
  return finding.outcome == Outcome::clock_ahead || finding.outcome == Outcome::too_old;
}

bool tells_of_outage(const Result& result) {
  // If the system refused a transaction at the time, it was online.
  if (result.disposition == Disposition::already_loaded || result.disposition == Disposition::not_done) return false;
  return result.disposition != Disposition::rejected ||
         std::none_of(result.findings.begin(), result.findings.end(), is_about_time);
}

}  // namespace

OutageSpan find_outage_span(const Batch& batch, const Results& results) {
  OutageSpan span;
  for (std::size_t i = 0; i < results.size() && span.began_at == k_no_time; ++i)
    if (tells_of_outage(results[i]))
      span.began_at = batch.entries[i].occurred_at;  // entries are in order of occurred_at
  for (const Log& log : batch.logs) span.libraries.insert(log.library);
  for (const BatchDesk& desk : batch.desks) span.libraries.insert(desk.library_code);
  span.libraries.erase("");
  return span;
}

}  // namespace offcirc
