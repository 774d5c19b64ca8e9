// The little JSON that the journal keeps in its cells: lists of findings and notes, and what a desk wrote of a new
// user.
#pragma once

#include <string>
#include <string_view>

namespace offcirc {

/// Builds one object: {"name":"value",...}. All values are text.
class JsonObject {
 public:
  JsonObject& add(std::string_view name, std::string_view value);
  /// Nothing where the value is empty.
  JsonObject& add_unless_empty(std::string_view name, std::string_view value);
  [[nodiscard]] std::string text() const { return m_text + "}"; }

 private:
  std::string m_text = "{";
};

}  // namespace offcirc
