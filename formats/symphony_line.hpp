// One line of a Symphony log: its header, fields and length, and what its command means.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "formats/decoder.hpp"
#include "formats/diagnostic.hpp"
#include "formats/stamp.hpp"
#include "formats/symphony_date.hpp"

namespace offcirc {

// One line of a SirsiDynix Symphony log, taken apart: header, command, fields, and the proof that it is whole.

constexpr std::uint16_t symphony_code(char first, char second) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(first) << 8U | static_cast<unsigned char>(second));
}

/// The fields that circulation is about.
enum class SymphonyField : std::uint8_t {
  other,  ///< all that are not below
  user_id,
  item_id,
  library,
  temporary_library,
  user_access,
  temporary_due,
  due,
  session_due,
  discharged_on,
  log_time,
  session_date,
  session_time,
  fine_free,
  pin,
  override,
  record,  ///< none, but the beginning of a record
};
inline constexpr std::size_t k_symphony_field_count = 17;

inline constexpr std::size_t k_symphony_station_bytes = 4;
inline constexpr std::size_t k_symphony_command_bytes = 2;

/// Used again for each line.
struct SymphonyLine {
  std::string_view text;
  Stamp time;                    ///< of the header: civil, unreadable, or none where the line has no header
  std::string_view station;      ///< of four characters, or empty where the line has no header
  bool is_response = false;      ///< an answer (F, I) and no request: no number of bytes is checked
  std::string_view sequence;     ///< 2 digits
  std::string_view command;      ///< two letters
  std::string_view field_bytes;  ///< all fields as they are written, from the first code to before the end mark
  bool is_ascii = true;
  bool has_length = false;  ///< the number of bytes is there, and right
  SymphonyClock clock;      ///< of the headers
  std::array<std::string_view, k_symphony_field_count> fields;
  std::array<std::string_view, k_symphony_field_count> no_fields;  ///< copying so many bytes is quicker than clearing

  /// Trimmed; of those with the same code, the first that says something.
  [[nodiscard]] std::string_view operator[](SymphonyField field) const {
    return fields[static_cast<std::size_t>(field)];
  }
  /// It may say nothing.
  [[nodiscard]] bool has(SymphonyField field) const { return (*this)[field].data() != nullptr; }
};

/// Calls `visit` with the code and the value, untrimmed, of each field: of `^UO21221000000015` code UO.
template <typename Visit>
void for_each_symphony_field(std::string_view field_bytes, Visit visit) {
  while (!field_bytes.empty()) {
    const std::string_view field = field_bytes.substr(0, field_bytes.find('^'));
    if (field.size() >= 2) visit(symphony_code(field[0], field[1]), field.substr(2));
    field_bytes.remove_prefix(std::min(field.size() + 1, field_bytes.size()));
  }
}

/// Takes `text`, without its line end, apart. Of a line with a trouble the fields are in `line` as far as they can be
/// told apart. A byte count after the end mark is checked: on the bytes of `text` or, where it is UTF-8, on those that
/// the station wrote, in the encoding of `decoder`.
std::optional<LineTrouble> split_symphony_line(std::string_view text, Decoder& decoder, SymphonyLine& line);

/// Where in `text`, at `from` or behind it, a record begins beyond doubt: a header before its ^S and command, or these
/// alone after an end mark. npos where none does. Looks at each byte up to there once.
std::size_t find_symphony_record(std::string_view text, std::size_t from);

/// Calls `visit` with each record of a line, or with the whole line where no other record begins in it.
template <typename Visit>
void for_each_symphony_record(std::string_view line, Visit visit) {
  for (std::size_t end = 0; end != std::string_view::npos; line.remove_prefix(std::min(end, line.size()))) {
    end = find_symphony_record(line, 1);
    visit(line.substr(0, end));
  }
}

/// From 1. `part` is a part of the line's text.
std::uint32_t symphony_column(const SymphonyLine& line, std::string_view part);

constexpr bool is_symphony_override(std::uint16_t code) {
  return code >> 8U == 'O';
}

/// A PIN, an override, whose value may be a password, or a password by name.
constexpr bool is_symphony_secret(std::uint16_t code) {
  return code == symphony_code('U', 'f') || is_symphony_override(code) || code == symphony_code('M', 'V') ||
         code == symphony_code('X', 'd');
}

// What the two-letter commands of a Symphony log mean.

enum class SymphonyAction : std::uint8_t {
  charge,
  discharge,
  renew,
  create_user,
  edit_user,
  first_step,     ///< the screen before a command that does something; it changes nothing
  session_noise,  ///< says nothing about circulation
  other,          ///< circulation or bookkeeping that offcirc does not load
};

struct SymphonyCommand {
  SymphonyAction action = SymphonyAction::other;
  std::string_view name;  ///< of one that is not loaded, as staff know it; empty where nobody knows it
};

/// Case matters.
SymphonyCommand find_symphony_command(std::string_view command);

}  // namespace offcirc
