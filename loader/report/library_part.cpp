#include "loader/report/library_part.hpp"

#include <algorithm>
#include <unordered_map>

namespace offcirc {
namespace {

using PartOfCode = std::map<std::string_view, LibraryPart*>;

bool was_loaded(const ReportResult& result) {
  return result.disposition == Disposition::loaded || result.disposition == Disposition::follow_up;
}

bool has_found(const ReportResult& result, Outcome outcome) {
  const std::string_view code = facts_of(outcome).code;
  return result.outcome == code ||
         std::any_of(result.notes.begin(), result.notes.end(), [&](const ReportNote& n) { return n.code == code; });
}

bool leaves_item_out(const ReportResult& result) {
  return result.disposition == Disposition::rejected && result.kind == name_of(Kind::checkout) &&
         !result.item_id.empty() && !has_found(result, Outcome::later_action) &&
         !has_found(result, Outcome::system_user);
}

// A check-in shows that the item is back, whether it could be loaded or not.
bool accounts_for_item(const ReportResult& result) {
  return was_loaded(result) || (result.disposition == Disposition::rejected && result.kind == name_of(Kind::checkin));
}

// The item may have come back at another library than it left from.
void find_items_out(const Report& report, const PartOfCode& part_of) {
  std::unordered_map<std::string_view, const ReportResult*> out;
  for (const ReportResult& result : report.results) {
    if (leaves_item_out(result)) {
      out[result.item_id] = &result;
    } else if (!out.empty() && accounts_for_item(result)) {
      out.erase(result.item_id);
    }
  }
  for (const auto& [item_id, result] : out) part_of.at(result->library)->out.push_back(result);
  for (const auto& [code, part] : part_of)
    std::sort(part->out.begin(), part->out.end(),
              [](const ReportResult* a, const ReportResult* b) { return a->n < b->n; });
}

void count_kind(LibraryPart& part, const ReportResult& result) {
  for (std::size_t i = 0; i < part.kinds.size(); ++i) {
    if (result.kind != name_of(static_cast<Kind>(i))) continue;
    ++part.kinds[i].recorded;
    if (was_loaded(result)) ++part.kinds[i].loaded;
    return;
  }
}

void add_result(LibraryPart& part, const ReportResult& result) {
  count_kind(part, result);
  switch (result.disposition) {
    case Disposition::loaded:
      break;
    case Disposition::follow_up:
      part.follow_up.push_back(&result);
      break;
    case Disposition::rejected:
      part.rejected.push_back(&result);
      break;
    case Disposition::already_loaded:
      ++part.already_loaded;
      break;
    case Disposition::unreadable:
      part.unreadable.push_back(&result);
      break;
  }
}

}  // namespace

bool LibraryPart::has_something_to_do() const {
  return !rejected.empty() || !follow_up.empty() || !unreadable.empty() || !remarkable_logs.empty() ||
         !missing_stations.empty();
}

bool LibraryPart::has_counts() const {
  return already_loaded > 0 ||
         std::any_of(kinds.begin(), kinds.end(), [](const KindCount& counts) { return counts.recorded > 0; });
}

SortedReport sort_by_library(const Report& report) {
  SortedReport sorted;
  sorted.libraries.reserve(report.libraries.size());
  PartOfCode part_of;
  for (const ReportLibrary& library : report.libraries) {
    LibraryPart& part = sorted.libraries.emplace_back();
    part.code = library.code;
    part.name = library.name;
    part_of[library.code] = &part;
  }
  for (const ReportLog& log : report.logs) {
    sorted.logs[log.path].log = &log;
    if (log.error || !log.notes.empty()) part_of.at(log.library)->remarkable_logs.push_back(&log);
  }
  for (const ReportResult& result : report.results) {
    add_result(*part_of.at(result.library), result);
    if (was_loaded(result)) ++sorted.logs.at(result.log).loaded;
  }
  for (const MissingStation& missing : report.missing_stations)
    part_of.at(missing.library)->missing_stations.push_back(missing.station);
  find_items_out(report, part_of);
  return sorted;
}

bool log_says(const SortedReport& sorted, const ReportResult& result, std::string_view code) {
  const std::vector<LogNote>& notes = sorted.logs.at(result.log).log->notes;
  return std::any_of(notes.begin(), notes.end(), [&](const LogNote& note) { return note.code == code; });
}

}  // namespace offcirc
