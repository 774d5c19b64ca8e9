#include "loader/report/html/writer.hpp"

#include <algorithm>

#include "loader/output/characters.hpp"

namespace offcirc {

void HtmlWriter::begin(std::string_view tag, HtmlAttributes attributes) {
  m_piece = '<';
  m_piece += tag;
  for (const HtmlAttribute& attribute : attributes) {
    m_piece += ' ';
    m_piece += attribute.name;
    m_piece += "=\"";
    append_html_text(m_piece, attribute.value);
    m_piece += '"';
  }
}

void HtmlWriter::open(std::string_view tag, HtmlAttributes attributes) {
  begin(tag, attributes);
  m_out.write(m_piece += '>');
  m_open.push_back(tag);
}

void HtmlWriter::close() {
  m_piece = "</";
  m_piece += m_open.back();
  m_out.write(m_piece += '>');
  m_open.pop_back();
}

void HtmlWriter::text(std::string_view text) {
  m_piece.clear();
  append_html_text(m_piece, text);
  m_out.write(m_piece);
}

void HtmlWriter::path(std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find_first_of("/._-:"), path.size() - 1) + 1;
    text(path.substr(0, end));
    path.remove_prefix(end);
    if (!path.empty()) m_out.write("<wbr>");
  }
}

void HtmlWriter::element(std::string_view tag, std::string_view text, HtmlAttributes attributes) {
  open(tag, attributes);
  this->text(text);
  close();
}

void HtmlWriter::empty_element(std::string_view tag, HtmlAttributes attributes) {
  begin(tag, attributes);
  m_out.write(m_piece += '>');
}

void HtmlWriter::shape(std::string_view tag, HtmlAttributes attributes) {
  begin(tag, attributes);
  m_out.write(m_piece += "/>");
}

}  // namespace offcirc
