#include "loader/store/json_text.hpp"

#include <fmt/format.h>

#include <iterator>

namespace offcirc {

namespace {

void append_quoted(std::string& json, std::string_view text) {
  json += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(json), "\\u{:04x}", static_cast<unsigned>(c));
    } else {
      json += c;
    }
  }
  json += '"';
}

}  // namespace

JsonObject& JsonObject::add(std::string_view name, std::string_view value) {
  if (m_text.size() > 1) m_text += ',';
  append_quoted(m_text, name);
  m_text += ':';
  append_quoted(m_text, value);
  return *this;
}

JsonObject& JsonObject::add_unless_empty(std::string_view name, std::string_view value) {
  return value.empty() ? *this : add(name, value);
}

}  // namespace offcirc
