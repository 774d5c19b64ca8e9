#include "loader/report/library_part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <utility>

#include "loader/report/report_parts.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {

namespace {

// --clock accepts no larger offset.
constexpr Seconds k_max_clock_seconds = 100 * 60 * 60;

std::string action_of(const StationClock& clock, std::string_view library, std::string_view station,
                      const Report& report) {
  const Seconds offer = clock_to_offer(clock);
  if (clock.pending == 0 || std::abs(offer) >= k_max_clock_seconds) return std::string(k_clock_action);
  if (!report.only_library.empty()) return std::string(k_pending_clock_action);
  if (station.empty())
    return report.dry_run ? "Set the workstation's clock, and load its log with --station and --clock."
                          : fmt::format(
                                "Set the workstation's clock. Then run 'offcirc undo {}', and load its log with "
                                "--station and --clock.",
                                report.load);
  const std::string name = library.empty() ? std::string(station) : fmt::format("{}/{}", library, station);
  if (clock.ahead_seconds == 0)
    return report.dry_run
               ? fmt::format(
                     "Set the workstation's clock. Load its log with --clock {}=-HH:MM:SS, the time that it was ahead.",
                     name)
               : fmt::format(
                     "Set the workstation's clock. 'offcirc retry {} --clock {}=-HH:MM:SS', with the time that it was "
                     "ahead, loads its records.",
                     report.load, name);
  const std::string option = fmt::format("--clock {}={}", name, clock_offset(offer));
  if (report.dry_run)
    return fmt::format("Set the workstation's clock. Load its log with {}; subtract more if it was further ahead.",
                       option);
  return fmt::format(
      "Set the workstation's clock. 'offcirc retry {} {}' loads its records; subtract more if it was further ahead.",
      report.load, option);
}

}  // namespace

bool tells_of_clock(const ReportResult& result) {
  if (result.disposition == Disposition::already_loaded) return false;
  return result.recorded_at != result.occurred_at || has_found(result, Outcome::clock_ahead) ||
         has_found(result, Outcome::clock_jumped) || has_found(result, Outcome::clock_went_backwards);
}

bool tells_of_clock(const ResultGlance& plain) {
  return plain.recorded_at != plain.occurred_at;
}

void add_clock(StationClocks& clocks, const ReportResult& result, Seconds now) {
  const bool ahead = has_found(result, Outcome::clock_ahead);
  const bool jumped = has_found(result, Outcome::clock_jumped);
  const bool went_backwards = has_found(result, Outcome::clock_went_backwards);
  StationClock& clock = clocks[result.station];
  clock.ahead += ahead ? 1 : 0;
  clock.jumped += jumped ? 1 : 0;
  clock.went_backwards += went_backwards ? 1 : 0;
  // A record that jumped or went backwards was given the time of its predecessor, so the difference says nothing about
  // the clock.
  if (result.recorded_at != result.occurred_at && !jumped && !went_backwards)
    clock.correction_seconds = result.occurred_at - result.recorded_at;
  if (!ahead) return;
  clock.pending += result.disposition == Disposition::rejected && !was_loaded_since(result) ? 1 : 0;
  // A retry compares with the time of the first load, which is not known here.
  if (!result.retry_of) clock.ahead_seconds = std::max(clock.ahead_seconds, result.occurred_at - now);
}

void add_clock(StationClocks& clocks, const ResultGlance& plain) {
  clocks[plain.station].correction_seconds = plain.occurred_at - plain.recorded_at;
}

std::string_view library_of_clock(std::string_view library, std::string_view station, const ReportLog* log) {
  return log == nullptr || log->library.empty() || log->station != station ? library : log->library;
}

void set_actions(StationClocks& clocks, std::string_view library, const Report& report) {
  for (auto& [station, clock] : clocks) clock.action = action_of(clock, library, station, report);
}

Seconds clock_to_offer(const StationClock& clock) {
  constexpr Seconds k_hour = 60 * 60, k_about = 5 * 60;
  Seconds off = clock.ahead_seconds;
  const Seconds over = off % k_hour;
  if (over >= k_hour - k_about)
    off += k_hour - over;
  else if (off > k_hour && over <= k_about)
    off -= over;
  return clock.correction_seconds - off;
}

