#include "loader/report/report.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <map>
#include <utility>

#include "loader/memory/pages.hpp"
#include "loader/report/report_parts.hpp"

namespace offcirc {

namespace {

constexpr std::size_t k_results_ahead = 8;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "offcirc: a bug: %s\n", what);
  std::abort();
}

ReportResult report_of(const Entry& entry, const Result& result, const LoadOutcome& outcome) {
  ReportResult to = report_of(result, outcome.operator_name);
  const BatchDesk& desk = outcome.batch.desks[entry.desk];
  to.log = outcome.batch.logs[desk.log].path;
  to.line = entry.transaction->line;
  to.library = desk.library_code;
  to.station = desk.station;
  to.recorded_at = entry.recorded_at;
  to.occurred_at = entry.occurred_at;
  to.kind = name_of(entry.kind);
  if (entry.kind == Kind::unsupported) to.what = entry.transaction->what;
  to.is_edit = entry.kind == Kind::registration && entry.transaction->edits_registration;
  to.user_id = entry.user_id;
  to.item_id = entry.item_id;
  to.title = result.title;
  if (entry.earlier != nullptr) to.retry_of = ResultName{entry.earlier->load, entry.earlier->n};
  return to;
}

ReportResult report_of(const UnreadableRecord& record, const Result& result, const Batch& batch) {
  ReportResult to = report_of(result, {});
  to.log = batch.logs[record.log].path;
  to.line = record.diagnostic.line;
  to.column = record.diagnostic.column;
  to.library = record.library;
  to.station = record.station;
  to.recorded_at = record.times.recorded_at;
  to.occurred_at = record.times.occurred_at;
  to.user_id = record.diagnostic.user_id;
  to.item_id = record.diagnostic.item_id;
  to.is_doubtful = result.disposition == Disposition::unreadable && record.diagnostic.is_doubtful;
  return to;
}

// Reads the transaction only for a registration, since it is elsewhere in memory and rarely in the cache.
ResultGlance glance_at(const Entry& entry, const Result& result, const Batch& batch) {
  const BatchDesk& desk = batch.desks[entry.desk];
  return {batch.logs[desk.log].path,
          desk.library_code,
          desk.station,
          entry.item_id,
          entry.item_key,
          entry.kind,
          entry.recorded_at,
          entry.occurred_at,
          result.disposition,
          result.findings.empty(),
          entry.kind == Kind::registration && entry.transaction->edits_registration};
}

// An unreadable record needs no item_key, since no later record of its item settles it.
ResultGlance glance_at(const UnreadableRecord& record, const Result& result, const Batch& batch) {
  ResultGlance seen;
  seen.log = batch.logs[record.log].path;
  seen.library = record.library;
  seen.station = record.station;
  seen.item_id = record.diagnostic.item_id;
  seen.recorded_at = record.times.recorded_at;
  seen.occurred_at = record.times.occurred_at;
  seen.disposition = result.disposition;
  return seen;
}

ReportResults results_of(const LoadOutcome& outcome) {
  const std::size_t entries = outcome.batch.entries.size();
  const auto make = [&outcome, entries](std::size_t i) {
    ReportResult result =
        i < entries ? report_of(outcome.batch.entries[i], outcome.results[i], outcome)
                    : report_of(outcome.batch.unreadable[i - entries], outcome.unreadable[i - entries], outcome.batch);
    result.n = i + 1;
    return result;
  };
  const auto glance = [&outcome, entries](std::size_t i) {
    // A result that is not plain is made right after its glance, so what it is made from is prefetched.
    if (const std::size_t next = i + k_results_ahead; next < entries && !outcome.results[next].findings.empty()) {
      prefetch(outcome.batch.entries[next].transaction);
      outcome.results[next].findings.prefetch();
    }
    if (i < entries) return glance_at(outcome.batch.entries[i], outcome.results[i], outcome.batch);
    return glance_at(outcome.batch.unreadable[i - entries], outcome.unreadable[i - entries], outcome.batch);
  };
  return {entries + outcome.batch.unreadable.size(), make, glance};
}

}  // namespace

ResultGlance glance_at(const ReportResult& result, ItemNumbers& numbers) {
  return {result.log,
          result.library,
          result.station,
          result.item_id,
          numbers.of(result.item_id),
          find_kind(result.kind),
          result.recorded_at,
          result.occurred_at,
          result.disposition,
          result.outcome == facts_of(Outcome::ok).code && result.notes.empty(),
          result.is_edit,
          asks_about_live_system(result)};
}

bool has_found(const ReportResult& result, Outcome outcome) {
  const std::string_view code = facts_of(outcome).code;
  return result.outcome == code ||
         std::any_of(result.notes.begin(), result.notes.end(), [&](const ReportNote& n) { return n.code == code; });
}

