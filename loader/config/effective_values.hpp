// The configuration as it takes effect: every key with its value, and where the value comes from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/config/toml_tree.hpp"

namespace offcirc {

struct EffectiveValue {
  std::string key;
  std::string value;           ///< in TOML: "text", 12, true, ["a", "b"]; empty: not set
  std::optional<Place> place;  ///< in the file; nullopt: the value is the program's default
};

struct EffectiveSection {
  std::string name;  ///< like a heading of the file: `[system]`, `[[library]] OSH`
  std::vector<EffectiveValue> values;
};

/// All sections, in the order in which offcirc-config(5) explains them. A library's [library.offline] holds only the
/// keys that the file gives there, since the others come from [offline]. `config` must come from read_config().
std::vector<EffectiveSection> effective_values(const Config& config);

}  // namespace offcirc
