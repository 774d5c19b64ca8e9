// The lists that the HTML report has for each library. To add one: a function, and its line in the list.
#pragma once

#include <span>

#include "loader/report/html/writer.hpp"
#include "loader/report/library_part.hpp"

namespace offcirc {

/// What every section may look at.
struct HtmlContext {
  const SortedReport& sorted;
  const Zone& zone;
};

/// Writes a section about `part`, or nothing where there is nothing to say.
using HtmlSection = void (*)(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context);

/// In the order in which they stand in the report.
std::span<const HtmlSection> html_sections();

/// The follow-ups, grouped by what is to be done; new users, loaded or not.
void write_html_to_do(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context);
void write_html_registrations(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context);
/// Holds to compare with the hold shelf, and charges that came due since the outage began.
void write_html_hold_shelf(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context);
void write_html_due_charges(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context);

}  // namespace offcirc
