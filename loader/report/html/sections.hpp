// The sections that the HTML report has for each library. To add one, write a function and list it in html_sections().
#pragma once

#include <span>

#include "loader/report/html/writer.hpp"
#include "loader/report/library_part.hpp"

namespace offcirc {

/// What every section can use.
struct HtmlContext {
  const SortedReport& sorted;
  const Zone& zone;
};

/// Writes one section about `part`, or nothing if it would be empty.
using HtmlSection = void (*)(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context);

/// In the order of the report.
std::span<const HtmlSection> html_sections();

/// Results to follow up, grouped by action; then the registrations to review, loaded or not.
void write_html_to_do(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context);
void write_html_registrations(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context);
/// Holds to compare with the hold shelf, and charges that came due since the outage began.
void write_html_hold_shelf(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context);
void write_html_due_charges(HtmlWriter& out, const LibraryPart& part, const HtmlContext& context);

}  // namespace offcirc
