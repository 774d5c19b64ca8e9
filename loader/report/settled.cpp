#include "loader/report/settled.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "loader/report/result_words.hpp"
#include "loader/rules/freed_copy.hpp"

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
  if (result.outcome == code) return freed_copy_in(result.message);
  const auto note =
      std::find_if(result.notes.begin(), result.notes.end(), [&](const ReportNote& n) { return n.code == code; });
  return note == result.notes.end() ? std::string_view() : freed_copy_in(note->message);
}

bool settles_any(const Settlement& settlement, const ReportResult& result) {
  return settlement.settles(result.outcome) ||
         std::any_of(result.notes.begin(), result.notes.end(),
                     [&](const ReportNote& note) { return settlement.settles(note.code); });
}

}  // namespace

void Settled::see(std::uint32_t index, const ResultGlance& seen, const ReportResults& results) {
  if (seen.item_id.empty()) return;
  if (is_loaded_checkout(seen) && !m_open.empty()) {
    settle(seen.item_id, {index, false});
    m_open.erase(seen.item_id);
    if (!seen.found_nothing) settle(freed_copy_of(results[index]), {index, true});
  }
  if (!asks_for_something(seen)) return;
  const auto last = m_open.try_emplace(seen.item_id, k_none).first;
  m_chain.push_back({index, last->second});
  last->second = static_cast<std::uint32_t>(m_chain.size() - 1);
}

void Settled::settle(std::string_view item_id, By by) {
  const auto open = m_open.find(item_id);
  if (open == m_open.end()) return;
  for (std::uint32_t at = open->second; at != k_none; at = m_chain[at].before)
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

}  // namespace offcirc
