// Reads a log line by line, sets zeros apart that a power failure left, and counts the bytes that were looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace offcirc {

// Counts the bytes that readers look at, so that a test can tell linear work from quadratic without a clock.

/// Of this thread. Readers add to it once per search or line, not once per byte.
class WorkCount {
 public:
  static void add(std::size_t bytes) { m_bytes += bytes; }
  [[nodiscard]] static std::uint64_t bytes() { return m_bytes; }

 private:
  inline static thread_local std::uint64_t m_bytes = 0;
};

// Reads a log line by line, and keeps the zeros apart that a computer leaves behind whose power failed.

/// What ends a line: LF or CR LF; or, in formats whose records end in CR, a CR alone too.
enum class LineEnds : std::uint8_t { lf, cr_too };

/// So many zero bytes in a row are no damaged character any more: nothing was written there.
inline constexpr std::size_t k_block_of_zeros = 8;

/// Reads a text line by line. A UTF-8 byte order mark before the first is skipped. May be copied to look ahead.
class LineReader {
 public:
  explicit LineReader(std::string_view text, LineEnds ends = LineEnds::lf);

  /// The next line without its end, or false at the end. A block of zeros is a piece of its own, however long it is: a
  /// line ends before it, and another piece of the same line may begin behind it. Costs one look at each byte.
  bool next(std::string_view& line);
  /// What stands behind the first `size` bytes of `line`, which next() gave last, comes next, as a piece of the same
  /// line. `size` is neither 0 nor all of it. Costs nothing, however long the line is.
  void give_back(std::string_view line, std::size_t size);

  /// Of what next() gave last, from 1.
  [[nodiscard]] std::uint32_t line_number() const { return m_line; }
  /// How many bytes of its line stand before what next() gave last.
  [[nodiscard]] std::uint32_t column_before() const { return static_cast<std::uint32_t>(m_column); }
  /// A block of zeros stands behind what next() gave last: nobody knows how long it was.
  [[nodiscard]] bool is_cut_by_zeros() const { return m_is_cut; }
  /// A block of zeros stands before it: nobody knows whether it begins here.
  [[nodiscard]] bool is_behind_zeros() const { return m_is_behind_zeros; }
  /// What next() gave last was given back before: its line holds several records.
  [[nodiscard]] bool was_given_back() const { return m_was_given_back; }
  /// The text ends with what next() gave last, without a line end: nobody knows whether it went on.
  [[nodiscard]] bool lacks_line_end() const { return m_lacks_line_end; }

 private:
  bool next_piece(std::string_view& line);
  bool take_given_back(std::string_view& line);
  [[nodiscard]] std::size_t find_stop(std::size_t from) const;
  [[nodiscard]] std::size_t find_end() const;
  [[nodiscard]] std::size_t line_end_bytes(std::size_t at) const;

  std::string_view m_rest;  // behind what next() gave, and behind what was given back
  std::string_view m_given_back;
  const char* m_line_start = nullptr;
  std::size_t m_column = 0;
  std::uint32_t m_line = 0;
  LineEnds m_ends;
  bool m_is_in_line = false;  // m_rest begins in the middle of one
  bool m_is_cut = false;
  bool m_is_behind_zeros = false;
  bool m_given_back_is_cut = false;
  bool m_was_given_back = false;
  bool m_lacks_line_end = false;
  bool m_given_back_lacks_line_end = false;
};

/// Whether `is_right` takes one of the first ten lines that are not empty: how a format knows a log of its own, a
/// damaged first line or some chatter notwithstanding.
bool some_line_is(LineReader lines, bool (*is_right)(std::string_view line));

/// A block of zeros as LineReader keeps it apart.
bool is_block_of_zeros(std::string_view piece);

}  // namespace offcirc
