// The bytes of a log in memory, as they were when it was read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "formats/stamp.hpp"

namespace offcirc {

/// What a pipe or standard input may give at most.
inline constexpr std::size_t k_max_stream_bytes = std::size_t{4} << 30;

/// Owns them; not copied, moved freely (the bytes stay where they are).
class LogBytes {
 public:
  LogBytes() = default;
  /// Takes over memory of mmap().
  LogBytes(void* mapping, std::size_t size) : m_mapping(mapping), m_size(size) {}
  LogBytes(LogBytes&& other) noexcept;
  LogBytes& operator=(LogBytes&& other) noexcept;
  LogBytes(const LogBytes&) = delete;
  LogBytes& operator=(const LogBytes&) = delete;
  ~LogBytes();

  /// The first `size` of `bytes`; the memory behind them is given back.
  static LogBytes shrunk(LogBytes bytes, std::size_t size);

  [[nodiscard]] std::string_view view() const { return {static_cast<const char*>(m_mapping), m_size}; }

  /// When the file was last written, UTC; none of standard input and pipes.
  [[nodiscard]] std::optional<Seconds> written_at() const { return m_written_at; }
  void set_written_at(Seconds time) { m_written_at = time; }

 private:
  void* m_mapping = nullptr;
  std::size_t m_size = 0;
  std::optional<Seconds> m_written_at;
};

/// `can't be read: Permission denied. Check who may read it.` of an errno.
std::string reading_trouble(int error);

/// The bytes, or a sentence that says why there are none.
using BytesOrTrouble = std::variant<LogBytes, std::string>;

/// A file of any kind; `-` is standard input. Without `may_stream` only a regular file is read (and nothing else waited
/// for); with it a pipe, a terminal or another character device is too, up to `max_stream_bytes`.
BytesOrTrouble read_bytes(const std::string& path, bool may_stream, std::size_t max_stream_bytes = k_max_stream_bytes);

}  // namespace offcirc
