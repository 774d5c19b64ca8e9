#include "loader/config/toml_depth.hpp"

#include <algorithm>
#include <cstddef>

namespace offcirc {
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
  // Numbers and dates have dots too, but only one.
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

  // Of one line, or in three quotes of several. Only double quotes know a backslash.
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
  int m_dots = 0;      // of the key that is being read
  int m_brackets = 0;  // that are open
};

}  // namespace

std::optional<Place> find_deep_nesting(std::string_view text) {
  return DepthScanner(text).scan();
}

}  // namespace offcirc
