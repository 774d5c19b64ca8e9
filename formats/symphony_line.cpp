#include "formats/symphony_line.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/fields.hpp"

namespace offcirc {
namespace {

// `E`, 14 digits of time, 4 characters of station, one of the kind of line.
constexpr std::size_t k_header_bytes = 20;
constexpr std::size_t k_time_digits = 14;
constexpr std::size_t k_station_bytes = 4;
// `^S`, 2 digits of sequence, 2 letters of command.
constexpr std::size_t k_start_bytes = 6;
constexpr std::string_view k_end_mark = "^^O";
constexpr std::size_t k_length_digits = 5;

bool is_letter_or_digit(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::optional<LineTrouble> find_no_digit(std::string_view text) {
  for (std::size_t i = 1; i <= k_time_digits; ++i) {
    if (i >= text.size() || !is_digit(text[i])) {
      return trouble_at(i, "The header can't be read: expected E and 14 digits of time.");
    }
  }
  return std::nullopt;
}

// Sets `at` behind the header and its blank.
std::optional<LineTrouble> read_header(SymphonyLine& line, std::size_t& at) {
  const std::string_view text = line.text;
  at = 0;
  if (text.starts_with("^S")) return std::nullopt;
  if (!text.starts_with('E')) return trouble_at(0, "This is no Symphony line: expected E and the time, or ^S.");
  line.time = line.clock.read(text.substr(1, k_time_digits));
  if (line.time.is(StampForm::unreadable)) {
    if (auto trouble = find_no_digit(text)) return trouble;
  }
  if (text.size() < k_header_bytes) return trouble_at(text.size(), "The line is cut short within its header.");
  const char type = text[k_header_bytes - 1];
  if (type != 'R' && type != 'F' && type != 'I') {
    return trouble_at(k_header_bytes - 1, "The header can't be read: expected R (request), F or I behind the station.");
  }
  line.station = text.substr(1 + k_time_digits, k_station_bytes);
  line.is_response = type != 'R';
  at = std::min(text.find_first_not_of(' ', k_header_bytes), text.size());
  return std::nullopt;
}

std::optional<LineTrouble> read_command(SymphonyLine& line, std::size_t at) {
  const std::string_view start = line.text.substr(at, k_start_bytes);
  if (!start.starts_with("^S")) return trouble_at(at, "Expected ^S and the sequence number behind the header.");
  if (start.size() < k_start_bytes) return trouble_at(line.text.size(), "The line is cut short before its command.");
  if (!is_digit(start[2]) || !is_digit(start[3])) {
    return trouble_at(at + 2, "The sequence number can't be read: expected 2 digits behind ^S.");
  }
  if (!is_letter_or_digit(start[4]) || !is_letter_or_digit(start[5])) {
    return trouble_at(at + 4, "The command can't be read: expected 2 letters behind the sequence number.");
  }
  line.command = start.substr(4, 2);
  return std::nullopt;
}

// Where the last end mark begins: near the end as a rule.
std::size_t find_end_mark(std::string_view text) {
  for (std::size_t at = text.size(); at >= k_end_mark.size(); --at) {
    if (text[at - 1] == 'O' && text[at - 2] == '^' && text[at - 3] == '^') return at - k_end_mark.size();
  }
  return std::string_view::npos;
}

// Sets `end` to where the end mark begins. `start` is where ^S is.
std::optional<LineTrouble> read_end(const SymphonyLine& line, std::size_t start, std::size_t& end) {
  const std::string_view text = line.text;
  end = find_end_mark(text);
  if (end == std::string_view::npos || end < start + k_start_bytes) {
    return trouble_at(text.size(), "The line is cut short: it has no end mark (^^O).");
  }
  const std::size_t behind_mark = end + k_end_mark.size();
  const std::string_view length = text.substr(behind_mark);
  if (length.empty()) return std::nullopt;
  const auto promised = parse_digits(length);
  if (!promised || length.size() > k_length_digits) {
    return trouble_at(behind_mark, "Behind the end mark (^^O) stands something else than the number of bytes.");
  }
  if (length.size() < k_length_digits) {
    return trouble_at(
        text.size(),
        fmt::format("The line is cut short: {} of the 5 digits behind its end mark are there.", length.size()));
  }
  const std::size_t found = behind_mark - start;
  if (static_cast<std::size_t>(*promised) != found) {
    return LineTrouble{0, fmt::format("Damaged: {} bytes promised, {} found.", *promised, found)};
  }
  return std::nullopt;
}

// Where a code stands twice, the first that says something counts.
void set(std::string_view& target, std::string_view value) {
  if (target.empty()) target = trimmed(value);
}

void note_field(SymphonyFields& found, std::uint16_t code, std::string_view value) {
  switch (code) {
    case symphony_code('U', 'O'):
      return set(found.user_id, value);
    case symphony_code('N', 'Q'):
      return set(found.item_id, value);
    case symphony_code('F', 'E'):
      return set(found.library, value);
    case symphony_code('W', 'I'):
      return set(found.temporary_library, value);
    case symphony_code('F', 'F'):
      return set(found.user_access, value);
    case symphony_code('W', 'H'):
      return set(found.temporary_due, value);
    case symphony_code('C', 'F'):
      return set(found.due, value);
    case symphony_code('W', 'G'):
      return set(found.session_due, value);
    case symphony_code('C', 'O'):
      return set(found.discharged_on, value);
    case symphony_code('D', 'B'):
      return set(found.log_time, value);
    case symphony_code('W', 'K'):
      return set(found.session_date, value);
    case symphony_code('W', 'L'):
      return set(found.session_time, value);
    default:
      found.has_override |= is_symphony_override(code);
      found.has_secret |= is_symphony_secret(code);
  }
}

std::optional<LineTrouble> find_fields(SymphonyLine& line) {
  std::string_view second_record;
  for_each_symphony_field(line.field_bytes, [&](std::uint16_t code, std::string_view value) {
    note_field(line.fields, code, value);
    const bool begins_record = code >> 8U == 'S' && is_digit(static_cast<char>(code & 0xFFU));
    if (begins_record && second_record.data() == nullptr) second_record = value;
  });
  if (second_record.data() == nullptr) return std::nullopt;
  return LineTrouble{symphony_column(line, second_record) - 2, "Damaged: another record begins within the line."};
}

}  // namespace

std::optional<LineTrouble> split_symphony_line(std::string_view text, SymphonyLine& line) {
  line.text = text;
  line.time = Stamp();
  line.station = line.command = line.field_bytes = {};
  line.is_response = false;
  line.fields = line.no_fields;
  line.is_ascii = true;
  if (auto trouble = find_length_trouble(text)) return trouble;
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  line.text = text;

  std::size_t start = 0, end = 0;
  if (auto trouble = read_header(line, start)) return trouble;
  if (!is_printable_ascii(text)) {
    if (auto trouble = find_byte_trouble(text)) return trouble;
    line.is_ascii = is_ascii(text);
  }
  if (line.is_response) return std::nullopt;
  if (auto trouble = read_command(line, start)) return trouble;
  if (auto trouble = read_end(line, start, end)) return trouble;
  line.field_bytes = text.substr(start + k_start_bytes, end - start - k_start_bytes);
  return find_fields(line);
}

std::uint32_t symphony_column(const SymphonyLine& line, std::string_view part) {
  return static_cast<std::uint32_t>(part.data() - line.text.data() + 1);
}

}  // namespace offcirc
