// The report as a table for a spreadsheet: a work list, one row for each thing that somebody may have to look at.
#pragma once

#include "loader/report/report.hpp"
#include "loader/report/text_sink.hpp"

namespace offcirc {

/// The columns are in offcirc-report(5). Begins with a byte order mark, without which spreadsheets don't take it for
/// UTF-8; lines end in CR LF (RFC 4180). What was simply loaded is left out unless the report lists it. No cell begins
/// with what a spreadsheet would calculate. Times are local to `zone`, with their offset. Throws what `sink` throws.
void write_csv(const Report& report, const Zone& zone, const TextSink& sink);

}  // namespace offcirc
