// Parses a TOML text into a tree in which everything knows its place, and collects what is wrong with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

// Collects all that is wrong with a file, so that the operator can fix it in one go.

/// A position in a text; both count from 1.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

class TroubleList {
 public:
  /// `file` is the name to show.
  explicit TroubleList(std::string file) : m_file(std::move(file)) {}

  /// `sentence` begins in lower case, since it follows the place, and ends with its punctuation.
  void add(Place place, std::string sentence);
  [[nodiscard]] bool empty() const { return m_troubles.empty(); }
  /// `file:line:column: sentence`, one line each, in the order of the file, without a newline at the end.
  [[nodiscard]] std::string text() const;

 private:
  struct Trouble {
    Place place;
    std::string sentence;
  };

  std::string m_file;
  std::vector<Trouble> m_troubles;
};

// The tree.

enum class TomlKind : std::uint8_t { text, integer, fraction, boolean, date, time, list, table };

/// `a text in quotes`, `a whole number` and so on, for messages.
std::string_view describe(TomlKind kind);

struct TomlEntry;

struct TomlTable {
  Place place;
  std::vector<TomlEntry> entries;  ///< sorted by key
};

struct TomlValue {
  Place place;
  TomlKind kind = TomlKind::text;
  std::string text;  ///< of a text; of a date, `2026-06-12`
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

/// Returns nullopt and adds a trouble if `text` is not TOML 1.0 or is nested too deeply.
std::optional<TomlTable> parse_toml(std::string_view text, TroubleList& troubles);

// Finds nesting that is deeper than in any configuration, before a parser recurses into it.

/// The most parts of a dotted key, and the most levels of brackets.
inline constexpr int k_max_toml_depth = 32;

/// The place where a key has more parts or brackets are nested deeper; nullopt if there is none. One pass over the
/// text.
std::optional<Place> find_deep_nesting(std::string_view text);

}  // namespace offcirc
