#include "loader/report/report.hpp"

#include <cstdio>
#include <cstdlib>
#include <set>

#include "loader/report/missing_stations.hpp"

namespace offcirc {
namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "offcirc: a bug: %s\n", what);
  std::abort();
}

ReportLog report_of(const Log& log) {
  return {log.path, log.format, log.library, log.station, log.records, log.error, log.notes, log.blank};
}

void add_findings(ReportResult& to, const Result& result) {
  const OutcomeFacts& facts = facts_of(result.outcome());
  to.disposition = result.disposition;
  to.outcome = facts.code;
  if (result.findings.empty()) {
    to.message = facts.phrase;
    return;
  }
  to.message = result.findings.front().message;
  to.action = facts.action;
  to.notes.reserve(result.findings.size() - 1);
  for (std::size_t i = 1; i < result.findings.size(); ++i) {
    const OutcomeFacts& note = facts_of(result.findings[i].outcome);
    to.notes.push_back({note.code, result.findings[i].message, note.action});
  }
}

ReportResult report_of(const Entry& entry, const Result& result, const Batch& batch) {
  ReportResult to;
  to.log = batch.logs[entry.log].path;
  to.line = entry.transaction->line;
  to.library = entry.library_code;
  to.station = entry.station;
  to.recorded_at = entry.recorded_at;
  to.occurred_at = entry.occurred_at;
  to.kind = name_of(entry.transaction->kind);
  to.user_id = entry.user_id;
  to.item_id = entry.item_id;
  to.due_at = result.due_at;
  to.due_from = result.due_from;
  if (result.made_bill) to.bill_cents = result.bill_cents;
  add_findings(to, result);
  return to;
}

ReportResult report_of(const UnreadableRecord& record, const Result& result, const Batch& batch) {
  ReportResult to;
  to.log = batch.logs[record.log].path;
  to.line = record.diagnostic.line;
  to.column = record.diagnostic.column;
  to.library = record.library;
  to.station = record.station;
  add_findings(to, result);
  return to;
}

void add_results(Report& report, const LoadOutcome& outcome) {
  const Batch& batch = outcome.batch;
  report.results.reserve(batch.entries.size() + batch.unreadable.size());
  for (std::size_t i = 0; i < batch.entries.size(); ++i) {
    report.results.push_back(report_of(batch.entries[i], outcome.results[i], batch));
    report.results.back().title = outcome.titles[i];
  }
  for (std::size_t i = 0; i < batch.unreadable.size(); ++i)
    report.results.push_back(report_of(batch.unreadable[i], outcome.unreadable[i], batch));
  for (std::size_t i = 0; i < report.results.size(); ++i) report.results[i].n = i + 1;
}

void count(ReportTotals& totals, Disposition disposition) {
  switch (disposition) {
    case Disposition::loaded:
      ++totals.loaded;
      break;
    case Disposition::follow_up:
      ++totals.follow_up;
      break;
    case Disposition::rejected:
      ++totals.rejected;
      break;
    case Disposition::already_loaded:
      ++totals.already_loaded;
      break;
    case Disposition::unreadable:
      ++totals.unreadable;
      break;
  }
}

void add_totals(Report& report, const Batch& batch) {
  ReportTotals& totals = report.totals;
  for (const Log& log : batch.logs) {
    totals.lines += log.records;
    totals.blank += log.blank;
  }
  for (const ReportResult& result : report.results) count(totals, result.disposition);
  // Every line of every log is accounted for: this is what the whole program is for.
  require(totals.lines == totals.loaded + totals.follow_up + totals.rejected + totals.already_loaded +
                              totals.unreadable + totals.blank,
          "the records of the logs and the results do not add up");
}

void add_kinds(Report& report, const LoadOutcome& outcome) {
  for (std::size_t i = 0; i < outcome.results.size(); ++i) {
    const Kind kind = outcome.batch.entries[i].transaction->kind;
    if (kind == Kind::unsupported) continue;
    KindCount& counts = report.kinds.at(static_cast<std::size_t>(kind));
    const Disposition disposition = outcome.results[i].disposition;
    ++counts.recorded;
    if (disposition == Disposition::loaded || disposition == Disposition::follow_up) ++counts.loaded;
  }
}

void add_libraries(Report& report, const Policy& policy) {
  std::set<std::string_view> codes;
  for (const ReportLog& log : report.logs) codes.insert(log.library);
  for (const ReportResult& result : report.results) codes.insert(result.library);
  const bool has_none = codes.erase("") > 0;
  for (const std::string_view code : codes) {
    const LibraryIndex index = policy.find_library(code);
    report.libraries.push_back(
        {std::string(code), index == k_no_library ? std::string() : policy.libraries[index].name});
  }
  if (has_none) report.libraries.emplace_back();
}

}  // namespace

Report make_report(const LoadOutcome& outcome, const Config& config) {
  const Batch& batch = outcome.batch;
  require(outcome.results.size() == batch.entries.size() && outcome.titles.size() == batch.entries.size() &&
              outcome.unreadable.size() == batch.unreadable.size(),
          "there is not one result for each record");
  Report report;
  report.load = outcome.load;
  report.dry_run = outcome.dry_run;
  report.system_name = config.system_name;
  report.started_at = outcome.started_at;
  report.finished_at = outcome.finished_at;
  for (const Log& log : batch.logs) report.logs.push_back(report_of(log));
  add_results(report, outcome);
  add_totals(report, batch);
  add_kinds(report, outcome);
  report.missing_stations = find_missing_stations(batch, config.policy);
  add_libraries(report, config.policy);
  return report;
}

}  // namespace offcirc
