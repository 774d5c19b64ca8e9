#include "loader/report/only_library.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "loader/report/report_parts.hpp"

namespace offcirc {
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

// Records that are not blank, by log.
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
    // Several logs may have one path: a retry brings together what came under the same name on several days.
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
