#include "loader/load.hpp"

#include <fmt/format.h>

#include <map>
#include <unordered_set>
#include <utility>

#include "loader/hints/hints.hpp"
#include "loader/intake/missing_stations.hpp"
#include "loader/mail/addressees.hpp"
#include "loader/rules/read_set.hpp"
#include "loader/rules/replay.hpp"
#include "loader/shelf_lists.hpp"
#include "loader/store/store.hpp"

namespace offcirc {
namespace {

struct IdentityHash {
  std::size_t operator()(const Identity& identity) const {
    return identity.content ^ (static_cast<std::size_t>(identity.recorded) * 0x9e3779b97f4a7c15U) ^ identity.ordinal;
  }
};

// Which records an earlier load has recorded, or an earlier copy of the log in this one.
struct Recorded {
  std::vector<bool> entries;
  std::vector<bool> unreadable;
};

Recorded find_recorded(const Batch& batch, Store& store) {
  std::vector<Identity> identities;
  identities.reserve(batch.entries.size() + batch.unreadable.size());
  for (const Entry& entry : batch.entries) identities.push_back(entry.identity);
  for (const UnreadableRecord& record : batch.unreadable) identities.push_back(record.diagnostic.identity);

  std::vector<bool> recorded = store.already_recorded(identities);
  std::unordered_set<Identity, IdentityHash> seen;
  seen.reserve(identities.size());
  for (std::size_t i = 0; i < identities.size(); ++i)
    if (!seen.insert(identities[i]).second) recorded[i] = true;

  const auto unreadable_from = recorded.begin() + static_cast<std::ptrdiff_t>(batch.entries.size());
  return {{recorded.begin(), unreadable_from}, {unreadable_from, recorded.end()}};
}

std::vector<Result> results_of_unreadable(const Batch& batch, const std::vector<bool>& recorded) {
  std::vector<Result> results(batch.unreadable.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    results[i].disposition = recorded[i] ? Disposition::already_loaded : Disposition::unreadable;
    if (recorded[i])
      results[i].findings.push_back({Outcome::already_loaded, std::string(facts_of(Outcome::already_loaded).phrase)});
    else
      results[i].findings.push_back({Outcome::unreadable, batch.unreadable[i].diagnostic.message});
  }
  return results;
}

bool has_note(const Result& result, Outcome outcome) {
  for (const Finding& finding : result.findings)
    if (finding.outcome == outcome) return true;
  return false;
}

// A session's default due date stands on every line of a log; the follow-up is the log's, once.
void note_unusual_session_dates(Batch& batch, const std::vector<Result>& results) {
  std::map<std::uint32_t, std::size_t> lines;
  for (std::size_t i = 0; i < results.size(); ++i)
    if (batch.entries[i].transaction->due_from == DueFrom::session && has_note(results[i], Outcome::due_date_unusual))
      ++lines[batch.entries[i].log];
  for (const auto& [log, count] : lines)
    batch.logs[log].notes.push_back(
        {std::string(facts_of(Outcome::due_date_unusual).code),
         fmt::format("The session's default due date is unusually late for {} transaction{}", count,
                     count == 1 ? "" : "s"),
         std::string(facts_of(Outcome::due_date_unusual).action)});
}

std::vector<std::string_view> titles_of(const Batch& batch, const State& state) {
  std::vector<std::string_view> titles(batch.entries.size());
  for (std::size_t i = 0; i < titles.size(); ++i) {
    const std::uint32_t key = batch.entries[i].item_key;
    if (key != k_none && state.item_of_key[key] != k_none) titles[i] = state.items[state.item_of_key[key]].title;
  }
  return titles;
}

}  // namespace

LoadOutcome run_load(const LoadOptions& options, Config& config) {
  LoadOutcome outcome;
  outcome.dry_run = options.dry_run;
  outcome.started_at = options.now;
  outcome.batch = read_batch(options.intake, config, *options.progress);
  const ReadSet read_set = collect_read_set(outcome.batch);

  Store store(options.database, options.dry_run ? Store::Access::read : Store::Access::write);
  store.show(*options.progress);
  store.begin(options.wait_seconds, {options.now, options.operator_name, options.command, options.program_version});
  const Recorded recorded = find_recorded(outcome.batch, store);
  outcome.state = store.fetch(read_set, config.policy);

  const ReplayOptions replay_options{options.now, options.since, options.overrides};
  outcome.results = replay(outcome.batch, recorded.entries, read_set, config.policy, replay_options, outcome.state,
                           *options.progress);
  add_hints(outcome.batch, config, store, outcome.results);
  outcome.unreadable = results_of_unreadable(outcome.batch, recorded.unreadable);
  note_unusual_session_dates(outcome.batch, outcome.results);
  outcome.titles = titles_of(outcome.batch, outcome.state);
  outcome.missing_stations = find_missing_stations(outcome.batch, config.policy);
  outcome.shelf_lists =
      make_shelf_lists({outcome.batch, outcome.results, outcome.state, config.policy}, options.now, store);

  outcome.finished_at = options.clock ? options.clock() : options.now;
  if (options.mail) outcome.mails = mail_addressees(make_report(outcome, config), config);
  if (!options.dry_run)
    outcome.load = store.commit(outcome.state, config.policy, outcome.batch, outcome.results, outcome.unreadable,
                                {outcome.started_at,
                                 outcome.finished_at,
                                 options.operator_name,
                                 options.command,
                                 config.text,
                                 options.program_version,
                                 config.system_name,
                                 outcome.missing_stations,
                                 outcome.shelf_lists,
                                 {outcome.mails, message_id_domain(config)}});
  return outcome;
}

}  // namespace offcirc