std::vector<LibraryClocks> clocks_by_library(const Report& report) {
  std::unordered_map<std::string_view, const ReportLog*> logs;
  for (const ReportLog& log : report.logs) logs[log.path] = &log;
  std::map<std::string_view, StationClocks> by_library;
  for (const ReportResult& result : report.results) {
    if (!tells_of_clock(result)) continue;
    const std::string_view library = library_of_clock(result.library, result.station, logs[result.log]);
    add_clock(by_library[library], result, report.started_at);
  }
  std::vector<LibraryClocks> libraries;
  for (auto& [library, clocks] : by_library) {
    set_actions(clocks, library, report);
    libraries.push_back({library, std::move(clocks)});
  }
  if (!libraries.empty() && libraries.front().library.empty())
    std::rotate(libraries.begin(), libraries.begin() + 1, libraries.end());
  return libraries;
}

namespace {

// Rejected registrations are listed with the new users, because staff compare those records anyway. An edit of a user
// whom no log registered is not listed there.
bool is_registration_to_review(const ReportResult& result) {
  if (result.disposition == Disposition::rejected)
    return result.kind == name_of(Kind::registration) && result.outcome != facts_of(Outcome::unsupported).code;
  return result.disposition == Disposition::follow_up &&
         (is_about_registration(result.outcome) ||
          std::any_of(result.notes.begin(), result.notes.end(),
                      [](const ReportNote& note) { return is_about_registration(note.code); }));
}

void add_unsupported(LibraryPart& part, ReportResult result) {
  UnsupportedCommand& command = part.unsupported[result.what];
  if (command.count++ == 0) command.first = std::move(result);
}

void add_result(LibraryPart& part, ReportResult result) {
  if (asks_about_live_system(result)) part.live.push_back(result);
  if (is_settled(result)) {
    (result.dismissed ? part.dismissed : part.loaded_since).push_back(std::move(result));
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
      if (asks_for_something(result))
        part.follow_up.push_back(std::move(result));
      else
        ++part.settled;
      break;
    case Disposition::rejected:
      if (result.kind == name_of(Kind::unsupported))
        add_unsupported(part, std::move(result));
      else
        part.rejected.push_back(std::move(result));
      break;
    case Disposition::already_loaded:
      ++part.already_loaded;
      break;
    case Disposition::unreadable:
      part.unreadable.push_back(std::move(result));
      break;
    case Disposition::not_done:
      part.not_done.push_back(std::move(result));
      break;
  }
}

}  // namespace

bool LibraryPart::has_something_to_do() const {
  return !rejected.empty() || !unsupported.empty() || !follow_up.empty() || !unreadable.empty() ||
         !remarkable_logs.empty() || !registrations.empty() || !live.empty() || !holds.empty() ||
         !due_charges.empty() || !missing_stations.empty();
}

std::uint64_t LibraryPart::count_unsupported() const {
  std::uint64_t count = 0;
  for (const auto& [what, command] : unsupported) count += command.count;
  return count;
}

bool LibraryPart::has_counts() const {
  return already_loaded > 0 || !not_done.empty() ||
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
    // Data after the end of a packed file is a second log with the same path, and has an error.
    if (LogSummary& summary = sorted.logs[log.path]; summary.log == nullptr || summary.log->error) summary.log = &log;
    if (log.error || !log.notes.empty()) part_of.at(log.library)->remarkable_logs.push_back(&log);
  }
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    const ResultGlance seen = report.results.glance(i);
    LibraryPart& part = *part_of.at(seen.library);
    const std::uint64_t settled_before = part.settled;
    count_kind(part.kinds, seen);
    if (was_loaded(seen.disposition)) ++sorted.logs.at(seen.log).loaded;
    if (report.lists_loaded && seen.disposition == Disposition::loaded) part.loaded.push_back(report.results[i]);
    const auto clocks = [&]() -> StationClocks& {
      const std::string_view library = library_of_clock(seen.library, seen.station, sorted.logs[seen.log].log);
      const auto found = part_of.find(library);
      return found == part_of.end() ? part.clocks : found->second->clocks;
    };
    if (seen.is_plain()) {
      if (tells_of_clock(seen)) add_clock(clocks(), seen);
      continue;
    }
    ReportResult result = std::as_const(report.results)[i];
    if (tells_of_clock(result)) add_clock(clocks(), result, report.started_at);
    add_result(part, std::move(result));
    if (report.lists_loaded && part.settled > settled_before) part.loaded.push_back(report.results[i]);
  }
  for (LibraryPart& part : sorted.libraries) set_actions(part.clocks, part.code, report);
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
