// The report for programs: JSON, one result a line. Its fields are in offcirc-report(5).
#pragma once

#include "loader/report/report.hpp"
#include "loader/report/text_sink.hpp"

namespace offcirc {

/// Times are written in `zone` with their offset. Throws what `sink` throws.
void write_json(const Report& report, const Zone& zone, const TextSink& sink);

/// One result, as it stands in the report; its load began at `loaded_at`. Appended to `text`.
void append_result_json(std::string& text, const ReportResult& result, Seconds loaded_at, const Zone& zone);

}  // namespace offcirc
