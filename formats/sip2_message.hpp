// One SIP2 message found in a line of a log and taken apart, its checksum checked.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "formats/line_trouble.hpp"
#include "formats/sip2_code.hpp"

namespace offcirc {

/// `AA21221000000015` is code AA, value 21221000000015.
struct Sip2Field {
  std::string_view code;
  std::string_view value;  ///< trimmed
};

/// Used again for each line, since its memory stays.
struct Sip2Message {
  const Sip2Code* code = nullptr;  ///< null where there is no message
  std::string_view text;           ///< from the code on, without blanks at the end
  std::string_view fixed;          ///< between the code and the fields
  std::vector<Sip2Field> fields;   ///< those that hold something for offcirc: never a password
};

/// Finds the message in `line` and splits it. What says nothing about circulation is not looked into.
std::optional<LineTrouble> read_sip2_message(std::string_view line, Sip2Message& message);

/// Of the first field of that code; nullopt where there is none.
std::optional<std::string_view> sip2_value(const Sip2Message& message, std::string_view code);

/// Where in `line` a message begins right behind the checksum of another, since a line end was lost. npos: nowhere.
std::size_t find_behind_checksum(std::string_view line);

/// Whether a message with a date in it, or a login, stands in the line: no other text looks like one.
bool has_sip2_message(std::string_view line);

}  // namespace offcirc
