#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "loader/output/characters.hpp"
#include "loader/report/text.hpp"

namespace offcirc {
namespace {

// More than this would push the totals off the screen; the report has them all.
constexpr std::size_t k_max_listed = 5;

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), k_max_listed); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : ", ", names[i]);
  if (names.size() > k_max_listed) text += fmt::format(" and {} more", names.size() - k_max_listed);
  return visible(text);
}

}  // namespace

std::string summary_text(const Report& report) {
  const ReportTotals& totals = report.totals;
  std::string text = report.dry_run ? "Check, nothing was written" : fmt::format("Load {}", report.load);
  text +=
      fmt::format(": {} line{}: {} loaded, {} to follow up, {} not loaded, {} unreadable, {} already loaded, {} blank.",
                  totals.lines, totals.lines == 1 ? "" : "s", totals.loaded, totals.follow_up, totals.rejected,
                  totals.unreadable, totals.already_loaded, totals.blank);

  std::vector<std::string> not_read;
  for (const ReportLog& log : report.logs)
    if (log.error) not_read.push_back(log.path);
  if (!not_read.empty()) text += fmt::format("\nLogs that could not be read: {}.", list_of(not_read));

  std::vector<std::string> stations;
  for (const MissingStation& missing : report.missing_stations)
    stations.push_back(fmt::format("{} {}", missing.library, missing.station));
  if (!stations.empty()) text += fmt::format("\nStations that have not uploaded: {}.", list_of(stations));
  return text;
}

}  // namespace offcirc
