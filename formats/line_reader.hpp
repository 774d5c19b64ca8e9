// Reads a log line by line, separates out the blocks of NUL bytes that a power failure leaves behind, and counts the
// bytes examined.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace offcirc {

/// Counts the bytes that readers examine on this thread, so that a test can tell linear from quadratic work without a
/// clock. Readers add to it once per search or line, not once per byte.
class WorkCount {
 public:
  static void add(std::size_t bytes) { m_bytes += bytes; }
  [[nodiscard]] static std::uint64_t bytes() { return m_bytes; }

 private:
  inline static thread_local std::uint64_t m_bytes = 0;
};

/// What ends a line: LF or CR LF; in formats whose records end in CR, a lone CR too.
enum class LineEnds : std::uint8_t { lf, cr_too };

/// At least this many NUL bytes in a row are not a damaged character but a gap that was never written.
inline constexpr std::size_t k_block_of_zeros = 8;

/// Reads a text line by line. Skips a UTF-8 byte order mark at the start of the text. May be copied to look ahead.
class LineReader {
 public:
  explicit LineReader(std::string_view text, LineEnds ends = LineEnds::lf);

  /// Reads the next line without its line end; returns false at the end of the text. A block of NUL bytes, however
  /// long, is returned as a piece of its own: the line ends before it, and another piece of the same line may follow
  /// it. Examines each byte once.
  bool next(std::string_view& line);
  /// Makes next() return everything after the first `size` bytes of `line`, as a piece of the same line. `line` is the
  /// one that next() returned last; `size` is greater than 0 and less than its size. Takes constant time, however long
  /// the line is.
  void give_back(std::string_view line, std::size_t size);

  /// The number of the line that next() returned last, from 1.
  [[nodiscard]] std::uint32_t line_number() const { return m_line; }
  /// How many bytes of the line precede the piece that next() returned last.
  [[nodiscard]] std::uint32_t column_before() const { return static_cast<std::uint32_t>(m_column); }
  /// A block of NUL bytes follows the piece that next() returned last, so its real length is unknown.
  [[nodiscard]] bool is_cut_by_zeros() const { return m_is_cut; }
  /// A block of NUL bytes precedes that piece, so its beginning may be missing.
  [[nodiscard]] bool is_behind_zeros() const { return m_is_behind_zeros; }
  /// The piece that next() returned last came from give_back(): its line holds several records.
  [[nodiscard]] bool was_given_back() const { return m_was_given_back; }
  /// The piece that next() returned last ends the text without a line end, so it may have continued.
  [[nodiscard]] bool lacks_line_end() const { return m_lacks_line_end; }

 private:
  bool next_piece(std::string_view& line);
  bool take_given_back(std::string_view& line);
  [[nodiscard]] std::size_t find_stop(std::size_t from) const;
  [[nodiscard]] std::size_t find_end() const;
  [[nodiscard]] std::size_t line_end_bytes(std::size_t at) const;

  std::string_view m_rest;  // the text after what next() returned and after m_given_back
  std::string_view m_given_back;
  const char* m_line_start = nullptr;
  std::size_t m_column = 0;
  std::uint32_t m_line = 0;
  LineEnds m_ends;
  bool m_is_in_line = false;  // m_rest begins in the middle of a line
  bool m_is_cut = false;
  bool m_is_behind_zeros = false;
  bool m_given_back_is_cut = false;
  bool m_was_given_back = false;
  bool m_lacks_line_end = false;
  bool m_given_back_lacks_line_end = false;
};

/// Returns whether `is_right` accepts one of the first ten lines that are not empty. A format recognizes its logs this
/// way in spite of a damaged first line or some chatter.
bool some_line_is(LineReader lines, bool (*is_right)(std::string_view line));

/// Returns whether `piece` is a block of NUL bytes, as LineReader separates it out.
bool is_block_of_zeros(std::string_view piece);

}  // namespace offcirc
