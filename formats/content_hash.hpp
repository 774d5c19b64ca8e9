// Gathers what a record says and gives it one number, so that the same record is known again in any file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace offcirc {

/// To be used again for each record, since its memory stays.
class ContentHash {
 public:
  /// Begins a record of that format.
  void start(std::string_view format);
  /// Adds one part. Parts are kept apart: "ab" and "c" is not "a" and "bc".
  void add(std::string_view part);
  /// Adds an ID of a record that can't be read, if it is a number as scanners read them: a damaged ID could be
  /// anything, a password too.
  void add_number(std::string_view id);
  /// XXH3 of 64 bits over all parts.
  [[nodiscard]] std::uint64_t value() const;

 private:
  std::string m_parts;
};

}  // namespace offcirc
