// One line of a SirsiDynix Symphony log, taken apart: header, command, fields, and the proof that it is whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "formats/line_trouble.hpp"
#include "formats/stamp.hpp"

namespace offcirc {

/// `^UO21221000000015` is code UO, value 21221000000015.
struct SymphonyField {
  std::uint16_t code = 0;
  std::string_view value;  ///< trimmed
};

constexpr std::uint16_t symphony_code(char first, char second) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(first) << 8U | static_cast<unsigned char>(second));
}

/// Used again for each line, since its memory stays.
struct SymphonyLine {
  std::string_view text;
  Stamp time;  ///< of the header: civil, unreadable, or none where the line has no header
  std::string_view station;
  bool is_response = false;      ///< then nothing below is filled
  std::string_view command;      ///< two letters
  std::string_view field_bytes;  ///< all fields as they are written, from the first code to before the end mark
  std::vector<SymphonyField> fields;
  bool is_ascii = true;
};

/// Takes `text`, without its line end, apart. What was found before a trouble is in `line`. A byte count behind the end
/// mark is checked.
std::optional<LineTrouble> split_symphony_line(std::string_view text, SymphonyLine& line);

/// From 1. `part` is a part of the line's text.
std::uint32_t symphony_column(const SymphonyLine& line, std::string_view part);

/// The first value of that code that is not empty; empty where there is none.
std::string_view symphony_value(const SymphonyLine& line, std::uint16_t code);

/// A PIN or an override, whose value may be a password.
bool is_symphony_secret(std::uint16_t code);

}  // namespace offcirc
