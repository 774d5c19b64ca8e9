#include "loader/output/json_text.hpp"

#include <fmt/format.h>

#include <iterator>

#include "loader/output/characters.hpp"

namespace offcirc {
namespace {

bool is_plain(char c) {
  return c >= ' ' && c <= '~' && c != '"' && c != '\\';
}

// A JSON escape is a UTF-16 unit, so a character above U+FFFF takes two.
void append_code_units(std::string& text, std::uint32_t code_point) {
  const auto add = [&](std::uint32_t unit) { fmt::format_to(std::back_inserter(text), "\\u{:04x}", unit); };
  if (code_point < 0x10000) return add(code_point);
  add(0xD800U + ((code_point - 0x10000U) >> 10U));
  add(0xDC00U + ((code_point - 0x10000U) & 0x3FFU));
}

void append_escaped(std::string& text, char32_t code_point) {
  switch (code_point) {
    case '"':
      text += "\\\"";
      break;
    case '\\':
      text += "\\\\";
      break;
    case '\n':
      text += "\\n";
      break;
    case '\r':
      text += "\\r";
      break;
    case '\t':
      text += "\\t";
      break;
    default:
      append_code_units(text, static_cast<std::uint32_t>(code_point));
  }
}

}  // namespace

void append_json_string(std::string& text, std::string_view value) {
  text += '"';
  while (!value.empty()) {
    std::size_t plain = 0;
    while (plain < value.size() && is_plain(value[plain])) ++plain;
    text += value.substr(0, plain);
    value.remove_prefix(plain);
    if (value.empty()) break;
    const Character character = first_character(value);
    if (!character.valid) {
      text += "\xEF\xBF\xBD";
    } else if (is_control(character.code_point) || is_invisible(character.code_point) || character.bytes == 1) {
      append_escaped(text, character.code_point);
    } else {
      text += value.substr(0, character.bytes);
    }
    value.remove_prefix(character.bytes);
  }
  text += '"';
}

JsonObjectWriter& JsonObjectWriter::strings(std::string_view key, const std::vector<std::string>& values) {
  begin(key);
  m_text += '[';
  for (const std::string& value : values) {
    if (&value != values.data()) m_text += ", ";
    append_json_string(m_text, value);
  }
  m_text += ']';
  return *this;
}

JsonObjectWriter& JsonObjectWriter::begin(std::string_view key) {
  if (!m_is_first) m_text += ", ";
  m_is_first = false;
  append_json_string(m_text, key);
  m_text += ": ";
  return *this;
}

JsonObjectWriter& JsonObjectWriter::string(std::string_view key, std::string_view value) {
  begin(key);
  append_json_string(m_text, value);
  return *this;
}

JsonObjectWriter& JsonObjectWriter::string_or_null(std::string_view key, std::string_view value) {
  return value.empty() ? null(key) : string(key, value);
}

JsonObjectWriter& JsonObjectWriter::string_unless_empty(std::string_view key, std::string_view value) {
  return value.empty() ? *this : string(key, value);
}

JsonObjectWriter& JsonObjectWriter::number(std::string_view key, std::uint64_t value) {
  begin(key);
  fmt::format_to(std::back_inserter(m_text), "{}", value);
  return *this;
}

JsonObjectWriter& JsonObjectWriter::number_or_null(std::string_view key, std::uint64_t value) {
  return value == 0 ? null(key) : number(key, value);
}

JsonObjectWriter& JsonObjectWriter::boolean(std::string_view key, bool value) {
  begin(key);
  m_text += value ? "true" : "false";
  return *this;
}

JsonObjectWriter& JsonObjectWriter::null(std::string_view key) {
  begin(key);
  m_text += "null";
  return *this;
}

}  // namespace offcirc
