#include "loader/report/report_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "loader/report/result_words.hpp"

namespace offcirc {

namespace {

bool is_loaded_checkout(const ResultGlance& seen) {
  return seen.kind == Kind::checkout && was_loaded(seen.disposition);
}

bool asks_for_something(const ResultGlance& seen) {
  return !seen.found_nothing &&
         (seen.disposition == Disposition::follow_up || seen.disposition == Disposition::rejected);
}

std::string_view freed_copy_of(const ReportResult& result) {
  const std::string_view code = facts_of(Outcome::hold_filled).code;
  if (result.outcome == code) return text_argument(result.message, Form::copy_is_free);
  const auto note =
      std::find_if(result.notes.begin(), result.notes.end(), [&](const ReportNote& n) { return n.code == code; });
  return note == result.notes.end() ? std::string_view() : text_argument(note->message, Form::copy_is_free);
}

bool settles_any(const Settlement& settlement, const ReportResult& result) {
  return settlement.settles(result.outcome) ||
         std::any_of(result.notes.begin(), result.notes.end(),
                     [&](const ReportNote& note) { return settlement.settles(note.code); });
}

}  // namespace

void Settled::see(std::uint32_t index, const ResultGlance& seen, const ReportResults& results) {
  const std::uint32_t key = seen.item_key;
  if (key == k_none) return;
  if (is_loaded_checkout(seen) && !m_chain.empty()) {
    settle(key, {index, false});
    if (key < m_open.size()) m_open[key] = k_none;
    if (!seen.found_nothing) settle(key_of(freed_copy_of(results[index])), {index, true});
  }
  if (!asks_for_something(seen)) return;
  if (key >= m_open.size()) m_open.resize(std::size_t{key} + 1, k_none);
  m_chain.push_back({index, m_open[key]});
  m_open[key] = static_cast<std::uint32_t>(m_chain.size() - 1);
  m_asked.emplace_back(seen.item_id, key);
}

std::uint32_t Settled::key_of(std::string_view item_id) {
  if (item_id.empty()) return k_none;
  m_keys.insert(m_asked.begin(), m_asked.end());
  m_asked.clear();
  const auto found = m_keys.find(item_id);
  return found == m_keys.end() ? k_none : found->second;
}

void Settled::settle(std::uint32_t item_key, By by) {
  if (item_key >= m_open.size()) return;
  for (std::uint32_t at = m_open[item_key]; at != k_none; at = m_chain[at].before)
    m_settled.insert_or_assign(m_chain[at].index, by);
}

void Settled::mark(Report& report, const Zone& zone) const {
  Settlements settlements;
  const ReportResults& results = report.results;
  for (const auto& [index, by] : m_settled) {
    Settlement settlement;
    settlement.only_route = by.only_route;
    if (!settles_any(settlement, results[index])) continue;
    const ReportResult checkout = results[by.index];
    settlement.by = checkout.n;
    const std::string at = local_minute(checkout.occurred_at, zone);
    settlement.action = report.keep(by.only_route ? fmt::format("Nothing: another copy filled the hold at {}.", at)
                                                  : fmt::format("Nothing: it was checked out again at {}.", at));
    settlements.emplace(index, settlement);
  }
  report.results.set_settled(std::move(settlements));
}

namespace {

bool leaves_item_out(const ReportResult& result) {
  return result.disposition == Disposition::rejected && !is_settled(result) && result.kind == name_of(Kind::checkout) &&
         !has_found(result, Outcome::later_action) && !has_found(result, Outcome::system_user);
}

// A check-in shows that the item is back, even if it was rejected. A rejection that is settled accounts for its item
// too.
bool accounts_for_item(const ReportResult& result) {
  if (result.disposition != Disposition::rejected) return was_loaded(result);
  return is_settled(result) || result.kind == name_of(Kind::checkin);
}

}  // namespace

void ItemsOut::see(std::uint32_t index, std::uint32_t item_key, const ReportResult& result) {
  if (item_key == k_none) return;
  if (leaves_item_out(result)) {
    if (item_key >= m_out.size()) m_out.resize(std::size_t{item_key} + 1, k_none);
    m_out[item_key] = index;
  } else if (accounts_for_item(result)) {
    see_loaded(item_key);
  }
}

void ItemsOut::mark(ReportResults& results) const {
  std::vector<std::uint32_t> indices;
  std::copy_if(m_out.begin(), m_out.end(), std::back_inserter(indices), [](std::uint32_t i) { return i != k_none; });
  results.set_items_out(indices);
}

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
    case Disposition::not_done:
      ++totals.not_done;
      break;
  }
}

