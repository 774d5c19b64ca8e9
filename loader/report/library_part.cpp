#include "loader/report/library_part.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "loader/report/report_parts.hpp"

namespace offcirc {
namespace {

// Registrations that were refused stand with the new users, where somebody compares the records anyway.
bool is_registration_to_review(const ReportResult& result) {
  if (result.disposition == Disposition::rejected) return result.kind == name_of(Kind::registration);
  return result.disposition == Disposition::follow_up &&
         (is_about_registration(result.outcome) ||
          std::any_of(result.notes.begin(), result.notes.end(),
                      [](const ReportNote& note) { return is_about_registration(note.code); }));
}

void add_result(LibraryPart& part, ReportResult result) {
  add_clock(part.clocks, result);
  if (was_loaded_since(result)) {
    part.loaded_since.push_back(std::move(result));
    return;
  }
  if (result.item_is_out) part.out.push_back(result);
  if (is_registration_to_review(result)) {
    part.registrations.push_back(result);
    if (result.disposition == Disposition::rejected) return;
  }
  switch (result.disposition) {
    case Disposition::loaded:
      break;
    case Disposition::follow_up:
      part.follow_up.push_back(std::move(result));
      break;
    case Disposition::rejected:
      part.rejected.push_back(std::move(result));
      break;
    case Disposition::already_loaded:
      ++part.already_loaded;
      break;
    case Disposition::unreadable:
      part.unreadable.push_back(std::move(result));
      break;
    case Disposition::not_done:
      ++part.not_done;
      break;
  }
}

}  // namespace

bool LibraryPart::has_something_to_do() const {
  return !rejected.empty() || !follow_up.empty() || !unreadable.empty() || !remarkable_logs.empty() ||
         !registrations.empty() || !holds.empty() || !due_charges.empty() || !missing_stations.empty();
}

bool LibraryPart::has_counts() const {
  return already_loaded > 0 || not_done > 0 ||
         std::any_of(kinds.begin(), kinds.end(), [](const KindCount& counts) { return counts.recorded > 0; });
}

SortedReport sort_by_library(const Report& report) {
  SortedReport sorted;
  sorted.libraries.reserve(report.libraries.size());
  std::unordered_map<std::string_view, LibraryPart*> part_of;
  for (const ReportLibrary& library : report.libraries) {
    LibraryPart& part = sorted.libraries.emplace_back();
    part.code = library.code;
    part.name = library.name;
    part.rejected.expect(report.totals.rejected / report.libraries.size());
    part.follow_up.expect(report.totals.follow_up / report.libraries.size());
    part_of[library.code] = &part;
  }
  for (const ReportLog& log : report.logs) {
    // What is behind the end of a file is another one of its name, with an error.
    if (LogSummary& summary = sorted.logs[log.path]; summary.log == nullptr || summary.log->error) summary.log = &log;
    if (log.error || !log.notes.empty()) part_of.at(log.library)->remarkable_logs.push_back(&log);
  }
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    const ResultGlance seen = report.results.glance(i);
    LibraryPart& part = *part_of.at(seen.library);
    count_kind(part.kinds, seen);
    if (was_loaded(seen.disposition)) ++sorted.logs.at(seen.log).loaded;
    if (report.lists_loaded && seen.disposition == Disposition::loaded) part.loaded.push_back(report.results[i]);
    if (seen.is_plain())
      add_clock(part.clocks, seen);
    else
      add_result(part, report.results[i]);
  }
  for (const LibraryStation& missing : report.missing_stations)
    part_of.at(missing.library)->missing_stations.push_back(missing.station);
  for (const ReportHold& hold : report.holds) part_of.at(hold.library)->holds.push_back(&hold);
  for (const ReportDueCharge& charge : report.due_charges) part_of.at(charge.library)->due_charges.push_back(&charge);
  return sorted;
}

bool is_about_registration(std::string_view code) {
  return code == facts_of(Outcome::registered).code || code == facts_of(Outcome::possible_duplicate).code ||
         code == facts_of(Outcome::registered_later).code;
}

bool log_says(const SortedReport& sorted, const ReportResult& result, std::string_view code) {
  const std::vector<LogNote>& notes = sorted.logs.at(result.log).log->notes;
  return std::any_of(notes.begin(), notes.end(), [&](const LogNote& note) { return note.code == code; });
}

}  // namespace offcirc
