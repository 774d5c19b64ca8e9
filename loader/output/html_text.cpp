#include "loader/output/html_text.hpp"

#include <fmt/format.h>

#include <iterator>

#include "loader/output/characters.hpp"

namespace offcirc {
namespace {

std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

void append_html_text(std::string& text, std::string_view value) {
  for (const char c : visible(value)) {
    const std::string_view entity = entity_of(c);
    if (entity.empty()) {
      text += c;
    } else {
      text += entity;
    }
  }
}

std::string html_name(std::string_view value) {
  std::string name;
  for (const char c : value) {
    if (is_name_character(c)) {
      name += c;
    } else {
      fmt::format_to(std::back_inserter(name), ".{:02x}", static_cast<unsigned char>(c));
    }
  }
  return name;
}

}  // namespace offcirc
