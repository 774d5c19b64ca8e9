#include "formats/evergreen_objects.hpp"

#include <algorithm>

namespace offcirc {
namespace {

constexpr std::size_t k_nowhere = std::string_view::npos;
// No real object is longer.
constexpr std::size_t k_max_object_bytes = 16 * 1024;

// Behind the brace that closes the object with which `text` begins; npos where there is none, or it does not close.
std::size_t find_object_end(std::string_view text) {
  if (!text.starts_with('{')) return k_nowhere;
  text = text.substr(0, k_max_object_bytes);
  int depth = 0;
  bool is_in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') is_in_string = !is_in_string;
    if (c == '\\') ++at;
    if (is_in_string) continue;
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) return at + 1;
  }
  return k_nowhere;
}

// The objects within a registration have neither.
bool is_transaction(std::string_view object) {
  return object.find("\"type\"") != k_nowhere && object.find("\"timestamp\"") != k_nowhere;
}

}  // namespace

std::size_t find_next_evergreen_object(std::string_view line) {
  constexpr std::string_view k_start = "{\"";
  constexpr int k_max_tries = 32;
  const std::size_t first = std::min(line.find_first_not_of(" \t"), line.size());
  if (const std::size_t end = find_object_end(line.substr(first)); end != k_nowhere) {
    const std::size_t next = line.find_first_not_of(" \t", first + end);
    return next != k_nowhere && line.substr(next).starts_with(k_start) ? next : k_nowhere;
  }
  std::size_t at = line.find(k_start, first + 1);
  for (int tries = 0; tries < k_max_tries && at != k_nowhere; ++tries, at = line.find(k_start, at + 1)) {
    const std::size_t end = find_object_end(line.substr(at));
    if (end != k_nowhere && is_transaction(line.substr(at, end))) return at;
  }
  return k_nowhere;
}

}  // namespace offcirc
