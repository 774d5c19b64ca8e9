// Expands archives for tests and summarizes their members in a few lines.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "loader/intake/expand.hpp"

namespace offcirc {

inline const ExpandLimits k_limits{.max_bytes = 1 << 20, .encoding = "windows-1252"};

// One line per member, `path: text` or `path! trouble`; or the error if the whole archive is unreadable.
inline std::string members_of(std::string_view packed, const ExpandLimits& limits = k_limits) {
  const auto expanded = expand(packed, limits);
  if (const auto* sentence = std::get_if<std::string>(&expanded)) return *sentence;
  std::string text;
  for (const Member& member : std::get<std::vector<Member>>(expanded)) {
    text += member.trouble ? fmt::format("{}! {}\n", member.path, *member.trouble)
                           : fmt::format("{}: {}\n", member.path, member.bytes.view());
  }
  return text;
}

}  // namespace offcirc
