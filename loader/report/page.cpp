#include "loader/report/page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/fields.hpp"
#include "loader/output/characters.hpp"

namespace offcirc {
namespace {

/// The visible form of a text. Nearly all texts are printable ASCII and need no copy.
class Shown {
 public:
  explicit Shown(std::string_view text) : m_text(text) {
    if (!is_printable_ascii(text)) m_text = m_copy = visible(text);
  }
  Shown(const Shown&) = delete;
  Shown& operator=(const Shown&) = delete;
  [[nodiscard]] std::string_view text() const { return m_text; }

 private:
  std::string m_copy;
  std::string_view m_text;
};

std::string_view without_blanks_around(std::string_view text) {
  const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
  return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

// Wraps one paragraph. Keeps the finished lines and the line that is being filled.
class Wrapper {
 public:
  Wrapper(std::size_t columns, std::size_t indent, std::size_t hang) : m_columns(columns), m_hang(hang) {
    begin_line(indent);
  }

  void add_word(std::size_t blanks, std::string_view word) {
    if (m_has_words && m_column + blanks + width_of(word) > m_columns) break_line();
    if (m_has_words) add(std::string(blanks, ' '));
    while (m_column + width_of(word) > m_columns) {
      const std::size_t bytes = bytes_of_columns(word, m_columns - m_column);
      add(word.substr(0, bytes));
      word.remove_prefix(bytes);
      break_line();
    }
    add(word);
    m_has_words = true;
  }

  std::string finish() && { return std::move(m_text += '\n'); }

 private:
  void begin_line(std::size_t indent) {
    m_text.append(indent, ' ');
    m_column = indent;
    m_has_words = false;
  }
  void break_line() {
    m_text += '\n';
    begin_line(m_hang);
  }
  void add(std::string_view text) {
    m_text += text;
    m_column += width_of(text);
  }

  std::string m_text;
  std::size_t m_columns;
  std::size_t m_hang;
  std::size_t m_column = 0;
  bool m_has_words = false;
};

}  // namespace

std::size_t width_of(std::string_view text) {
  const auto begins_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::size_t bytes_of_columns(std::string_view text, std::size_t columns) {
  std::size_t bytes = 0;
  while (bytes < text.size() && columns-- > 0) bytes += first_character(text.substr(bytes)).bytes;
  return bytes;
}

void Page::paragraph(std::size_t indent, std::size_t hang, std::string_view text) {
  const Shown shown(text);
  std::string_view rest = without_blanks_around(shown.text());
  if (indent + width_of(rest) <= m_columns) return put_line(indent, rest);
  Wrapper wrapper(m_columns, indent, hang);
  while (true) {
    const std::size_t blanks = std::min(rest.find_first_not_of(' '), rest.size());
    rest.remove_prefix(blanks);
    if (rest.empty()) break;
    const std::string_view word = rest.substr(0, rest.find(' '));
    wrapper.add_word(blanks, word);
    rest.remove_prefix(word.size());
  }
  m_out.write(std::move(wrapper).finish());
  m_is_empty = false;
}

void Page::line(std::size_t indent, std::string_view text) {
  put_line(indent, Shown(text).text());
}

void Page::put_line(std::size_t indent, std::string_view shown) {
  m_out.write(std::string(indent, ' '));
  m_out.write(shown);
  m_out.write("\n");
  m_is_empty = false;
}

void Page::heading(std::string_view text, char underline) {
  if (!m_is_empty) blank_line();
  paragraph(0, 0, text);
  m_out.write(std::string(std::min(width_of(visible(text)), m_columns), underline) + '\n');
}

}  // namespace offcirc
