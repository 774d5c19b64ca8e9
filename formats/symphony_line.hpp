// One line of a SirsiDynix Symphony log: its header, fields and length, and what its command means.
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

constexpr std::uint16_t symphony_code(char first, char second) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(first) << 8U | static_cast<unsigned char>(second));
}

/// The fields that matter for circulation.
enum class SymphonyField : std::uint8_t {
  other,  ///< any field that is not listed below
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
  record,  ///< not a field, but the start of another record
};
inline constexpr std::size_t k_symphony_field_count = 17;

inline constexpr std::size_t k_symphony_station_bytes = 4;
inline constexpr std::size_t k_symphony_command_bytes = 2;

/// One line, split. Reuse the object for the next line.
struct SymphonyLine {
  std::string_view text;
  Stamp time;                    ///< of the header: civil, unreadable, or none if the line has no header
  std::string_view station;      ///< four characters, or empty if the line has no header
  bool is_response = false;      ///< a response (F or I), not a request: its byte count is not checked
  std::string_view sequence;     ///< 2 digits
  std::string_view command;      ///< two letters
  std::string_view field_bytes;  ///< all fields as written, from the first code up to the end mark
  bool is_ascii = true;
  bool has_length = false;  ///< the byte count is present and correct
  SymphonyClock clock;      ///< parses the times of headers
  std::array<std::string_view, k_symphony_field_count> fields;
  std::array<std::string_view, k_symphony_field_count> no_fields;  ///< copying is faster than clearing

  /// The trimmed value. If a code occurs several times, the first value that is not empty counts.
  [[nodiscard]] std::string_view operator[](SymphonyField field) const {
    return fields[static_cast<std::size_t>(field)];
  }
  /// Returns whether the line has the field, whose value may be empty.
  [[nodiscard]] bool has(SymphonyField field) const { return (*this)[field].data() != nullptr; }
};

/// Calls `visit` with the code and the untrimmed value of each field: for `^UO21221000000015`, code UO.
template <typename Visit>
void for_each_symphony_field(std::string_view field_bytes, Visit visit) {
  while (!field_bytes.empty()) {
    const std::string_view field = field_bytes.substr(0, field_bytes.find('^'));
    if (field.size() >= 2) visit(symphony_code(field[0], field[1]), field.substr(2));
    field_bytes.remove_prefix(std::min(field.size() + 1, field_bytes.size()));
  }
}

/// Splits `text`, a line without its line end. If it returns a problem, `line` has the fields that could be recognized.
/// A byte count after the end mark is checked against the bytes of `text` or, if `text` is UTF-8, against the number of
/// bytes that the station wrote in the encoding of `decoder`.
std::optional<LineTrouble> split_symphony_line(std::string_view text, Decoder& decoder, SymphonyLine& line);

/// Returns the offset in `text`, at or after `from`, at which a record begins beyond doubt: at a header followed by ^S
/// and a command, or at ^S and a command after an end mark; npos if there is none. Examines each byte up to there once.
std::size_t find_symphony_record(std::string_view text, std::size_t from);

/// Calls `visit` with each record of a line, or with the whole line if no other record begins in it.
template <typename Visit>
void for_each_symphony_record(std::string_view line, Visit visit) {
  for (std::size_t end = 0; end != std::string_view::npos; line.remove_prefix(std::min(end, line.size()))) {
    end = find_symphony_record(line, 1);
    visit(line.substr(0, end));
  }
}

/// The column of `part`, a view into the line's text, from 1.
std::uint32_t symphony_column(const SymphonyLine& line, std::string_view part);

constexpr bool is_symphony_override(std::uint16_t code) {
  return code >> 8U == 'O';
}

/// Returns whether the field holds a PIN, an override (whose value may be a password), or something called a password.
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
  first_step,     ///< the first of two screens; it changes nothing
  session_noise,  ///< a session command, which says nothing about circulation
  other,          ///< circulation or bookkeeping that offcirc does not load
};

struct SymphonyCommand {
  SymphonyAction action = SymphonyAction::other;
  std::string_view name;  ///< of a command that is not loaded, or not always: as staff know it; empty if unknown
};

/// Looks up a command. Letter case matters. An unknown command is `other` without a name.
SymphonyCommand find_symphony_command(std::string_view command);

}  // namespace offcirc
