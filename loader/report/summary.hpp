// What a load came to, in a few lines for the terminal: whoever ran it sees at a glance whether it went well.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "loader/report/report.hpp"

namespace offcirc {

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

}  // namespace offcirc
