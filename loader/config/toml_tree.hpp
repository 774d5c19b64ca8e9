// A TOML text as a tree in which everything knows its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/config/trouble_list.hpp"

namespace offcirc {

enum class TomlKind : std::uint8_t { text, integer, fraction, boolean, date, time, list, table };

/// `a text in quotes`, `a whole number`, ...: for messages.
std::string_view describe(TomlKind kind);

struct TomlEntry;

struct TomlTable {
  Place place;
  std::vector<TomlEntry> entries;  ///< in the order of their keys
};

struct TomlValue {
  Place place;
  TomlKind kind = TomlKind::text;
  std::string text;  ///< of a text; of a date `2026-06-12`
  std::int64_t integer = 0;
  bool boolean = false;
  std::vector<TomlValue> items;  ///< of a list
  TomlTable table;
};

struct TomlEntry {
  std::string key;
  Place place;  ///< of the key
  TomlValue value;
};

/// Nullopt, and a trouble, where `text` is no TOML 1.0.
std::optional<TomlTable> parse_toml(std::string_view text, TroubleList& troubles);

}  // namespace offcirc
