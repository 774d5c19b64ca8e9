#include "loader/rules/outage_span.hpp"

#include <algorithm>

namespace offcirc {
namespace {

bool is_about_time(const Finding& finding) {
  return finding.outcome == Outcome::clock_ahead || finding.outcome == Outcome::too_old;
}

bool tells_of_outage(const Result& result) {
  // What was refused at the time was refused by the system, which was there.
  if (result.disposition == Disposition::already_loaded || result.disposition == Disposition::not_done) return false;
  return result.disposition != Disposition::rejected ||
         std::none_of(result.findings.begin(), result.findings.end(), is_about_time);
}

}  // namespace

OutageSpan find_outage_span(const Batch& batch, const Results& results) {
  OutageSpan span;
  for (std::size_t i = 0; i < results.size() && span.began_at == k_no_time; ++i)
    if (tells_of_outage(results[i])) span.began_at = batch.entries[i].occurred_at;  // in order of occurred_at
  for (const Log& log : batch.logs) span.libraries.insert(log.library);
  for (const BatchDesk& desk : batch.desks) span.libraries.insert(desk.library_code);
  span.libraries.erase("");
  return span;
}

}  // namespace offcirc
