// Writes a story for people, or for programs.
#pragma once

#include "loader/report/text_sink.hpp"
#include "loader/runs/explain.hpp"

namespace offcirc {

/// 80 columns of UTF-8 text. Times are local to `zone`. Throws what `sink` throws.
void write_story_text(const Story& story, const Zone& zone, const TextSink& sink);
/// JSON; each result has the keys of the JSON report. Times are local to `zone`, with their offset. Throws what `sink`
/// throws.
void write_story_json(const Story& story, const Zone& zone, const TextSink& sink);

}  // namespace offcirc
