// Sums up a load in a few lines for the terminal, in color, so that whoever ran it sees at a glance whether it went
// well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

/// How a phrase is meant. Whoever displays it chooses the color.
enum class Tone : std::uint8_t { plain, good, attention, bad };

struct SummaryPhrase {
  std::string text;
  Tone tone = Tone::plain;
};

struct Summary {
  std::vector<std::vector<SummaryPhrase>> lines;  ///< phrases that follow one another without blanks
};

/// `Load 42: 240 lines: 200 loaded, 12 to follow up, ...`, then logs that could not be read, logs to look at, stations
/// that have not uploaded, and a warning if everything is in the future.
Summary summary_of(const Report& report);

/// Wraps the lines at `columns` (0: not at all) and ends each with a line feed. With `colors`, tones become ANSI
/// colors.
std::string summary_text(const Summary& summary, std::size_t columns, bool colors);

}  // namespace offcirc
