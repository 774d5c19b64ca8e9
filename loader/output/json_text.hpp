// Writes the small pieces of JSON: escaped strings, and objects member by member.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

/// Appends `value` in quotes. Escapes quotes, backslashes, and everything that is_control() or is_invisible() covers.
/// Each byte that is not UTF-8 becomes U+FFFD, so the result is always valid.
void append_json_string(std::string& text, std::string_view value);

/// Writes one object, `{"key": value, "key": value}`, on one line, with the keys in the order of the calls.
class JsonObjectWriter {
 public:
  /// Begins the object at the end of `text`, which must outlive the writer.
  explicit JsonObjectWriter(std::string& text) : m_text(text) { m_text += '{'; }
  JsonObjectWriter(const JsonObjectWriter&) = delete;
  JsonObjectWriter& operator=(const JsonObjectWriter&) = delete;

  JsonObjectWriter& string(std::string_view key, std::string_view value);
  /// Writes null if `value` is empty.
  JsonObjectWriter& string_or_null(std::string_view key, std::string_view value);
  /// Writes nothing if `value` is empty.
  JsonObjectWriter& string_unless_empty(std::string_view key, std::string_view value);
  JsonObjectWriter& number(std::string_view key, std::uint64_t value);
  /// Writes null if `value` is 0.
  JsonObjectWriter& number_or_null(std::string_view key, std::uint64_t value);
  JsonObjectWriter& boolean(std::string_view key, bool value);
  JsonObjectWriter& null(std::string_view key);
  /// `["a", "b"]`
  JsonObjectWriter& strings(std::string_view key, const std::vector<std::string>& values);
  /// Writes the key alone; the caller appends the value, an array or an object, to the text.
  JsonObjectWriter& begin(std::string_view key);
  void end() { m_text += '}'; }

 private:
  std::string& m_text;
  bool m_is_first = true;
};

}  // namespace offcirc
