#include "loader/report/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "loader/output/characters.hpp"
#include "loader/report/result_words.hpp"

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

std::vector<SummaryPhrase> line_of_totals(const Report& report, Tone verdict) {
  const ReportTotals& totals = report.totals;
  std::vector<SummaryPhrase> line{
      {report.dry_run ? "Check, nothing was written" : fmt::format("Load {}", report.load), verdict},
      {fmt::format(": {} line{}: ", totals.lines, totals.lines == 1 ? "" : "s")}};
  const auto add = [&](std::uint64_t count, std::string_view what, Tone tone, std::string_view behind = ", ") {
    line.push_back({fmt::format("{} {}", count, what), count > 0 ? tone : Tone::plain});
    line.push_back({std::string(behind)});
  };
  add(totals.loaded, "loaded", Tone::good);
  add(totals.follow_up, "to follow up", Tone::attention);
  add(totals.rejected, "not loaded", Tone::bad);
  add(totals.unreadable, "unreadable", Tone::bad);
  add(totals.already_loaded, "already loaded", Tone::plain);
  if (totals.not_done > 0) add(totals.not_done, "not done", Tone::plain);
  add(totals.blank, "blank", Tone::plain, ".");
  return line;
}

}  // namespace

Summary summary_of(const Report& report) {
  std::vector<std::string> not_read;
  for (const ReportLog& log : report.logs)
    if (log.error) not_read.push_back(log.path);
  std::vector<std::string> stations;
  for (const LibraryStation& missing : report.missing_stations)
    stations.push_back(fmt::format("{} {}", missing.library, missing.station));

  const ReportTotals& totals = report.totals;
  Tone verdict = Tone::good;
  if (totals.follow_up > 0 || !stations.empty()) verdict = Tone::attention;
  if (totals.rejected + totals.unreadable > 0 || !not_read.empty()) verdict = Tone::bad;

  Summary summary;
  summary.lines.push_back(line_of_totals(report, verdict));
  if (!not_read.empty())
    summary.lines.push_back({{fmt::format("Logs that could not be read: {}.", list_of(not_read)), Tone::bad}});
  if (!stations.empty())
    summary.lines.push_back(
        {{fmt::format("Stations that have not uploaded: {}.", list_of(stations)), Tone::attention}});
  if (std::string ahead = ahead_words(report); !ahead.empty()) summary.lines.push_back({{std::move(ahead), Tone::bad}});
  return summary;
}

}  // namespace offcirc
