// The bytes of a log in memory: their limits, and UTF-16.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "formats/stamp.hpp"

namespace offcirc {

// How much one load takes in at most, so that no log, however it came about, uses up the memory of the machine.

/// Files that are found below the paths that were named.
inline constexpr std::size_t k_max_load_files = 100'000;

/// Of all logs together, unpacked.
inline constexpr std::uint64_t k_max_load_bytes = std::uint64_t{8} << 30;

/// Of all logs together; blank ones, which are only counted, do not count.
inline constexpr std::uint64_t k_max_load_records = 10'000'000;

/// Of the ID of a user or an item. Longer ones are unreadable: no real one comes near.
inline constexpr std::size_t k_max_id_characters = 200;

// The bytes of a log in memory, as they were when it was read.

/// Owns them; not copied, moved freely (the bytes stay where they are).
class LogBytes {
 public:
  LogBytes() = default;
  LogBytes(LogBytes&& other) noexcept;
  LogBytes& operator=(LogBytes&& other) noexcept;
  LogBytes(const LogBytes&) = delete;
  LogBytes& operator=(const LogBytes&) = delete;
  ~LogBytes();

  /// Of that size, at another place perhaps: what is new is zero, what is cut off is given back. Empty where there is
  /// not so much memory.
  static LogBytes resized(LogBytes bytes, std::size_t size);

  [[nodiscard]] char* data() { return static_cast<char*>(m_mapping); }
  [[nodiscard]] std::string_view view() const { return {static_cast<const char*>(m_mapping), m_size}; }

  /// Gives memory beyond their end back. \pre They do not grow any more.
  void set_read();

  /// When the file was last written, UTC; none of pipes.
  [[nodiscard]] std::optional<Seconds> written_at() const { return m_written_at; }
  void set_written_at(std::optional<Seconds> time) { m_written_at = time; }

 private:
  void* m_mapping = nullptr;  // of mmap(): large logs are given back to the system as soon as they are cut or gone
  std::size_t m_mapped = 0;   // bytes, whole pages: at the end more than m_size, as long as they are written
  std::size_t m_size = 0;
  std::optional<Seconds> m_written_at;
};

/// Bytes that come piece by piece, nobody knows how many.
class GrowingBytes {
 public:
  /// Room for `expected` bytes, and one more to see whether there are more.
  explicit GrowingBytes(std::size_t expected) : m_memory(LogBytes::resized({}, expected + 1)) {}

  /// What is to be filled next: not empty, but where memory is at its end.
  std::span<char> room();
  /// So many bytes of room() are filled.
  void add(std::size_t count) { m_size += count; }
  [[nodiscard]] std::size_t size() const { return m_size; }
  [[nodiscard]] std::string_view view() const { return m_memory.view().substr(0, m_size); }
  LogBytes finish() && { return LogBytes::resized(std::move(m_memory), m_size); }

 private:
  LogBytes m_memory;
  std::size_t m_size = 0;
};

// Logs that were saved in UTF-16, as Notepad does under the name "Unicode" and Excel for "Unicode text".

/// The byte order mark of UTF-16 stands in front.
bool is_utf16(std::string_view bytes);

/// No mark, but every second byte of the beginning is NUL as in no other text.
bool looks_like_utf16(std::string_view bytes);

/// The same text in UTF-8 without a mark. Half a pair, and half a character at the end, become U+FFFD. Empty where
/// memory does not suffice.
/// \pre is_utf16(bytes)
LogBytes utf8_of_utf16(std::string_view bytes);

}  // namespace offcirc
