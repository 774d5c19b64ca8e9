#include "loader/runs/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "loader/circulation/change_writer.hpp"
#include "loader/circulation/fetch.hpp"
#include "loader/commit_point.hpp"
#include "loader/journal/journal.hpp"
#include "loader/journal/status_rows.hpp"
#include "loader/journal/waiting.hpp"
#include "loader/mail/compose.hpp"
#include "loader/output/characters.hpp"
#include "loader/progress.hpp"
#include "loader/rules/read_set.hpp"
#include "loader/rules/replay.hpp"
#include "loader/runs/changed_lists.hpp"
#include "loader/runs/hints.hpp"
#include "loader/runs/own_uploads.hpp"
#include "loader/runs/recorded.hpp"
#include "loader/runs/recorded_notes.hpp"
#include "loader/runs/shelf_lists.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

namespace {

std::vector<LibraryStation> stations_of(const Roster& roster, const Batch& batch, const Policy& policy) {
  if (!roster.expected.empty()) return roster.expected;
  if (roster.require_all) return batch.logs.empty() ? std::vector<LibraryStation>() : rostered_stations(policy);
  return rostered_stations(policy, batch);
}

[[noreturn]] void fail_since_missing(const std::vector<LibraryStation>& missing, std::size_t expected) {
  constexpr std::size_t k_named = 20;
  std::string names;
  for (std::size_t i = 0; i < std::min(missing.size(), k_named); ++i)
    names += fmt::format("{}{} {}", i == 0 ? "" : ", ", visible(missing[i].library), visible(missing[i].station));
  if (missing.size() > k_named) names += fmt::format(" and {} more", missing.size() - k_named);
  throw RunError(
      fmt::format("Nothing was loaded: {} of {} station{} not uploaded: {}.\n"
                  "Load again when their logs are there. To load the logs that are there, omit --require-all; if only "
                  "some stations were offline, name them with --expect.",
                  missing.size(), expected, expected == 1 ? " has" : "s have", names));
}

}  // namespace

std::vector<LibraryStation> find_stations_to_come(const Batch& batch, const OutageSpan& span, const Roster& roster,
                                                  const Policy& policy, const Database& database) {
  const std::vector<LibraryStation> stations = stations_of(roster, batch, policy);
  Uploads came = uploads_of(batch);
  if (span.began_at != k_no_time) came.merge(find_uploads(database, span.began_at));
  std::vector<LibraryStation> missing = find_missing_stations(stations, came, policy);
  if (roster.require_all && !missing.empty()) fail_since_missing(missing, stations.size());
  return missing;
}

