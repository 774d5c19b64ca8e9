#include "loader/report/library_sections.hpp"

#include <fmt/format.h>

#include <array>

#include "loader/report/result_entry.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_indent = k_entry_indent;
constexpr std::size_t k_detail = k_entry_indent + k_detail_step;

void write_not_loaded(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.rejected.empty()) return;
  page.heading(fmt::format("Not loaded ({})", part.rejected.size()), '-');
  constexpr std::size_t k_texts_ahead = 4;
  for (std::size_t i = 0; i < part.rejected.size(); ++i) {
    if (i + k_texts_ahead < part.rejected.size()) fetch_texts_ahead(part.rejected[i + k_texts_ahead]);
    const ReportResult& result = part.rejected[i];
    write_entry(page, {result, result.message, other_reasons(result, context.sorted), result.action}, context);
  }
}

void write_unsupported(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.unsupported.empty()) return;
  page.heading(fmt::format("Not supported ({})", part.count_unsupported()), '-');
  page.paragraph(0, 0, k_unsupported_explanation);
  for (const auto& [what, command] : part.unsupported) {
    page.paragraph(k_indent, k_detail, unsupported_words(what, command.count));
    page.paragraph(k_detail, k_detail + k_detail_step, first_words(command, context.zone));
    page.line(k_detail, place_of(command.first));
  }
}

void write_items_out(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.out.empty()) return;
  page.heading(fmt::format("Items out on a refused checkout ({})", part.out.size()), '-');
  for (const ReportResult& result : part.out) {
    std::string item = fmt::format("#{}  {}", result.n, result.item_id);
    if (!result.title.empty()) item += fmt::format(": {}", result.title);
    page.paragraph(k_indent, k_detail, item);
    page.paragraph(k_detail, k_detail + k_detail_step,
                   fmt::format("{}, {}", user_words(result.user_id, result.user_name),
                               local_time(result.occurred_at, context.zone)));
  }
}

void write_loaded_since(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.loaded_since.empty()) return;
  page.heading(fmt::format("Not loaded at first, but since ({})", part.loaded_since.size()), '-');
  for (const ReportResult& result : part.loaded_since) write_entry(page, {result, result.message, {}, {}}, context);
}

void write_dismissed(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.dismissed.empty()) return;
  page.heading(fmt::format("Settled by hand ({})", part.dismissed.size()), '-');
  for (const ReportResult& result : part.dismissed) write_entry(page, {result, result.message, {}, {}}, context);
}

void write_unreadable(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.unreadable.empty()) return;
  page.heading(fmt::format("Unreadable ({})", part.unreadable.size()), '-');
  page.paragraph(0, 0, facts_of(Outcome::unreadable).action);
  for (const ReportResult& result : part.unreadable) {
    page.line(k_indent, fmt::format("#{}  {}", result.n, place_of(result)));
    page.paragraph(k_detail, k_detail + k_detail_step, result.message);
    const std::string read = read_words(result, context.zone);
    if (!read.empty()) page.paragraph(k_detail, k_detail + k_detail_step, read);
  }
}

void write_logs(Page& page, const LibraryPart& part, const SectionContext& /*context*/) {
  if (part.remarkable_logs.empty()) return;
  page.heading("Logs to look at", '-');
  for (const ReportLog* log : part.remarkable_logs) {
    page.line(k_indent, log->path);
    if (log->error) page.paragraph(k_detail, k_detail + k_detail_step, "Not read: " + *log->error);
    for (const LogNote& note : log->notes) {
      page.paragraph(k_detail, k_detail + k_detail_step, note.message);
      page.paragraph(k_detail, k_detail + k_detail_step, "To do: " + note.action);
    }
  }
}

void write_clocks(Page& page, const LibraryPart& part, const SectionContext& /*context*/) {
  if (part.clocks.empty()) return;
  page.heading("Clocks that were off", '-');
  for (const auto& [station, clock] : part.clocks) {
    page.paragraph(k_indent, k_detail,
                   fmt::format("{}: {}", station.empty() ? "No station" : station, clock_words(clock)));
    if (clock.pending > 0) page.paragraph(k_detail, k_detail + k_detail_step, "To do: " + clock.action);
  }
}

void write_missing_stations(Page& page, const LibraryPart& part, const SectionContext& /*context*/) {
  if (part.missing_stations.empty()) return;
  page.heading("Stations that have not uploaded", '-');
  std::string stations;
  for (const std::string_view station : part.missing_stations)
    stations += fmt::format("{}{}", stations.empty() ? "" : ", ", station);
  page.paragraph(k_indent, k_indent, stations);
}

void write_not_done(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.not_done.empty()) return;
  page.heading(fmt::format("Refused or canceled when it happened ({})", part.not_done.size()), '-');
  page.paragraph(0, 0, facts_of(Outcome::refused_at_the_time).action);
  for (const ReportResult& result : part.not_done) write_entry(page, {result, {}, {}, {}}, context);
}

void write_loaded(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.is_empty()) page.line(0, "Nothing was recorded.");
  if (!part.has_counts()) return;
  page.heading("Loaded", '-');
  for (std::size_t i = 0; i < part.kinds.size(); ++i) {
    const KindCount& counts = part.kinds[i];
    if (counts.recorded == 0) continue;
    page.line(k_indent, fmt::format("{:<14}{:>10} of {}", k_kind_words[i].many, counts.loaded, counts.recorded));
  }
  if (part.already_loaded > 0) page.line(k_indent, fmt::format("{:<14}{:>10}", "Already loaded", part.already_loaded));
  if (!part.loaded.empty()) page.blank_line();
  for (const ReportResult& result : part.loaded)
    write_entry(page, {result, result.message, other_reasons(result, context.sorted), {}}, context);
}

}  // namespace

std::span<const LibrarySection> library_sections() {
  static constexpr std::array<LibrarySection, 15> k_sections{
      write_not_loaded,       write_unsupported,  write_items_out,  write_to_do,    write_registrations,
      write_hold_shelf,       write_came_due,     write_unreadable, write_logs,     write_clocks,
      write_missing_stations, write_loaded_since, write_dismissed,  write_not_done, write_loaded,
  };
  return k_sections;
}

}  // namespace offcirc
