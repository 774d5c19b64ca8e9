// Decides when two records are the same: a hash of their content, and the text of an identity in sorted output.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc {

// Hashes the content of a record into one number, by which the same record is recognized in any file.

class ContentHash {
 public:
  /// Begins a record in `format`. The characters that `format` points to must not move or change while this object
  /// lives.
  void start(std::string_view format) {
    if (format.data() != m_format) {
      m_value = 0;
      add(format);
      m_format = format.data();
      m_value_of_format = m_value;
    }
    m_value = m_value_of_format;
  }
  /// Adds one part. The boundaries of parts count: "ab" and "c" hash differently from "a" and "bc".
  void add(std::string_view part);
  /// Adds a part of a few letters as a number, which is much faster.
  void add(std::uint64_t code) { m_value = (m_value ^ code) * k_odd; }
  /// The hash so far: the 64-bit XXH3 of each part, seeded with the hash of the parts before it.
  [[nodiscard]] std::uint64_t value() const { return m_value; }

 private:
  static constexpr std::uint64_t k_odd = 0x9E3779B97F4A7C15;  // odd, so that the multiplication loses no bit of a code

  const char* m_format = nullptr;
  std::uint64_t m_value_of_format = 0;
  std::uint64_t m_value = 0;
};

/// Computes Diagnostic::content. `kept` is the record, decoded to UTF-8, without anything that may be a secret.
std::uint64_t content_of_unreadable(std::string_view kept);

/// Computes Transaction::more of a registration: a hash of what this record alone says about the user.
std::uint64_t content_of(const Registration& registration);

// The identity of a record as one word, by which each row of sorted output names the line it came from.

/// Formats an identity as `1781258400-00c0ffee00c0ffee-0`: seconds, content in 16 hex digits, and ordinal, which is
/// omitted if it is not assigned yet.
std::string to_text(const Identity& identity);

/// Returns nullopt if `text` is not exactly what to_text() produces.
std::optional<Identity> parse_identity(std::string_view text);

}  // namespace offcirc
