// The bytes of a log in memory: who owns them, how many there may be, and their conversion from UTF-16.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "formats/stamp.hpp"

namespace offcirc {

// Limits on one load, so that no log, however it came about, uses up the memory of the machine.

/// Number of files found in the paths that were named.
inline constexpr std::size_t k_max_load_files = 100'000;

/// Size of all logs together, unpacked.
inline constexpr std::uint64_t k_max_load_bytes = std::uint64_t{8} << 30;

/// Number of records of all logs together, without blank ones, which are not kept.
inline constexpr std::uint64_t k_max_load_records = 10'000'000;

/// Length of a user or item ID. A record with a longer one is unreadable; no real ID comes close.
inline constexpr std::size_t k_max_id_characters = 200;

/// Owns the bytes of a log as they were when it was read. Moving the object leaves the bytes where they are.
class LogBytes {
 public:
  LogBytes() = default;
  LogBytes(LogBytes&& other) noexcept;
  LogBytes& operator=(LogBytes&& other) noexcept;
  LogBytes(const LogBytes&) = delete;
  LogBytes& operator=(const LogBytes&) = delete;
  ~LogBytes();

  /// Returns the bytes with that size, perhaps at another address. Added bytes are zero, and memory that is cut off
  /// goes back to the system. Empty if there is not enough memory.
  static LogBytes resized(LogBytes bytes, std::size_t size);

  [[nodiscard]] char* data() { return static_cast<char*>(m_mapping); }
  [[nodiscard]] std::string_view view() const { return {static_cast<const char*>(m_mapping), m_size}; }

  /// Gives memory beyond the end back to the system. \pre The bytes do not grow any more.
  void set_read();

  /// When the file was last modified, UTC; nullopt for a pipe.
  [[nodiscard]] std::optional<Seconds> written_at() const { return m_written_at; }
  void set_written_at(std::optional<Seconds> time) { m_written_at = time; }

 private:
  void* m_mapping = nullptr;  // from mmap(), so that large logs go back to the system as soon as they are cut or gone
  std::size_t m_mapped = 0;   // bytes, in whole pages; may be many more than m_size until set_read()
  std::size_t m_size = 0;
  std::optional<Seconds> m_written_at;
};

/// Collects bytes that arrive piece by piece, in an unknown number.
class GrowingBytes {
 public:
  /// Makes room for `expected` bytes, and for one more to see whether there are more.
  explicit GrowingBytes(std::size_t expected) : m_memory(LogBytes::resized({}, expected + 1)) {}

  /// The memory to fill next; empty only if there is no more memory.
  std::span<char> room();
  /// Says that the first `count` bytes of room() have been filled.
  void add(std::size_t count) { m_size += count; }
  [[nodiscard]] std::size_t size() const { return m_size; }
  [[nodiscard]] std::string_view view() const { return m_memory.view().substr(0, m_size); }
  LogBytes finish() && { return LogBytes::resized(std::move(m_memory), m_size); }

 private:
  LogBytes m_memory;
  std::size_t m_size = 0;
};

// Logs that were saved in UTF-16, which Notepad calls "Unicode" and Excel "Unicode text".

/// True if the text begins with a byte order mark of UTF-16.
bool is_utf16(std::string_view bytes);

/// True if the beginning of a text without a mark looks like UTF-16: it has many NUL bytes, which are all at even or
/// all at odd positions, as in no other text.
bool looks_like_utf16(std::string_view bytes);

/// Converts to UTF-8 without a mark. An unpaired surrogate, or half a character at the end, becomes U+FFFD. Empty if
/// there is not enough memory.
/// \pre is_utf16(bytes)
LogBytes utf8_of_utf16(std::string_view bytes);

}  // namespace offcirc
