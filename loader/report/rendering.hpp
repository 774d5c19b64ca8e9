// The forms that a report can be written in: text, CSV, JSON and HTML.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "loader/report/report.hpp"
#include "loader/report/text_sink.hpp"

namespace offcirc {

// The report for people: what was not loaded, what is to be done, and what was loaded, library by library.

/// UTF-8 text, to be read and printed, of 80 columns as every file has it. Times are local to `zone`. What would steer
/// a terminal is shown as `\x1b`. Throws what `sink` throws.
void write_text(const Report& report, const Zone& zone, const TextSink& sink);
/// The same as wide as a terminal of at least 40 columns.
void write_text(const Report& report, const Zone& zone, std::size_t columns, const TextSink& sink);

// The report as a table for a spreadsheet: a work list, one row for each thing that somebody may have to look at.

/// The columns are in offcirc-report(5). Begins with a byte order mark, without which spreadsheets don't take it for
/// UTF-8; lines end in CR LF (RFC 4180). What was simply loaded is left out unless the report lists it. No cell begins
/// with what a spreadsheet would calculate. Times are local to `zone`, with their offset. Throws what `sink` throws.
void write_csv(const Report& report, const Zone& zone, const TextSink& sink);

// The report for programs: JSON, one result a line. Its fields are in offcirc-report(5).

/// Times are written in `zone` with their offset. Throws what `sink` throws.
void write_json(const Report& report, const Zone& zone, const TextSink& sink);

/// One result, as it stands in the report; its load began at `loaded_at`. Appended to `text`.
void append_result_json(std::string& text, const ReportResult& result, Seconds loaded_at, const Zone& zone);

// The report as a page for a browser: one file that needs nothing else, neither network nor program.

/// HTML in UTF-8, with the same sections as the text and a timeline of the outage. Its style sheet and its script are
/// in it, and the page forbids every other: nothing in a log can become a script, a link or a picture. Times are local
/// to `zone`; characters that would steer are shown as `\x1b`. Throws what `sink` throws.
void write_html(const Report& report, const Zone& zone, const TextSink& sink);

// The forms that a report can be written in: one table, which options, files and help are made from.

struct Rendering {
  std::string_view name;       ///< as --format takes it
  std::string_view extension;  ///< of a file: `txt`
  /// Times are in the zone. Throws what the sink throws.
  void (*write)(const Report& report, const Zone& zone, const TextSink& sink);
};

/// The first is the usual one.
std::span<const Rendering> renderings();
/// Null where there is none.
const Rendering* find_rendering(std::string_view name);

}  // namespace offcirc
