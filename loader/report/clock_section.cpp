#include <fmt/format.h>

#include <cstdlib>

#include "loader/report/library_sections.hpp"
#include "loader/report/result_entry.hpp"

namespace offcirc {
namespace {

// As --clock and the configuration take it: `+00:07:00`.
std::string clock_offset(Seconds seconds) {
  const Seconds size = std::abs(seconds);
  return fmt::format("{}{:02}:{:02}:{:02}", seconds < 0 ? '-' : '+', size / 3600, size / 60 % 60, size % 60);
}

std::string text_of(const StationClock& clock) {
  std::string text;
  const auto add = [&](std::string_view what, std::uint64_t count) {
    if (count == 0) return;
    text += fmt::format("{}{} {} {}", text.empty() ? "" : ", ", count, count == 1 ? "record" : "records", what);
  };
  if (clock.correction_seconds != 0) text = fmt::format("corrected by {}", clock_offset(clock.correction_seconds));
  add("in the future", clock.ahead);
  add("far ahead of those around", clock.jumped);
  add("earlier than the one before", clock.went_backwards);
  return text;
}

}  // namespace

void write_clocks(Page& page, const LibraryPart& part, const SectionContext& /*context*/) {
  if (part.clocks.empty()) return;
  page.heading("Clocks that were off", '-');
  for (const auto& [station, clock] : part.clocks)
    page.paragraph(k_entry_indent, k_entry_indent + k_detail_step,
                   fmt::format("{}: {}", station.empty() ? "No station" : station, text_of(clock)));
}

}  // namespace offcirc
