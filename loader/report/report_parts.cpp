#include "loader/report/report_parts.hpp"

#include <algorithm>
#include <set>

#include "loader/report/items_out.hpp"

namespace offcirc {
namespace {

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

void add_libraries(Report& report, const Policy& policy) {
  std::set<std::string_view> codes;
  for (const ReportLog& log : report.logs) codes.insert(log.library);
  for (const ReportResult& result : report.results) codes.insert(result.library);
  for (const ReportHold& hold : report.holds) codes.insert(hold.library);
  for (const ReportDueCharge& charge : report.due_charges) codes.insert(charge.library);
  const bool has_none = codes.erase("") > 0;
  for (const std::string_view code : codes) {
    const LibraryIndex index = policy.find_library(code);
    report.libraries.push_back(
        {std::string(code), index == k_no_library ? std::string() : policy.libraries[index].name});
  }
  if (has_none) report.libraries.emplace_back();
}

// A retry judges by the clock of the first load, which says nothing of the one on the wall.
bool all_is_ahead(const std::vector<ReportResult>& results, Seconds now) {
  const auto is_ahead = [](const ReportResult& result) {
    return result.disposition == Disposition::rejected && !result.retry_of && has_found(result, Outcome::clock_ahead);
  };
  const auto says_nothing = [&](const ReportResult& result) {
    return result.disposition == Disposition::unreadable ||
           (result.disposition == Disposition::already_loaded && result.occurred_at > now);
  };
  return std::any_of(results.begin(), results.end(), is_ahead) &&
         std::all_of(results.begin(), results.end(),
                     [&](const ReportResult& result) { return is_ahead(result) || says_nothing(result); });
}

}  // namespace

ReportResult report_of(const Result& result, std::string_view operator_name) {
  ReportResult to;
  for (const Finding& finding : result.findings)
    if (finding.overridden) to.overridden.push_back(facts_of(finding.outcome).code);
  if (!to.overridden.empty()) to.overridden_by = operator_name;
  const OutcomeFacts& facts = facts_of(result.outcome());
  to.due_at = result.due_at;
  to.due_from = result.due_from;
  if (result.made_bill) to.bill_cents = result.bill_cents;
  to.disposition = result.disposition;
  to.outcome = facts.code;
  if (result.findings.empty()) {
    to.message = facts.phrase;
    return to;
  }
  to.message = result.findings.front().message;
  to.action = facts.action;
  to.notes.reserve(result.findings.size() - 1);
  for (std::size_t i = 1; i < result.findings.size(); ++i) {
    const OutcomeFacts& note = facts_of(result.findings[i].outcome);
    to.notes.push_back({note.code, result.findings[i].message, note.action});
  }
  return to;
}

void add_logs(Report& report, const std::vector<Log>& logs) {
  for (const Log& log : logs)
    report.logs.push_back(
        {log.path, log.format, log.library, log.station, log.records, log.error, log.notes, log.blank});
}

void add_shelf_lists(Report& report, const ShelfLists& lists) {
  for (const ShelfHold& hold : lists.holds)
    report.holds.push_back(
        {hold.event, hold.library, hold.hold_id, hold.user_id, {}, hold.item_id, hold.title, hold.at});
  for (const DueCharge& charge : lists.due_charges)
    report.due_charges.push_back({charge.library, charge.user_id, {}, charge.item_id, charge.title, charge.due_at});
}

void add_totals(Report& report) {
  for (const ReportLog& log : report.logs) {
    report.totals.lines += log.records;
    report.totals.blank += log.blank;
  }
  for (const ReportResult& result : report.results) {
    count(report.totals, result.disposition);
    const std::optional<Kind> kind = find_kind(result.kind);
    if (!kind || *kind == Kind::unsupported) continue;
    KindCount& counts = report.kinds.at(static_cast<std::size_t>(*kind));
    ++counts.recorded;
    if (was_loaded(result)) ++counts.loaded;
  }
}

bool adds_up(const ReportTotals& totals) {
  return totals.lines ==
         totals.loaded + totals.follow_up + totals.rejected + totals.already_loaded + totals.unreadable + totals.blank;
}

void complete_report(Report& report, const Policy& policy) {
  add_totals(report);
  add_libraries(report, policy);
  mark_items_out(report.results);
  report.all_is_ahead = all_is_ahead(report.results, report.started_at);
}

}  // namespace offcirc