namespace {

bool has_note(const Result& result, Outcome outcome) {
  for (const Finding& finding : result.findings)
    if (finding.outcome == outcome) return true;
  return false;
}

// Every line of a log has the default due date of its session, so the log gets one follow-up for all of them.
void note_unusual_session_dates(Batch& batch, const Results& results) {
  std::map<std::uint32_t, std::size_t> lines;
  for (std::size_t i = 0; const Result& result : results) {
    if (has_note(result, Outcome::due_date_unusual) && batch.entries[i].transaction->due_from == DueFrom::session)
      ++lines[batch.desks[batch.entries[i].desk].log];
    ++i;
  }
  for (const auto& [log, count] : lines)
    batch.logs[log].notes.push_back(
        {std::string(facts_of(Outcome::due_date_unusual).code),
         fmt::format("The session's default due date is unusually late for {} transaction{}", count,
                     count == 1 ? "" : "s"),
         std::string(facts_of(Outcome::due_date_unusual).action)});
}

// An edit of a user whom no load registered is an unsupported command.
void set_kind_of_unsupported_edits(Batch& batch, const Results& results) {
  for (const std::uint32_t i : batch.registrations)
    if (has_note(results[i], Outcome::unsupported)) batch.entries[i].kind = Kind::unsupported;
}

LoadOutcome begin_outcome(const RunOptions& options) {
  CommitPoint::begin();
  LoadOutcome outcome;
  outcome.dry_run = options.dry_run;
  outcome.started_at = options.now;
  outcome.operator_name = options.operator_name;
  return outcome;
}

Store begin_store(const RunOptions& options) {
  Store store(options.database, options.dry_run ? Store::Access::read : Store::Access::write);
  store.show(*options.progress);
  store.begin(options.wait_seconds, {options.now, options.operator_name, options.command, options.program_version});
  return store;
}

// Fetches what the batch names, replays it, and adds what else staff should know.
void judge(LoadOutcome& outcome, const Recorded& recorded, const RunOptions& options, Config& config,
           Database& database) {
  ReadSet read_set = collect_read_set(outcome.batch);
  outcome.state = fetch_state(database, read_set, config.policy);
  const ReplayOptions replay_options{options.now, options.since, options.overrides, config.ids};
  outcome.results = replay(outcome.batch, recorded.entries, read_set, config.policy, replay_options, outcome.state,
                           *options.progress);
  set_kind_of_unsupported_edits(outcome.batch, outcome.results);
  outcome.ids = std::move(read_set.text);
  note_copies_elsewhere(recorded, outcome.results);
  add_hints(outcome.batch, config, database, outcome.results);
  outcome.unreadable = results_of_unreadable(outcome.batch, recorded);
  outcome.closed = recorded.closed;
  note_unusual_session_dates(outcome.batch, outcome.results);
}

// Determines who gets the report by mail and, unless it is a dry run, commits.
void finish(LoadOutcome& outcome, const RunOptions& options, const Config& config, Store& store) {
  outcome.finished_at = options.clock ? options.clock() : options.now;
  if (options.mail) outcome.mails = mail_addressees(make_report(outcome, config), config);
  if (options.dry_run) return;
  outcome.load = store.commit({outcome.state, config.policy, outcome.batch, outcome.results, outcome.unreadable},
                              {outcome.started_at,
                               outcome.finished_at,
                               options.operator_name,
                               options.command,
                               config.text,
                               options.program_version,
                               config.system_name,
                               outcome.missing_stations,
                               outcome.shelf_lists,
                               {outcome.mails, message_id_domain(config)},
                               options.since,
                               options.send || config.send.is_configured(),
                               outcome.closed});
}

// The report needs only the text of the state, and can use the memory of the rest.
void keep_only_text(State& state) {
  State empty;
  std::swap(empty.text, state.text);
  state = std::move(empty);
}

}  // namespace

LoadOutcome run_load(const LoadOptions& options, Config& config) {
  LoadOutcome outcome = begin_outcome(options);
  IntakeOptions intake = options.intake;
  intake.now = options.now;
  outcome.batch = read_batch(intake, config, *options.progress);
  Store store = begin_store(options);
  Database& database = store.database();
  Recorded recorded =
      find_recorded(outcome.batch, {options.intake.as_new, options.dry_run, config.policy.zone}, database);
  const Seconds since = options.since.value_or(options.now - config.policy.max_age_days * k_day_seconds);
  mark_own_uploads(outcome.batch, recorded, since, database);
  if (!options.intake.as_new) note_changed_lists(outcome.batch, recorded, database);
  if (!config.policy.loads_fast_clocks) note_earlier_by_fast_clock(outcome.batch, recorded, database);
  judge(outcome, recorded, options, config, database);
  if (options.used_list) note_listed_checkouts(outcome.batch, outcome.results, *options.used_list, config.policy.zone);
  const OutageSpan span = find_outage_span(outcome.batch, outcome.results);
  outcome.missing_stations = find_stations_to_come(outcome.batch, span, options.roster, config.policy, database);
  outcome.shelf_lists =
      make_shelf_lists({outcome.batch, outcome.results, outcome.state, config.policy}, span, options.now, database);
  finish(outcome, options, config, store);
  keep_only_text(outcome.state);
  return outcome;
}

LoadOutcome run_retry(const RetryOptions& options, Config& config) {
  LoadOutcome outcome = begin_outcome(options);
  Store store = begin_store(options);
  Database& database = store.database();
  outcome.batch =
      make_waiting_batch(find_waiting(database, options.choice), options.corrections, config, *options.progress);
  if (outcome.batch.entries.empty()) {
    outcome.finished_at = outcome.started_at;
    return outcome;
  }
  const Recorded none{std::vector<bool>(outcome.batch.entries.size(), false), {}};
  judge(outcome, none, options, config, database);
  outcome.shelf_lists = make_own_shelf_lists({outcome.batch, outcome.results, outcome.state, config.policy},
                                             find_outage_span(outcome.batch, outcome.results), options.now, database);
  finish(outcome, options, config, store);
  keep_only_text(outcome.state);
  return outcome;
}

}  // namespace offcirc
