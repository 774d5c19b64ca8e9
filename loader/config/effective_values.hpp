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
  std::string value;           ///< as TOML would have it: "text", 12, true, ["a", "b"]; empty: not set
  std::optional<Place> place;  ///< in the file; none: it is the program's default
};

struct EffectiveSection {
  std::string name;  ///< as a heading of the file: `[system]`, `[[library]] OSH`
  std::vector<EffectiveValue> values;
};

/// In the order in which offcirc-config(5) explains them; of a library's [library.offline] only what differs from
/// [offline] by its own word. `config` is as read_config() gave it.
std::vector<EffectiveSection> effective_values(const Config& config);

}  // namespace offcirc
