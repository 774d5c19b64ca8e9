// The sections that the text report has for each library. To add one: a function, and its line in the list.
#pragma once

#include <array>
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

/// What to do about charges that came due while the server was away.
inline constexpr std::string_view k_came_due_action = "Look on the shelf before overdue notices go out.";

/// In the order in which they stand in the report.
std::span<const LibrarySection> library_sections();

/// The follow-ups, grouped by what is to be done; to_do_sections.cpp has it, and the next.
void write_to_do(Page& page, const LibraryPart& part, const SectionContext& context);
/// New users, loaded or not.
void write_registrations(Page& page, const LibraryPart& part, const SectionContext& context);
/// Holds for pickup here, by what happened to them; shelf_sections.cpp has it, and the next.
void write_hold_shelf(Page& page, const LibraryPart& part, const SectionContext& context);
void write_came_due(Page& page, const LibraryPart& part, const SectionContext& context);
/// Stations whose times can't be taken as they are.
void write_clocks(Page& page, const LibraryPart& part, const SectionContext& context);

/// What people call a kind of transaction, one and several.
struct KindWords {
  std::string_view one, many;
};
inline constexpr std::array<KindWords, k_kind_count> k_kind_words{{
    {"Checkout", "Checkouts"},
    {"Check-in", "Check-ins"},
    {"Renewal", "Renewals"},
    {"Registration", "Registrations"},
    {"Payment", "Payments"},
    {"In-house use", "In-house uses"},
    {"Transaction", "Transactions"},
}};

}  // namespace offcirc
