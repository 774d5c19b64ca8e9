#include "formats/diagnostic.hpp"

#include <fmt/format.h>

#include "formats/fields.hpp"
#include "formats/line_reader.hpp"
#include "formats/log_format.hpp"

namespace offcirc {

LineTrouble trouble_at(std::size_t at, std::string message) {
  return {static_cast<std::uint32_t>(at + 1), std::move(message)};
}

LineTrouble damage_at(std::size_t at, std::string message) {
  return {static_cast<std::uint32_t>(at + 1), std::move(message), true};
}

std::optional<LineTrouble> find_size_trouble(std::string_view line) {
  if (is_block_of_zeros(line)) {
    return LineTrouble{
        0, fmt::format("Damaged: {} zero bytes, as after a power failure. What was written here is lost.", line.size()),
        true};
  }
  if (line.size() <= k_max_line_bytes) return std::nullopt;
  return LineTrouble{0, fmt::format("The line is longer than {} bytes, so it can't be a record.", k_max_line_bytes),
                     true};
}

LineTrouble cut_by_zeros(std::string_view line) {
  return damage_at(line.size(), "The line is cut short: the rest of it is zero bytes.");
}

LineTrouble cut_at_end(std::string_view line) {
  return damage_at(line.size(), "The last line may be cut short: it has no line end. Load the whole log.");
}

LineTrouble only_blanks_left() {
  return damage_at(0, "Damaged: only the trailing blanks of a record are left.");
}

LineTrouble begun_by_zeros() {
  return damage_at(0, "The beginning of the line may be lost: zero bytes come before it.");
}

std::optional<LineTrouble> find_byte_trouble(std::string_view line) {
  const std::size_t at = find_control_byte(line);
  if (at == std::string_view::npos) return std::nullopt;
  return damage_at(at, fmt::format("Damaged: byte {:02X}, which is not text.", static_cast<unsigned char>(line[at])));
}

}  // namespace offcirc