void count(Report& report, const ResultGlance& result) {
  count(report.totals, result.disposition);
  count_kind(report.kinds, result);
}

void count_logs(Report& report) {
  for (const ReportLog& log : report.logs) {
    report.totals.lines += log.records;
    report.totals.blank += log.blank;
  }
}

/// Finds out whether every transaction of a load is in the future.
class Ahead {
 public:
  explicit Ahead(Seconds now) : m_now(now) {}

  void see(const ReportResult& result) {
    if (is_ahead(result))
      m_any = true;
    else if (!says_nothing(result))
      m_others = true;
  }
  void see_loaded() { m_others = true; }
  [[nodiscard]] bool is_all() const { return m_any && !m_others; }

 private:
  // A retry compares with the time of the first load, which says nothing about the clock of this computer.
  [[nodiscard]] bool is_ahead(const ReportResult& result) const {
    return result.disposition == Disposition::rejected && !result.retry_of && result.occurred_at > m_now &&
           has_found(result, Outcome::clock_ahead);
  }
  [[nodiscard]] bool says_nothing(const ReportResult& result) const {
    return result.disposition == Disposition::unreadable ||
           ((result.disposition == Disposition::already_loaded || result.disposition == Disposition::not_done) &&
            result.occurred_at > m_now);
  }

  Seconds m_now;
  bool m_any = false, m_others = false;
};

void add_libraries(Report& report, const std::unordered_set<std::string_view>& of_results, const Policy& policy) {
  std::set<std::string_view> codes(of_results.begin(), of_results.end());
  for (const ReportLog& log : report.logs) codes.insert(log.library);
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
  if (result.findings.empty()) return to;
  to.message = result.findings.front().sentence;
  to.action = facts.action;
  to.notes.reserve(result.findings.size() - 1);
  for (std::size_t i = 1; i < result.findings.size(); ++i) {
    const OutcomeFacts& note = facts_of(result.findings[i].outcome);
    to.notes.push_back({note.code, result.findings[i].sentence, note.action, result.findings[i].is_note});
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
  count_logs(report);
  for (std::size_t i = 0; i < report.results.size(); ++i) count(report, report.results.glance(i));
}

void count_kind(std::array<KindCount, 6>& kinds, const ResultGlance& result) {
  if (!result.kind || *result.kind == Kind::unsupported) return;
  KindCount& counts = kinds.at(static_cast<std::size_t>(*result.kind));
  ++counts.recorded;
  if (result.is_edit) ++counts.edits;
  if (was_loaded(result.disposition)) ++counts.loaded;
}

bool adds_up(const ReportTotals& totals) {
  return totals.lines == totals.loaded + totals.follow_up + totals.rejected + totals.already_loaded +
                             totals.unreadable + totals.not_done + totals.blank;
}

void complete_report(Report& report, const Policy& policy) {
  count_logs(report);
  ItemsOut out;
  Settled settled;
  Ahead ahead(report.started_at);
  std::unordered_set<std::string_view> libraries;
  // One pass looks at all results, and makes only those that say more than their glance: a result is made anew each
  // time.
  for (std::uint32_t i = 0; i < report.results.size(); ++i) {
    const ResultGlance seen = report.results.glance(i);
    count(report, seen);
    libraries.insert(seen.library);
    settled.see(i, seen, report.results);
    if (was_loaded(seen.disposition)) {
      out.see_loaded(seen.item_key);
      ahead.see_loaded();
      continue;
    }
    const ReportResult result = std::as_const(report.results)[i];
    out.see(i, seen.item_key, result);
    ahead.see(result);
  }
  add_libraries(report, libraries, policy);
  out.mark(report.results);
  settled.mark(report, policy.zone);
  report.all_is_ahead = ahead.is_all();
}

}  // namespace offcirc
