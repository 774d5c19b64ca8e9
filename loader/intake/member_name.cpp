#include "loader/intake/member_name.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "formats/decoder.hpp"
#include "formats/fields.hpp"

namespace offcirc {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view k_separators = "/\\";

std::vector<std::string_view> parts_of(std::string_view name, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t stop = name.find_first_of(separators);
    const std::string_view part = name.substr(0, stop);
    if (!part.empty() && part != ".") parts.push_back(part);
    if (stop == std::string_view::npos) return parts;
    name.remove_prefix(stop + 1);
  }
}

bool is_drive(std::string_view name) {
  const bool is_letter = !name.empty() && ((name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z'));
  return is_letter && name.substr(1).starts_with(':');
}

// `CON` and its like are devices of Windows in every folder, with any ending.
bool is_device(std::string_view part) {
  constexpr std::array k_devices = {"CON"sv, "PRN"sv, "AUX"sv, "NUL"sv};
  constexpr std::array k_numbered = {"COM"sv, "LPT"sv};
  const std::string_view stem = trimmed(part.substr(0, part.find('.')));
  const auto is_stem = [&](std::string_view device) { return equal_ignoring_case(stem, device); };
  const auto begins_stem = [&](std::string_view device) { return equal_ignoring_case(stem.substr(0, 3), device); };
  const bool has_number = stem.size() == 4 && stem[3] >= '1' && stem[3] <= '9';
  return std::any_of(k_devices.begin(), k_devices.end(), is_stem) ||
         (has_number && std::any_of(k_numbered.begin(), k_numbered.end(), begins_stem));
}

}  // namespace

std::string member_path(std::string_view name, bool backslashes, const std::string& encoding) {
  TextArena arena;
  Decoder decoder(encoding, arena);
  const std::string_view text = decoder.decode(name);
  const bool is_foreign = backslashes && text.find('/') == std::string_view::npos;
  std::string path;
  for (const std::string_view part : parts_of(text, is_foreign ? k_separators : "/"sv)) {
    path.append(path.empty() ? "" : "/").append(part);
  }
  return path;
}

bool is_left_out(std::string_view path) {
  const auto parts = parts_of(path, "/");
  return std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
    return part == "__MACOSX" || (part.starts_with('.') && part != "..");
  });
}

std::optional<std::string> name_trouble(std::string_view name) {
  const auto parts = parts_of(name, k_separators);
  if (parts.empty()) return "has no name: left out.";
  const bool is_absolute = k_separators.find(name.front()) != std::string_view::npos || is_drive(name);
  if (is_absolute || std::find(parts.begin(), parts.end(), "..") != parts.end()) {
    return "has a name that leads out of the archive: left out. Find out who packed it, and why.";
  }
  if (std::any_of(parts.begin(), parts.end(), is_device)) return "is called like a device: left out.";
  return std::nullopt;
}

}  // namespace offcirc
