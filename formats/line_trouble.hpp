// Why a line of a log, or a field of it, can't be read; and what no line of any format may be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

struct LineTrouble {
  std::uint32_t column = 0;  ///< in bytes, from 1; 0 = the line as a whole
  std::string message;
  bool is_damage = false;  ///< bytes are lost or wrong, so what could be read of the line is doubtful
};

/// `at` counts from 0.
LineTrouble trouble_at(std::size_t at, std::string message);
LineTrouble damage_at(std::size_t at, std::string message);

/// Of a block of zeros, and of a line that is longer than k_max_line_bytes.
std::optional<LineTrouble> find_size_trouble(std::string_view line);

/// Of a line that a block of zeros follows, in a format whose records do not show that they are whole.
LineTrouble cut_by_zeros(std::string_view line);

/// Of the last line without its line end, in a format whose records do not show that they are whole.
LineTrouble cut_at_end(std::string_view line);

/// Of a line of nothing but blanks, in a format whose records end in blanks.
LineTrouble only_blanks_left();

/// Of a line behind a block of zeros, in a format whose records may begin with anything.
LineTrouble begun_by_zeros();

/// Of a line that holds a control character other than a tab: its column and its value.
std::optional<LineTrouble> find_byte_trouble(std::string_view line);

}  // namespace offcirc
