#include <fmt/format.h>

#include "loader/report/grouped_entries.hpp"

namespace offcirc {

void write_to_do(Page& page, const LibraryPart& part, const SectionContext& context) {
  std::vector<ToDo> to_dos;
  std::size_t results = 0;
  for (const ReportResult* result : part.follow_up) {
    const std::size_t before = to_dos.size();
    for (const ToDo& to_do : to_dos_of(*result, context.sorted))
      if (!is_about_registration(facts_of(to_do.outcome).code)) to_dos.push_back(to_do);
    if (to_dos.size() > before) ++results;
  }
  if (to_dos.empty()) return;
  page.heading(fmt::format("Loaded, with something to do ({})", results), '-');
  write_grouped(page, to_dos, context);
}

void write_registrations(Page& page, const LibraryPart& part, const SectionContext& context) {
  if (part.registrations.empty()) return;
  page.heading(fmt::format("Registrations to review ({})", part.registrations.size()), '-');
  std::vector<ToDo> to_dos;
  for (const ReportResult* result : part.registrations) {
    if (!was_loaded(*result)) {
      to_dos.push_back({find_outcome(result->outcome).value(), result, result->message});
      continue;
    }
    for (const ToDo& to_do : to_dos_of(*result, context.sorted))
      if (is_about_registration(facts_of(to_do.outcome).code)) to_dos.push_back(to_do);
  }
  write_grouped(page, to_dos, context);
}

}  // namespace offcirc
