// What makes two records the same: a hash of what they say, and its text in sorted output.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc {

// Gathers what a record says and gives it one number, so that the same record is known again in any file.

class ContentHash {
 public:
  /// Begins a record of that format. `format` stays where it is as long as this lives.
  void start(std::string_view format) {
    if (format.data() != m_format) {
      m_value = 0;
      add(format);
      m_format = format.data();
      m_value_of_format = m_value;
    }
    m_value = m_value_of_format;
  }
  /// Adds one part. Parts are kept apart: "ab" and "c" is not "a" and "bc".
  void add(std::string_view part);
  /// Adds a part of a few letters as a number, which costs next to nothing.
  void add(std::uint64_t code) { m_value = (m_value ^ code) * k_odd; }
  /// XXH3 of 64 bits of each part, with what the parts before it came to as its seed.
  [[nodiscard]] std::uint64_t value() const { return m_value; }

 private:
  static constexpr std::uint64_t k_odd = 0x9E3779B97F4A7C15;  // no bit of a code is lost by it

  const char* m_format = nullptr;
  std::uint64_t m_value_of_format = 0;
  std::uint64_t m_value = 0;
};

/// Diagnostic::content. `kept`: what is left of the record without anything that may be a secret, decoded to UTF-8.
std::uint64_t content_of_unreadable(std::string_view kept);

/// Transaction::more of a registration: what this record alone says of the user, by value.
std::uint64_t content_of(const Registration& registration);

// The identity of a record as one word, so that sorted output can name the line that each of its rows came from.

/// `1781258400-00c0ffee00c0ffee-0`: seconds, content in 16 hex digits, ordinal (left out where it has none yet).
std::string to_text(const Identity& identity);

/// Nullopt where it is not what to_text() gives.
std::optional<Identity> parse_identity(std::string_view text);

}  // namespace offcirc
