// One SIP2 message found in a piece of a log and taken apart, its checksum checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "formats/line_trouble.hpp"
#include "formats/sip2_code.hpp"
#include "formats/stamp.hpp"

namespace offcirc {

/// `AA21221000000015` is code AA, value 21221000000015.
struct Sip2Field {
  std::string_view code;
  std::string_view value;  ///< trimmed
};

enum class Sip2Checksum : std::uint8_t { none, right, wrong };

/// Used again for each piece, since its memory stays.
struct Sip2Message {
  const Sip2Code* code = nullptr;  ///< null where there is no message
  std::string_view text;           ///< from the code on, without blanks at the end
  std::string_view fixed;          ///< between the code and the fields
  std::vector<Sip2Field> fields;   ///< those that hold something for offcirc (never a password) and are whole
  std::string_view sequence;       ///< of AY; empty: it has none
  Sip2Checksum checksum = Sip2Checksum::none;
  Stamp recorded;            ///< its first date; none where that can't be read
  std::uint8_t secrets = 0;  ///< a bit for each kind of password that it has as a field (formats/sip2_secrets.hpp)
  bool has_foreign_field = false;  ///< one that its code never has
};

/// Finds the message in `piece`, which is what end_of_sip2_record() gives, and splits it. `message` holds what could be
/// read even where something is wrong. The fixed part is checked for its form only.
std::optional<LineTrouble> read_sip2_message(std::string_view piece, Sip2Message& message);

/// Of the first field of that code; nullopt where there is none.
std::optional<std::string_view> sip2_value(const Sip2Message& message, std::string_view code);

}  // namespace offcirc
