// The formats of a report: text, CSV, JSON and HTML, in one table from which options, file names and help are made.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "loader/report/report.hpp"
#include "loader/report/text_sink.hpp"

namespace offcirc {

/// Writes the report for people: what was not loaded, what is to be done, and what was loaded, library by library.
/// UTF-8 text of 80 columns, to be read and printed. Times are local to `zone`. Characters that could control a
/// terminal are shown as `\x1b`. Throws what `sink` throws.
void write_text(const Report& report, const Zone& zone, const TextSink& sink);
/// The same, `columns` wide, for a terminal of at least 40 columns.
void write_text(const Report& report, const Zone& zone, std::size_t columns, const TextSink& sink);

/// Writes the report as a table for a spreadsheet: a work list with a row for each thing that somebody may have to look
/// at. offcirc-report(5) describes the columns. Begins with a byte order mark, without which spreadsheets do not
/// recognize UTF-8; lines end in CR LF (RFC 4180). Results that need no attention are left out unless the report lists
/// what was loaded. No cell begins with what a spreadsheet would take for a formula. Times are local to `zone`, with
/// their offset. Throws what `sink` throws.
void write_csv(const Report& report, const Zone& zone, const TextSink& sink);

/// Writes the report for programs: JSON, one result a line. offcirc-report(5) describes its fields. Times are local to
/// `zone`, with their offset. Throws what `sink` throws.
void write_json(const Report& report, const Zone& zone, const TextSink& sink);

/// Appends one result to `text`, as the report has it. `loaded_at` (UTC) is when its load began.
void append_result_json(std::string& text, const ReportResult& result, Seconds loaded_at, const Zone& zone);

/// Writes the report as a page for a browser: one file that needs nothing else, neither a network nor a program. It is
/// HTML in UTF-8, with the same sections as the text and a timeline of the outage. Its style sheet and script are
/// embedded, and the page forbids all others: nothing in a log can become a script, a link or a picture. Times are
/// local to `zone`; control characters are shown as `\x1b`. Throws what `sink` throws.
void write_html(const Report& report, const Zone& zone, const TextSink& sink);

struct Rendering {
  std::string_view name;       ///< as --format accepts it
  std::string_view extension;  ///< of its files, such as `txt`
  /// Writes times local to `zone`. Throws what `sink` throws.
  void (*write)(const Report& report, const Zone& zone, const TextSink& sink);
};

/// The first is the default.
std::span<const Rendering> renderings();
/// Null if there is none of that name.
const Rendering* find_rendering(std::string_view name);

}  // namespace offcirc
