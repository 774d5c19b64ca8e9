#include "loader/report/rendering.hpp"

#include <algorithm>
#include <array>

namespace offcirc {

namespace {

constexpr std::array k_renderings = {
    Rendering{"text", "txt", write_text},
    Rendering{"html", "html", write_html},
    Rendering{"csv", "csv", write_csv},
    Rendering{"json", "json", write_json},
};

}  // namespace

std::span<const Rendering> renderings() {
  return k_renderings;
}

const Rendering* find_rendering(std::string_view name) {
  const auto* found = std::find_if(k_renderings.begin(), k_renderings.end(),
                                   [&](const Rendering& rendering) { return rendering.name == name; });
  return found == k_renderings.end() ? nullptr : found;
}

}  // namespace offcirc
