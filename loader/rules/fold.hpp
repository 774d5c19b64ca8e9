// Names made comparable: two spellings of one name fold to the same text.
#pragma once

#include <string>
#include <string_view>

namespace offcirc {

/// Lower case, Latin letters without their accents, no hyphens, apostrophes, dots or blanks: "O'Brien-Núñez" ->
/// "obriennunez".
std::string folded_name(std::string_view utf8);

}  // namespace offcirc
