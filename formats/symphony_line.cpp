#include "formats/symphony_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "formats/fields.hpp"
#include "formats/line_scan.hpp"

namespace offcirc {

namespace {

// `E`, 14 digits of time, 4 characters of station, 1 letter for the kind of line.
constexpr std::size_t k_header_bytes = 20;
constexpr std::size_t k_time_digits = 14;
// `^S`, 2 digits of sequence number, 2 letters of command.
constexpr std::size_t k_start_bytes = 6;
constexpr std::string_view k_end_mark = "^^O";
constexpr std::size_t k_length_digits = 5;

bool is_letter_or_digit(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::optional<LineTrouble> find_no_digit(std::string_view text) {
  for (std::size_t i = 1; i <= k_time_digits; ++i) {
    if (i >= text.size() || !is_digit(text[i])) {
      return damage_at(i, "The header can't be read: expected E and 14 digits of time.");
    }
  }
  return std::nullopt;
}

// Sets `at` to the first character after the header and its spaces or, if the header can't be read, to where ^S may be.
std::optional<LineTrouble> read_header(SymphonyLine& line, std::size_t& at) {
  const std::string_view text = line.text;
  at = 0;
  if (text.starts_with("^S")) return std::nullopt;
  at = std::min(text.find("^S"), text.size());
  if (!text.starts_with('E')) return damage_at(0, "This is not a Symphony line: expected E and the time, or ^S.");
  line.time = line.clock.read(text.substr(1, k_time_digits));
  if (line.time.is(StampForm::unreadable)) {
    if (auto trouble = find_no_digit(text)) return trouble;
  }
  if (text.size() < k_header_bytes) return damage_at(text.size(), "The line is cut short within its header.");
  const char type = text[k_header_bytes - 1];
  if (type != 'R' && type != 'F' && type != 'I') {
    return damage_at(k_header_bytes - 1, "The header can't be read: expected R (request), F or I after the station.");
  }
  line.station = text.substr(1 + k_time_digits, k_symphony_station_bytes);
  line.is_response = type != 'R';
  at = std::min(text.find_first_not_of(' ', k_header_bytes), text.size());
  return std::nullopt;
}

std::optional<LineTrouble> read_command(SymphonyLine& line, std::size_t at) {
  const std::string_view start = line.text.substr(at, k_start_bytes);
  if (!start.starts_with("^S")) return damage_at(at, "Expected ^S and the sequence number after the header.");
  if (start.size() < k_start_bytes) return damage_at(line.text.size(), "The line is cut short before its command.");
  if (!is_digit(start[2]) || !is_digit(start[3])) {
    return damage_at(at + 2, "The sequence number can't be read: expected 2 digits after ^S.");
  }
  if (!is_letter_or_digit(start[4]) || !is_letter_or_digit(start[5])) {
    return damage_at(at + 4, "The command can't be read: expected 2 letters after the sequence number.");
  }
  line.sequence = start.substr(2, 2);
  line.command = start.substr(4, 2);
  return std::nullopt;
}

// A line that was converted to UTF-8 has more bytes than the station wrote and counted.
bool has_bytes_as_written(const SymphonyLine& line, std::string_view counted, std::size_t promised, Decoder& decoder) {
  return !line.is_ascii && is_utf8(counted) && decoder.encoded_size(counted) == promised;
}

// `start` is the offset of ^S, and `end` that of the end mark.
std::optional<LineTrouble> check_end(SymphonyLine& line, std::size_t start, std::size_t end, Decoder& decoder) {
  const std::string_view text = line.text;
  if (end == std::string_view::npos) return damage_at(text.size(), "The line is cut short: it has no end mark (^^O).");
  const std::size_t behind_mark = end + k_end_mark.size();
  const std::string_view length = text.substr(behind_mark);
  if (length.empty()) return std::nullopt;
  const auto promised = parse_digits(length);
  if (!promised || length.size() > k_length_digits) {
    return damage_at(behind_mark, "Something other than the number of bytes comes after the end mark (^^O).");
  }
  if (length.size() < k_length_digits) {
    return damage_at(text.size(), fmt::format("The line is cut short: {} of the 5 digits after its end mark are there.",
                                              length.size()));
  }
  const std::size_t found = behind_mark - start;
  const auto bytes = static_cast<std::size_t>(*promised);
  if (bytes != found && !has_bytes_as_written(line, text.substr(start, found), bytes, decoder)) {
    return LineTrouble{0, fmt::format("Damaged: {} bytes expected, {} found.", *promised, found), true};
  }
  line.has_length = true;
  return std::nullopt;
}

constexpr std::size_t k_code_count = std::size_t{1} << 16U;

// Indexed by code. The table is this large because a line has many fields, and each then costs a single lookup.
constexpr std::array<SymphonyField, k_code_count> k_field_of_code = [] {
  std::array<SymphonyField, k_code_count> fields{};
  fields[symphony_code('U', 'O')] = SymphonyField::user_id;
  fields[symphony_code('N', 'Q')] = SymphonyField::item_id;
  fields[symphony_code('F', 'E')] = SymphonyField::library;
  fields[symphony_code('W', 'I')] = SymphonyField::temporary_library;
  fields[symphony_code('F', 'F')] = SymphonyField::user_access;
  fields[symphony_code('W', 'H')] = SymphonyField::temporary_due;
  fields[symphony_code('C', 'F')] = SymphonyField::due;
  fields[symphony_code('W', 'G')] = SymphonyField::session_due;
  fields[symphony_code('C', 'O')] = SymphonyField::discharged_on;
  fields[symphony_code('D', 'B')] = SymphonyField::log_time;
  fields[symphony_code('W', 'K')] = SymphonyField::session_date;
  fields[symphony_code('W', 'L')] = SymphonyField::session_time;
  fields[symphony_code('P', 'O')] = SymphonyField::fine_free;
  fields[symphony_code('U', 'f')] = SymphonyField::pin;
  for (int second = 0; second < 256; ++second) {
    fields[symphony_code('O', static_cast<char>(second))] = SymphonyField::override;
  }
  for (char digit = '0'; digit <= '9'; ++digit) fields[symphony_code('S', digit)] = SymphonyField::record;
  return fields;
}();

bool is_header(std::string_view text) {
  return text.size() == k_header_bytes && text[0] == 'E' && is_digits(text.substr(1, k_time_digits)) &&
         (text.back() == 'R' || text.back() == 'F' || text.back() == 'I');
}

// Returns whether `text` ends with an end mark, optionally followed by a byte count.
bool ends_record(std::string_view text) {
  if (text.ends_with(k_end_mark)) return true;
  if (text.size() < k_end_mark.size() + k_length_digits) return false;
  const std::string_view end = text.substr(text.size() - k_end_mark.size() - k_length_digits);
  return end.starts_with(k_end_mark) && is_digits(end.substr(k_end_mark.size()));
}

/// The results of one pass over all bytes of a line.
struct Look {
  bool is_printable_ascii = true;
  std::size_t end_mark = std::string_view::npos;  ///< offset of the last end mark
};

void note_field(SymphonyLine& line, std::size_t begin, std::size_t end) {
  const char* text = line.text.data();
  const std::uint16_t code = symphony_code(text[begin], text[begin + 1]);
  std::string_view& kept = line.fields[static_cast<std::size_t>(k_field_of_code[code])];
  if (kept.empty()) kept = trimmed({text + begin + 2, end - begin - 2});
}

// Records the fields, the first of which begins at `first_field`.
Look look_for_fields(SymphonyLine& line, std::size_t first_field) {
  const std::string_view text = line.text;
  Look look;
  std::size_t field = first_field;
  look.is_printable_ascii = scan_line(text, '^', [&](std::size_t caret) {
    if (caret < field) return;
    if (caret - field >= 2) {
      note_field(line, field, caret);
    } else if (caret == field && caret > first_field && text.substr(caret).starts_with("^O")) {
      look.end_mark = caret - 1;
    }
    field = caret + 1;
  });
  // A line that was cut short, or to which another was joined, ends within a field.
  if (look.end_mark == std::string_view::npos || look.end_mark + 2 < field) {
    if (field + 2 <= text.size()) note_field(line, field, text.size());
  }
  return look;
}

void reset(SymphonyLine& line, std::string_view text) {
  line.text = text;
  line.time = Stamp();
  line.station = line.sequence = line.command = line.field_bytes = {};
  line.is_response = line.has_length = false;
  line.fields = line.no_fields;
  line.is_ascii = true;
}

}  // namespace

std::optional<LineTrouble> split_symphony_line(std::string_view text, Decoder& decoder, SymphonyLine& line) {
  reset(line, text);
  const bool may_be_line = text.size() <= k_max_line_bytes && !text.starts_with('\0');
  if (!may_be_line) {
    if (auto trouble = find_size_trouble(text)) return trouble;
  }
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  line.text = text;

  std::size_t start = 0;
  auto trouble = read_header(line, start);
  const std::size_t first_field = start + k_start_bytes;
  const Look look = look_for_fields(line, first_field);
  if (!look.is_printable_ascii) {
    line.is_ascii = is_ascii(text);
    if (!line.is_ascii) {
      for (std::string_view& field : line.fields) field = decoder.trim(field);
    }
    if (!trouble) trouble = find_byte_trouble(text);
  }
  if (trouble) return trouble;
  trouble = read_command(line, start);
  if (line.is_response) {
    trouble.reset();
  } else {
    if (trouble) return trouble;
    if (trouble = check_end(line, start, look.end_mark, decoder); trouble) return trouble;
  }
  const std::size_t end = std::min(look.end_mark, text.size());
  if (first_field < end) line.field_bytes = text.substr(first_field, end - first_field);
  if (!line.has(SymphonyField::record)) return std::nullopt;
  return LineTrouble{symphony_column(line, line[SymphonyField::record]) - 2,
                     "Damaged: another record begins within the line.", true};
}

std::size_t find_symphony_record(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("^S"); at != std::string_view::npos; at = text.find("^S", at + 1)) {
    const std::string_view start = text.substr(at, k_start_bytes);
    const bool is_start = start.size() == k_start_bytes && is_digits(start.substr(2, 2)) &&
                          is_letter_or_digit(start[4]) && is_letter_or_digit(start[5]);
    if (!is_start) continue;
    std::string_view before = text.substr(0, at);
    while (!before.empty() && is_blank(before.back())) before.remove_suffix(1);
    const std::size_t header = before.size() - std::min(before.size(), k_header_bytes);
    if (is_header(before.substr(header)) && header >= from) return header;
    if (at >= from && ends_record(before)) return at;
  }
  return std::string_view::npos;
}

std::uint32_t symphony_column(const SymphonyLine& line, std::string_view part) {
  return static_cast<std::uint32_t>(part.data() - line.text.data() + 1);
}

namespace {

struct Row {
  std::uint16_t command;
  SymphonyCommand meaning;
};

constexpr std::uint16_t code(char first, char second) {
  return symphony_code(first, second);
}

constexpr Row k_commands[] = {
    {code('C', 'V'), {SymphonyAction::charge, {}}},
    {code('E', 'V'), {SymphonyAction::discharge, {}}},
    {code('R', 'V'), {SymphonyAction::renew, {}}},
    {code('C', 'X'), {SymphonyAction::charge, {}}},  // from the reserve desk, as is RX
    {code('R', 'X'), {SymphonyAction::renew, {}}},
    {code('J', 'Y'), {SymphonyAction::create_user, {}}},
    {code('I', 'Y'), {SymphonyAction::edit_user, "Edit user"}},
    {code('C', 'A'), {SymphonyAction::first_step, {}}},
    {code('C', 'B'), {SymphonyAction::first_step, {}}},
    {code('I', 'C'), {SymphonyAction::first_step, {}}},
    {code('J', 'C'), {SymphonyAction::first_step, {}}},
    {code('P', 'C'), {SymphonyAction::first_step, {}}},
    {code('R', 'A'), {SymphonyAction::first_step, {}}},
    {code('R', 'B'), {SymphonyAction::first_step, {}}},
    {code('R', 'C'), {SymphonyAction::first_step, {}}},
    {code('H', 'F'), {SymphonyAction::session_noise, {}}},
    {code('N', 'F'), {SymphonyAction::session_noise, {}}},
    {code('S', 'F'), {SymphonyAction::session_noise, {}}},
    {code('Z', 'e'), {SymphonyAction::session_noise, {}}},
    {code('Z', 'f'), {SymphonyAction::session_noise, {}}},
    {code('Z', 'h'), {SymphonyAction::session_noise, {}}},
    {code('Z', 'l'), {SymphonyAction::session_noise, {}}},
};

struct NamedCommand {
  std::string_view command, name;
};

// clang fails to deduce a std::array of so many entries.
constexpr NamedCommand k_others[] = {
#define SYMPHONY_COMMAND(command, name) NamedCommand{command, name},
#include "formats/symphony_commands.def"
#undef SYMPHONY_COMMAND
};

constexpr bool is_before(const NamedCommand& a, const NamedCommand& b) {
  return a.command < b.command;
}
static_assert(std::is_sorted(std::begin(k_others), std::end(k_others), is_before));

}  // namespace

SymphonyCommand find_symphony_command(std::string_view command) {
  if (command.size() != 2) return {};
  for (const Row& row : k_commands) {
    if (row.command == code(command[0], command[1])) return row.meaning;
  }
  const auto* other = std::lower_bound(std::begin(k_others), std::end(k_others), NamedCommand{command, {}}, is_before);
  if (other == std::end(k_others) || other->command != command) return {};
  return {SymphonyAction::other, other->name};
}

}  // namespace offcirc