// A later record shows where the item is, so nobody has to look for it or scan it again. That does not settle
// item-not-found, which names no known item.
bool Settlement::settles(std::string_view code) const {
  if (only_route) return code == facts_of(Outcome::route_for_hold).code;
  const std::optional<Outcome> outcome = find_outcome(code);
  if (!outcome || facts_of(*outcome).outcome_class == OutcomeClass::note || outcome == Outcome::item_not_found)
    return false;
  const ActionKind kind = facts_of(*outcome).action_kind;
  return kind == ActionKind::look_on_shelf || kind == ActionKind::scan_again;
}

void settle(ReportResult& result, const Settlement& settlement) {
  result.settled_by = settlement.by;
  if (settlement.settles(result.outcome)) {
    result.is_settled = true;
    result.action = settlement.action;
  }
  for (ReportNote& note : result.notes) {
    if (!settlement.settles(note.code)) continue;
    note.is_settled = true;
    note.action = settlement.action;
  }
}

bool asks_about_live_system(const ReportResult& result) {
  return result.sent && !result.sent->is_released && !action_of(result.sent->state).empty();
}

bool asks_for_something(const ReportResult& result) {
  const std::optional<Outcome> outcome = find_outcome(result.outcome);
  return (outcome && facts_of(*outcome).outcome_class != OutcomeClass::note && !result.is_settled) ||
         !std::all_of(result.notes.begin(), result.notes.end(), asks_for_nothing);
}

bool asks_for_nothing(const ReportNote& note) {
  return note.is_note || note.is_settled ||
         facts_of(find_outcome(note.code).value()).outcome_class == OutcomeClass::note;
}

Report make_report(const LoadOutcome& outcome, const Config& config) {
  const Batch& batch = outcome.batch;
  require(outcome.results.size() == batch.entries.size() && outcome.unreadable.size() == batch.unreadable.size(),
          "there is not one result for each record");
  Report report;
  report.load = outcome.load;
  report.dry_run = outcome.dry_run;
  report.system_name = config.system_name;
  report.started_at = outcome.started_at;
  report.finished_at = outcome.finished_at;
  add_logs(report, batch.logs);
  report.results = results_of(outcome);
  add_shelf_lists(report, outcome.shelf_lists);
  report.missing_stations = outcome.missing_stations;
  complete_report(report, config.policy);
  // Every line of every log must be accounted for: that is the purpose of the whole program.
  require(adds_up(report.totals), "the records of the logs and the results do not add up");
  return report;
}

namespace {

template <typename Things>
Things of_library(const Things& all, std::string_view code) {
  Things own;
  std::copy_if(all.begin(), all.end(), std::back_inserter(own),
               [&](const auto& thing) { return thing.library == code; });
  return own;
}

ReportResults results_of(const ReportResults& all, std::string_view code) {
  std::vector<std::uint32_t> own;
  for (std::uint32_t i = 0; const ReportResult& result : all) {
    if (result.library == code) own.push_back(i);
    ++i;
  }
  return all.part(std::move(own));
}

// Counts the records that are not blank, by path of their log.
std::map<std::string_view, std::uint64_t> count_records(const ReportResults& results) {
  std::map<std::string_view, std::uint64_t> records;
  for (const ReportResult& result : results) ++records[result.log];
  return records;
}

std::vector<ReportLog> logs_with(const Report& whole, const ReportResults& results, std::string_view code) {
  std::map<std::string_view, std::uint64_t> records = count_records(results);
  std::vector<ReportLog> logs;
  for (const ReportLog& log : whole.logs) {
    const auto found = records.find(log.path);
    const bool is_own = log.library == code;
    if (!is_own && found == records.end()) continue;
    ReportLog& part = logs.emplace_back(log);
    if (!is_own) {
      part.blank = 0;
      part.error.reset();
      part.notes.clear();
    }
    // Several logs may have the same path: a retry combines those of the same name from several days. The first of them
    // gets the count.
    part.records = part.blank + (found == records.end() ? 0 : std::exchange(found->second, 0));
  }
  return logs;
}

ReportLibrary library_called(const Report& whole, std::string_view code) {
  const auto found = std::find_if(whole.libraries.begin(), whole.libraries.end(),
                                  [&](const ReportLibrary& library) { return library.code == code; });
  return found == whole.libraries.end() ? ReportLibrary{std::string(code), {}} : *found;
}

}  // namespace

Report only_library(const Report& whole, std::string_view code) {
  Report part;
  part.load = whole.load;
  part.dry_run = whole.dry_run;
  part.system_name = whole.system_name;
  part.only_library = code;
  part.started_at = whole.started_at;
  part.finished_at = whole.finished_at;
  part.aftermath = whole.aftermath;
  part.all_is_ahead = whole.all_is_ahead;
  part.lists_loaded = whole.lists_loaded;
  part.results = results_of(whole.results, code);
  part.logs = logs_with(whole, part.results, code);
  part.libraries = {library_called(whole, code)};
  part.missing_stations = of_library(whole.missing_stations, code);
  part.holds = of_library(whole.holds, code);
  part.due_charges = of_library(whole.due_charges, code);
  add_totals(part);
  return part;
}

}  // namespace offcirc
