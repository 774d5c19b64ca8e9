#include "loader/output/file_name.hpp"

#include <fmt/format.h>

#include <iterator>

namespace offcirc {

std::string safe_in_file_name(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (plain)
      safe += c;
    else
      fmt::format_to(std::back_inserter(safe), "%{:02X}", static_cast<unsigned char>(c));
  }
  return safe;
}

}  // namespace offcirc
