#include "formats/line_trouble.hpp"

#include <fmt/format.h>

#include "formats/fields.hpp"
#include "formats/log_format.hpp"

namespace offcirc {

LineTrouble trouble_at(std::size_t at, std::string message) {
  return {static_cast<std::uint32_t>(at + 1), std::move(message)};
}

std::optional<LineTrouble> find_length_trouble(std::string_view line) {
  if (line.size() <= k_max_line_bytes) return std::nullopt;
  return LineTrouble{0, fmt::format("The line is longer than {} bytes, which no real one is.", k_max_line_bytes)};
}

std::optional<LineTrouble> find_byte_trouble(std::string_view line) {
  const std::size_t at = find_control_byte(line);
  if (at == std::string_view::npos) return std::nullopt;
  return trouble_at(at, fmt::format("Damaged: byte {:02X}, which is no text.", static_cast<unsigned char>(line[at])));
}

}  // namespace offcirc
