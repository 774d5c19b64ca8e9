// The sections that the text report has for each library. To add one: a function, and its line in the list.
#pragma once

#include <span>
#include <string_view>

#include "loader/report/library_part.hpp"
#include "loader/report/page.hpp"

namespace offcirc {

/// What every section may look at.
struct SectionContext {
  const SortedReport& sorted;
  const Zone& zone;
};

/// Writes a section about `part`, or nothing where there is nothing to say.
using LibrarySection = void (*)(Page& page, const LibraryPart& part, const SectionContext& context);

/// In the order in which they stand in the report.
std::span<const LibrarySection> library_sections();

/// The follow-ups, grouped by what is to be done; to_do_sections.cpp has it, and the next.
void write_to_do(Page& page, const LibraryPart& part, const SectionContext& context);
/// New users, loaded or not.
void write_registrations(Page& page, const LibraryPart& part, const SectionContext& context);
/// Holds for pickup here, by what happened to them; shelf_sections.cpp has it, and the next.
void write_hold_shelf(Page& page, const LibraryPart& part, const SectionContext& context);
void write_came_due(Page& page, const LibraryPart& part, const SectionContext& context);

}  // namespace offcirc
