#include "formats/symphony_line.hpp"

#include <fmt/format.h>

#include <cstring>

#include "formats/fields.hpp"
#include "formats/symphony_date.hpp"

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

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter_or_digit(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Sets `at` behind the header and its blank.
std::optional<LineTrouble> read_header(SymphonyLine& line, std::size_t& at) {
  const std::string_view text = line.text;
  at = 0;
  if (text.starts_with("^S")) return std::nullopt;
  if (!text.starts_with('E')) return trouble_at(0, "This is no Symphony line: expected E and the time, or ^S.");
  for (std::size_t i = 1; i <= k_time_digits; ++i) {
    if (i < text.size() && is_digit(text[i])) continue;
    return trouble_at(i, "The header can't be read: expected E and 14 digits of time.");
  }
  if (text.size() < k_header_bytes) return trouble_at(text.size(), "The line is cut short within its header.");
  const char type = text[k_header_bytes - 1];
  if (type != 'R' && type != 'F' && type != 'I') {
    return trouble_at(k_header_bytes - 1, "The header can't be read: expected R (request), F or I behind the station.");
  }
  line.time = parse_symphony_time(text.substr(1, k_time_digits));
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

// Sets `end` to where the end mark begins. `start` is where ^S is.
std::optional<LineTrouble> read_end(const SymphonyLine& line, std::size_t start, std::size_t& end) {
  const std::string_view text = line.text;
  end = text.rfind(k_end_mark);
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

std::optional<LineTrouble> split_fields(SymphonyLine& line) {
  std::string_view rest = line.field_bytes;
  while (!rest.empty()) {
    const void* caret = std::memchr(rest.data(), '^', rest.size());
    const std::size_t size = caret == nullptr ? rest.size() : static_cast<const char*>(caret) - rest.data();
    if (size >= 2) {
      const std::string_view field = rest.substr(0, size);
      if (field[0] == 'S' && is_digit(field[1])) {
        return LineTrouble{symphony_column(line, field), "Damaged: another record begins within the line."};
      }
      line.fields.push_back({symphony_code(field[0], field[1]), trimmed(field.substr(2))});
    }
    rest.remove_prefix(std::min(size + 1, rest.size()));
  }
  return std::nullopt;
}

}  // namespace

std::optional<LineTrouble> split_symphony_line(std::string_view text, SymphonyLine& line) {
  line.text = text;
  line.time = Stamp();
  line.station = line.command = line.field_bytes = {};
  line.is_response = false;
  line.fields.clear();
  line.is_ascii = true;
  if (auto trouble = find_length_trouble(text)) return trouble;
  line.text = text = text.substr(0, text.find_last_not_of(" \t") + 1);
  line.is_ascii = is_ascii(text);

  std::size_t start = 0, end = 0;
  if (auto trouble = read_header(line, start)) return trouble;
  if (auto trouble = find_byte_trouble(text)) return trouble;
  if (line.is_response) return std::nullopt;
  if (auto trouble = read_command(line, start)) return trouble;
  if (auto trouble = read_end(line, start, end)) return trouble;
  line.field_bytes = text.substr(start + k_start_bytes, end - start - k_start_bytes);
  return split_fields(line);
}

std::uint32_t symphony_column(const SymphonyLine& line, std::string_view part) {
  return static_cast<std::uint32_t>(part.data() - line.text.data() + 1);
}

std::string_view symphony_value(const SymphonyLine& line, std::uint16_t code) {
  for (const SymphonyField& field : line.fields) {
    if (field.code == code && !field.value.empty()) return field.value;
  }
  return {};
}

bool is_symphony_secret(std::uint16_t code) {
  return code == symphony_code('U', 'f') || code >> 8U == 'O';
}

}  // namespace offcirc
