// Lays out text on a page, 80 columns wide by default, so that it can be read on any screen and printed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "loader/report/text_sink.hpp"

namespace offcirc {

/// The width of visible text, in code points.
std::size_t width_of(std::string_view text);
/// The number of bytes in the first `columns` code points of `text`.
std::size_t bytes_of_columns(std::string_view text, std::size_t columns);

/// All text is made visible first, so that nothing in a log can control the reader's terminal.
class Page {
 public:
  static constexpr std::size_t k_columns = 80;

  explicit Page(BlockWriter& out, std::size_t columns = k_columns) : m_out(out), m_columns(columns) {}

  /// Wraps at blanks. The first line is indented by `indent` columns, the others by `hang`. A word that is longer than
  /// a line is broken.
  void paragraph(std::size_t indent, std::size_t hang, std::string_view text);
  /// Never wraps. Meant for a path, which can then be selected as a whole, or for a row of a table.
  void line(std::size_t indent, std::string_view text);
  /// Underlined to its width, at most that of the page. A blank line precedes it, except at the top of the page.
  void heading(std::string_view text, char underline);
  void blank_line() { m_out.write("\n"); }

 private:
  void put_line(std::size_t indent, std::string_view shown);

  BlockWriter& m_out;
  std::size_t m_columns;
  bool m_is_empty = true;
};

}  // namespace offcirc
