// The summary of a load: its counts, and how they look on a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

// What a load came to, in a few lines for the terminal: whoever ran it sees at a glance whether it went well.

/// How a phrase is meant; whoever shows it chooses the colours.
enum class Tone : std::uint8_t { plain, good, attention, bad };

struct SummaryPhrase {
  std::string text;
  Tone tone = Tone::plain;
};

struct Summary {
  std::vector<std::vector<SummaryPhrase>> lines;  ///< of phrases that follow one another without blanks
};

/// `Load 42: 240 lines: 200 loaded, 12 to follow up, ...`, logs that could not be read, stations that have not
/// uploaded, and that everything lies in the future.
Summary summary_of(const Report& report);

// The summary of a load as it stands on a terminal: in colours, and broken where a line ends.

/// Lines of at most `columns`, 0: as long as they are; with a line feed at the end of each.
std::string summary_text(const Summary& summary, std::size_t columns, bool colors);

}  // namespace offcirc
