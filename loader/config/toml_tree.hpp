// A TOML text as a tree in which everything knows its place, with all that is wrong in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

// All that is wrong with a file, gathered so that the operator can mend it in one go.

/// Where in a text; both from 1.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

class TroubleList {
 public:
  /// `file` as it is shown.
  explicit TroubleList(std::string file) : m_file(std::move(file)) {}

  /// `sentence` begins in lower case, as it stands behind the place, and ends with its full stop.
  void add(Place place, std::string sentence);
  [[nodiscard]] bool empty() const { return m_troubles.empty(); }
  /// `file:line:column: sentence`, a line each, in the order of the file. No newline behind the last.
  [[nodiscard]] std::string text() const;

 private:
  struct Trouble {
    Place place;
    std::string sentence;
  };

  std::string m_file;
  std::vector<Trouble> m_troubles;
};

// A TOML text as a tree in which everything knows its place.

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

// Refuses a TOML text that nests deeper than any configuration does, before a parser recurses into it.

/// Parts of a dotted key, and brackets within each other.
inline constexpr int k_max_toml_depth = 32;

/// Where a key has more parts, or brackets are deeper; nullopt where there is no such place. One pass over the text.
std::optional<Place> find_deep_nesting(std::string_view text);

}  // namespace offcirc
