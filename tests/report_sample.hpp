// Small reports for the tests of their output formats.
#pragma once

#include <string>
#include <string_view>

#include "loader/report/report.hpp"
#include "loader/report/report_parts.hpp"
#include "loader/report/text_sink.hpp"
#include "tests/worded.hpp"

namespace offcirc {

/// 2026-06-12T10:12:31-05:00
inline constexpr Seconds k_morning = 1781277151;

inline Zone five_hours_behind() {
  return Zone("Test/Central", {{INT64_MIN / 4, -5 * 3600}});
}

/// A report with a head and no results.
inline Report empty_report() {
  Report report;
  report.load = 42;
  report.system_name = "Example Library System";
  report.started_at = k_morning + 3600;
  report.finished_at = k_morning + 3602;
  return report;
}

/// A loaded checkout at OSH, station 0201, from the one log of that station.
inline ReportResult checkout(std::uint64_t n) {
  ReportResult result;
  result.n = n;
  result.log = "OSH/standlog.0201";
  result.line = static_cast<std::uint32_t>(n + 6);
  result.library = "OSH";
  result.station = "0201";
  result.recorded_at = result.occurred_at = k_morning + static_cast<Seconds>(n - 1) * 60;
  result.kind = "checkout";
  result.user_id = "21221000000015";
  result.item_id = "31221000000013";
  result.title = "A Title";
  result.outcome = "ok";
  return result;
}

/// The result with that message, and the outcome's action.
inline ReportResult with_outcome(ReportResult result, Disposition disposition, Outcome outcome,
                                 std::string_view message) {
  result.disposition = disposition;
  result.outcome = facts_of(outcome).code;
  result.message = worded(message);
  result.action = facts_of(outcome).action;
  return result;
}

inline ReportNote note(Outcome outcome, std::string_view message) {
  return {facts_of(outcome).code, worded(message), facts_of(outcome).action};
}

inline ReportLog log_of_0201(std::uint64_t records) {
  return {"OSH/standlog.0201", "symphony", "OSH", "0201", records, {}, {}};
}

/// Marks items as unaccounted for, as making a load's report does.
inline void mark_items_out(ReportResults& results) {
  ItemsOut out;
  for (std::uint32_t i = 0; i < results.size(); ++i) out.see(i, results.glance(i).item_key, results[i]);
  out.mark(results);
}

/// Everything that `write(sink)` writes.
template <typename Write>
std::string written(const Write& write) {
  std::string text;
  write([&](std::string_view block) { text += block; });
  return text;
}

}  // namespace offcirc
