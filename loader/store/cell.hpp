// One value on its way into the database.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace offcirc {

/// Null, a number, or text, which has to live until the statement has run, or its row of a KeyTable has been read.
class Cell {
 public:
  enum class Type : std::uint8_t { null, integer, text };

  Cell() = default;
  Cell(std::int64_t number) : m_number(number), m_type(Type::integer) {}
  template <typename Text>
  requires std::convertible_to<const Text&, std::string_view> Cell(const Text& text)
      : Cell(std::string_view(text), Type::text) {}
  Cell(std::string&&) = delete;  // would be gone: see RowCells::keep()

  [[nodiscard]] Type type() const { return m_type; }
  [[nodiscard]] bool is_null() const { return m_type == Type::null; }
  /// 0 where it is none.
  [[nodiscard]] std::int64_t number() const { return m_type == Type::integer ? m_number : 0; }
  /// Empty where it is none; never a null pointer where it is text.
  [[nodiscard]] std::string_view text() const {
    return m_type == Type::text ? std::string_view(m_text, m_size) : std::string_view();
  }

 private:
  Cell(std::string_view text, Type type) : m_text(text.empty() ? "" : text.data()), m_size(text.size()), m_type(type) {}

  union {
    std::int64_t m_number = 0;
    const char* m_text;
  };
  std::size_t m_size = 0;
  Type m_type = Type::null;
};

/// Null for no value.
inline Cell cell_of(std::optional<std::int64_t> value) {
  return value ? Cell(*value) : Cell();
}

}  // namespace offcirc
