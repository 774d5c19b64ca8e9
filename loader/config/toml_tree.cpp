#include "loader/config/toml_tree.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <tuple>
#include <utility>

namespace offcirc {

void TroubleList::add(Place place, std::string sentence) {
  m_troubles.push_back({place, std::move(sentence)});
}

std::string TroubleList::text() const {
  std::vector<Trouble> sorted = m_troubles;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Trouble& a, const Trouble& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  std::string text;
  for (const Trouble& trouble : sorted)
    text += fmt::format("{}{}:{}:{}: {}", text.empty() ? "" : "\n", m_file, trouble.place.line, trouble.place.column,
                        trouble.sentence);
  return text;
}

namespace {

Place place_of(const toml::source_region& source) {
  return {source.begin.line, source.begin.column};
}

TomlTable table_of(const toml::table& source);

TomlValue value_of(const toml::node& source) {
  TomlValue value;
  value.place = place_of(source.source());
  if (const auto* text = source.as_string()) {
    value.text = text->get();
  } else if (const auto* integer = source.as_integer()) {
    value.kind = TomlKind::integer;
    value.integer = integer->get();
  } else if (const auto* boolean = source.as_boolean()) {
    value.kind = TomlKind::boolean;
    value.boolean = boolean->get();
  } else if (const auto* date = source.as_date()) {
    value.kind = TomlKind::date;
    value.text = fmt::format("{:04}-{:02}-{:02}", date->get().year, date->get().month, date->get().day);
  } else if (const auto* list = source.as_array()) {
    value.kind = TomlKind::list;
    for (const toml::node& item : *list) value.items.push_back(value_of(item));
  } else if (const auto* table = source.as_table()) {
    value.kind = TomlKind::table;
    value.table = table_of(*table);
  } else {
    value.kind = source.is_floating_point() ? TomlKind::fraction : TomlKind::time;
  }
  return value;
}

TomlTable table_of(const toml::table& source) {
  TomlTable table;
  table.place = place_of(source.source());
  for (const auto& [key, value] : source)
    table.entries.push_back({std::string(key.str()), place_of(key.source()), value_of(value)});
  return table;
}

}  // namespace

std::string_view describe(TomlKind kind) {
  constexpr std::array<std::string_view, 8> k_descriptions{
      "a string in quotes", "a whole number", "a number with a fraction", "true or false", "a date", "a time",
      "a list in brackets", "a table"};
  return k_descriptions.at(static_cast<std::size_t>(kind));
}

std::optional<TomlTable> parse_toml(std::string_view text, TroubleList& troubles) {
  if (const auto place = find_deep_nesting(text)) {
    troubles.add(*place, fmt::format("this is nested more than {} levels deep, the limit for a configuration.",
                                     k_max_toml_depth));
    return std::nullopt;
  }
  try {
    return table_of(toml::parse(text));
  } catch (const toml::parse_error& error) {
    troubles.add(place_of(error.source()), fmt::format("this is not TOML. {}.", error.description()));
    return std::nullopt;
  }
}

namespace {

class DepthScanner {
 public:
  explicit DepthScanner(std::string_view text) : m_text(text) {}

  std::optional<Place> scan() {
    while (m_at < m_text.size()) {
      const char c = m_text[m_at];
      if (c == '"' || c == '\'')
        skip_string(c);
      else if (c == '#')
        skip_to(m_text.find('\n', m_at));
      else if (is_too_deep(c))
        return m_place;
      else
        skip_to(m_at + 1);
    }
    return std::nullopt;
  }

 private:
  // Numbers and times contain dots too, but only one each.
  bool is_too_deep(char c) {
    const bool belongs_to_key = c == '.' || c == ' ' || c == '\t' || c == '-' || c == '_' || is_letter_or_digit(c);
    if (!belongs_to_key) m_dots = 0;
    if (c == '.') ++m_dots;
    if (c == '[' || c == '{') ++m_brackets;
    if (c == ']' || c == '}') m_brackets = std::max(m_brackets - 1, 0);
    return m_dots >= k_max_toml_depth || m_brackets > k_max_toml_depth;
  }

  static bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  // Skips a string of one line, or of several lines in triple quotes. A backslash escapes only in double quotes.
  void skip_string(char quote) {
    const bool has_lines = m_text.substr(m_at, 3) == std::string_view(quote == '"' ? "\"\"\"" : "'''");
    const std::size_t quotes = has_lines ? 3 : 1;
    std::size_t at = m_at + quotes;
    for (; at < m_text.size(); ++at) {
      if (m_text[at] == '\\' && quote == '"')
        ++at;
      else if (m_text[at] == '\n' && !has_lines)
        break;
      else if (m_text[at] == quote && m_text.substr(at, quotes) == m_text.substr(m_at, quotes))
        return skip_to(at + quotes);
    }
    skip_to(at);
  }

  void skip_to(std::size_t end) {
    for (end = std::min(end, m_text.size()); m_at < end; ++m_at) {
      ++m_place.column;
      if (m_text[m_at] == '\n') m_place = {m_place.line + 1, 1};
    }
  }

  std::string_view m_text;
  std::size_t m_at = 0;
  Place m_place;
  int m_dots = 0;      // in the key that is being read
  int m_brackets = 0;  // how many are open
};

}  // namespace

std::optional<Place> find_deep_nesting(std::string_view text) {
  return DepthScanner(text).scan();
}

}  // namespace offcirc
