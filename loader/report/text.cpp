#include "loader/report/rendering.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loader/report/library_sections.hpp"
#include "loader/report/page.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {
namespace {

void write_title(Page& page, const Report& report, const Zone& zone) {
  page.heading(report.system_name.empty() ? "Offline circulation" : report.system_name, '=');
  page.line(0, report.dry_run ? "Check only: nothing was written" : fmt::format("Load {}", report.load));
  if (!report.only_library.empty()) page.line(0, fmt::format("For library {} only", report.only_library));
  page.paragraph(0, 0,
                 fmt::format("Started {}, finished {} ({})", local_time(report.started_at, zone),
                             local_time(report.finished_at, zone), zone.name()));
  for (const std::string& words : {aftermath_words(report, zone), ahead_words(report)}) {
    if (words.empty()) continue;
    page.blank_line();
    page.paragraph(0, 0, words);
  }
}

void write_kinds(Page& page, const Report& report) {
  const bool has_any = std::any_of(report.kinds.begin(), report.kinds.end(),
                                   [](const KindCount& counts) { return counts.recorded > 0; });
  if (!has_any) return;
  page.line(2, "Transactions      loaded  recorded");
  for (std::size_t i = 0; i < report.kinds.size(); ++i) {
    const KindCount& counts = report.kinds[i];
    if (counts.recorded == 0) continue;
    page.line(2, fmt::format("{:<14}{:>10}{:>10}", k_kind_words[i].many, counts.loaded, counts.recorded));
    if (counts.edits > 0) page.line(4, fmt::format("{:<12}{:>20}", "of them edits", counts.edits));
  }
  page.blank_line();
}

// As a sum, so that everyone can see that no line is missing.
void write_totals(Page& page, const Report& report, const SortedReport& sorted) {
  const ReportTotals& totals = report.totals;
  const auto row = [&](std::uint64_t count, std::string_view what) {
    page.line(2, fmt::format("{:>10}  {}", count, what));
  };
  row(totals.loaded, "loaded");
  std::uint64_t settled = 0;
  for (const LibraryPart& part : sorted.libraries) settled += part.settled;
  row(totals.follow_up,
      settled == 0 ? "loaded, follow-up needed"
                   : fmt::format("loaded, follow-up needed ({} of them settled later in these logs)", settled));
  row(totals.rejected, "not loaded");
  row(totals.already_loaded, "already loaded");
  row(totals.unreadable, "unreadable");
  if (totals.not_done > 0) row(totals.not_done, k_not_done_words);
  row(totals.blank, "blank (headers, comments, empty lines)");
  page.line(2, "----------");
  const std::size_t logs = report.logs.size();
  row(totals.lines, fmt::format("lines in {} log{}", logs, logs == 1 ? "" : "s"));
}

bool has_something_to_do(const SortedReport& sorted) {
  return std::any_of(sorted.libraries.begin(), sorted.libraries.end(),
                     [](const LibraryPart& part) { return part.has_something_to_do(); });
}

void write_summary(Page& page, const Report& report, const SortedReport& sorted) {
  page.heading("Summary", '-');
  write_kinds(page, report);
  write_totals(page, report, sorted);
  if (const std::string words = retry_words(report, sorted); !words.empty()) {
    page.blank_line();
    page.paragraph(2, 2, words);
  }
  if (has_something_to_do(sorted)) return;
  page.blank_line();
  page.line(2, "There is nothing to do.");
}

void write_library(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.code.empty() && part.is_empty()) return;  // only an empty file, about which there is nothing to say
  std::string title = part.code.empty() ? "No library" : std::string(part.code);
  if (!part.name.empty()) title += fmt::format(" - {}", part.name);
  page.heading(title, '=');
  for (const LibrarySection section : library_sections()) section(page, part, context);
}

}  // namespace

void write_text(const Report& report, const Zone& zone, const TextSink& sink) {
  write_text(report, zone, Page::k_columns, sink);
}

void write_text(const Report& report, const Zone& zone, std::size_t columns, const TextSink& sink) {
  BlockWriter out(sink);
  Page page(out, columns);
  const SortedReport sorted = sort_by_library(report);
  const SectionContext context{sorted, zone};
  write_title(page, report, zone);
  write_summary(page, report, sorted);
  for (const LibraryPart& part : sorted.libraries) write_library(page, part, context);
  out.finish();
}

}  // namespace offcirc
