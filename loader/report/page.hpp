// Lays text out on a page, mostly of 80 columns, so that it can be read on any screen and printed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "loader/report/text_sink.hpp"

namespace offcirc {

/// In code points, of text that is visible.
std::size_t width_of(std::string_view text);
/// How many bytes the first `columns` code points of `text` take.
std::size_t bytes_of_columns(std::string_view text, std::size_t columns);

/// All that is written is made visible first, so that nothing in a log can steer the reader's terminal.
class Page {
 public:
  static constexpr std::size_t k_columns = 80;

  explicit Page(BlockWriter& out, std::size_t columns = k_columns) : m_out(out), m_columns(columns) {}

  /// Wraps at blanks: the first line begins `indent` columns in, the others `hang`. A word that is longer than a line
  /// is broken.
  void paragraph(std::size_t indent, std::size_t hang, std::string_view text);
  /// Never wrapped: a path that can be selected as a whole, a row of a table.
  void line(std::size_t indent, std::string_view text);
  /// Underlined as far as it goes, with an empty line before it but on top of the page.
  void heading(std::string_view text, char underline);
  void blank_line() { m_out.write("\n"); }

 private:
  void put_line(std::size_t indent, std::string_view shown);

  BlockWriter& m_out;
  std::size_t m_columns;
  bool m_is_empty = true;
};

}  // namespace offcirc
