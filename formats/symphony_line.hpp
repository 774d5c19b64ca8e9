// One line of a SirsiDynix Symphony log, taken apart: header, command, fields, and the proof that it is whole.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "formats/line_trouble.hpp"
#include "formats/stamp.hpp"
#include "formats/symphony_date.hpp"

namespace offcirc {

constexpr std::uint16_t symphony_code(char first, char second) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(first) << 8U | static_cast<unsigned char>(second));
}

/// The fields that circulation is about, trimmed; of each, the first that says something.
struct SymphonyFields {
  std::string_view user_id, item_id;
  std::string_view library, temporary_library, user_access;
  std::string_view temporary_due, due, session_due;
  std::string_view discharged_on;
  std::string_view log_time, session_date, session_time;
  bool has_override = false;
  bool has_secret = false;  ///< a PIN or an override
};

/// Used again for each line.
struct SymphonyLine {
  std::string_view text;
  Stamp time;  ///< of the header: civil, unreadable, or none where the line has no header
  std::string_view station;
  bool is_response = false;      ///< then nothing below is filled
  std::string_view command;      ///< two letters
  std::string_view field_bytes;  ///< all fields as they are written, from the first code to before the end mark
  SymphonyFields fields;
  SymphonyFields no_fields;  ///< each line begins with: copying so many bytes is quicker than clearing them
  bool is_ascii = true;
  SymphonyClock clock;  ///< of the headers
};

/// Calls `visit` with the code and the value, untrimmed, of each field: of `^UO21221000000015` code UO.
template <typename Visit>
void for_each_symphony_field(std::string_view field_bytes, Visit visit) {
  const char* at = field_bytes.data();
  const char* const end = at + field_bytes.size();
  while (at < end) {
    const void* caret = std::memchr(at, '^', static_cast<std::size_t>(end - at));
    const char* const behind = caret == nullptr ? end : static_cast<const char*>(caret);
    if (behind - at >= 2) {
      visit(symphony_code(at[0], at[1]), std::string_view(at + 2, static_cast<std::size_t>(behind - at - 2)));
    }
    at = behind + 1;
  }
}

/// Takes `text`, without its line end, apart. What was found before a trouble is in `line`. A byte count behind the end
/// mark is checked.
std::optional<LineTrouble> split_symphony_line(std::string_view text, SymphonyLine& line);

/// From 1. `part` is a part of the line's text.
std::uint32_t symphony_column(const SymphonyLine& line, std::string_view part);

constexpr bool is_symphony_override(std::uint16_t code) {
  return code >> 8U == 'O';
}

/// A PIN or an override, whose value may be a password.
constexpr bool is_symphony_secret(std::uint16_t code) {
  return code == symphony_code('U', 'f') || is_symphony_override(code);
}

}  // namespace offcirc
