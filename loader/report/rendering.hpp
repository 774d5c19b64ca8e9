// The forms that a report can be written in: one table, which options, files and help are made from.
#pragma once

#include <span>
#include <string_view>

#include "loader/report/report.hpp"
#include "loader/report/text_sink.hpp"

namespace offcirc {

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
