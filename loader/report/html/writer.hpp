// Writes HTML element by element, so that every text and every attribute is escaped and every element can be closed in
// order.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "loader/report/text_sink.hpp"

namespace offcirc {

struct HtmlAttribute {
  std::string_view name;
  std::string_view value;
};
using HtmlAttributes = std::initializer_list<HtmlAttribute>;

class HtmlWriter {
 public:
  explicit HtmlWriter(BlockWriter& out) : m_out(out) {}
  HtmlWriter(const HtmlWriter&) = delete;
  HtmlWriter& operator=(const HtmlWriter&) = delete;

  void open(std::string_view tag, HtmlAttributes attributes = {});
  /// Closes the element opened last.
  void close();
  void text(std::string_view text);
  /// Writes a path that may wrap after `/`, `.`, `_`, `-` and `:`.
  void path(std::string_view path);
  void element(std::string_view tag, std::string_view text, HtmlAttributes attributes = {});
  /// Writes an element that has neither content nor an end tag: `input`, `meta`.
  void empty_element(std::string_view tag, HtmlAttributes attributes);
  /// Writes an SVG element without content.
  void shape(std::string_view tag, HtmlAttributes attributes);
  void newline() { m_out.write("\n"); }
  /// Writes without escaping. Only for the program's own text, never for data.
  void raw(std::string_view html) { m_out.write(html); }

 private:
  void begin(std::string_view tag, HtmlAttributes attributes);

  BlockWriter& m_out;
  std::string m_piece;
  std::vector<std::string_view> m_open;
};

}  // namespace offcirc
