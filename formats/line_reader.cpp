#include "formats/line_reader.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "formats/fields.hpp"
#include "formats/line_scan.hpp"

namespace offcirc {

namespace {

// How many NUL bytes `text` begins with.
std::size_t count_zeros(std::string_view text) {
  return std::min(text.find_first_not_of('\0'), text.size());
}

// The offset of the first LF or NUL byte at or after `at`; the size of `text` if there is none.
std::size_t find_newline_or_zero(std::string_view text, std::size_t at) {
  for (; at + k_block_bytes <= text.size(); at += k_block_bytes) {
    const std::uint64_t stops = bits_of_block(text.data() + at, [](SixteenBytes bytes) {
      return (bytes == std::uint8_t{'\n'}) | (bytes == std::uint8_t{0});
    });
    if (stops != 0) return at + static_cast<std::size_t>(std::countr_zero(stops));
  }
  while (at < text.size() && text[at] != '\n' && text[at] != '\0') ++at;
  return at;
}

}  // namespace

LineReader::LineReader(std::string_view text, LineEnds ends) : m_rest(text), m_ends(ends) {
  if (m_rest.starts_with("\xEF\xBB\xBF")) m_rest.remove_prefix(3);
}

bool LineReader::next(std::string_view& line) {
  if (!m_given_back.empty()) return take_given_back(line);
  if (m_rest.empty()) return false;
  if (m_is_in_line || m_ends == LineEnds::cr_too) return next_piece(line);
  const std::size_t size = find_newline_or_zero(m_rest, 0);
  if (size == m_rest.size() || m_rest[size] != '\n') return next_piece(line);
  // The common case: a line that ends in LF and holds no NUL byte.
  ++m_line;
  m_line_start = m_rest.data();
  m_column = 0;
  m_is_cut = m_is_behind_zeros = m_was_given_back = m_lacks_line_end = false;
  WorkCount::add(size);
  line = {m_rest.data(), size - (size > 0 && m_rest[size - 1] == '\r' ? 1 : 0)};
  m_rest.remove_prefix(size + 1);
  return true;
}

bool LineReader::next_piece(std::string_view& line) {
  m_is_behind_zeros = m_is_in_line && m_rest.data()[-1] == '\0';
  if (!m_is_in_line) {
    ++m_line;
    m_line_start = m_rest.data();
  }
  m_column = static_cast<std::size_t>(m_rest.data() - m_line_start);
  std::size_t size = find_end();
  WorkCount::add(size);
  const bool ends_at_zeros = size < m_rest.size() && m_rest[size] == '\0';
  const bool is_zeros = ends_at_zeros && size == 0;
  if (is_zeros) size = count_zeros(m_rest);
  m_is_cut = ends_at_zeros && !is_zeros;

  const std::size_t end_bytes = m_is_cut ? 0 : line_end_bytes(size);
  line = m_rest.substr(0, size);
  m_rest.remove_prefix(size + end_bytes);
  m_is_in_line = end_bytes == 0;
  m_was_given_back = false;
  m_lacks_line_end = m_is_in_line && m_rest.empty() && !is_zeros;
  // A CR at the end of the text is half of a line end.
  if (m_ends == LineEnds::lf && (end_bytes == 1 || m_lacks_line_end) && line.ends_with('\r')) line.remove_suffix(1);
  return true;
}

void LineReader::give_back(std::string_view line, std::size_t size) {
  m_given_back = line.substr(size);
  m_given_back_is_cut = std::exchange(m_is_cut, false);
  m_given_back_lacks_line_end = std::exchange(m_lacks_line_end, false);
}

// The end of the line is already known, so a log without line ends is not searched for them over and over.
bool LineReader::take_given_back(std::string_view& line) {
  line = std::exchange(m_given_back, {});
  m_is_behind_zeros = false;
  m_column = static_cast<std::size_t>(line.data() - m_line_start);
  m_is_cut = m_given_back_is_cut;
  m_lacks_line_end = m_given_back_lacks_line_end;
  m_was_given_back = true;
  return true;
}

std::size_t LineReader::find_stop(std::size_t from) const {
  if (m_ends == LineEnds::lf) return find_newline_or_zero(m_rest, from);
  constexpr std::string_view k_stops("\r\n\0", 3);
  return std::min(m_rest.find_first_of(k_stops, from), m_rest.size());
}

// The end of the line, or the start of a block of NUL bytes in it. Fewer NUL bytes are a damaged part of the line.
std::size_t LineReader::find_end() const {
  std::size_t end = find_stop(0);
  while (end < m_rest.size() && m_rest[end] == '\0') {
    const std::size_t zeros = count_zeros(m_rest.substr(end));
    if (zeros >= k_block_of_zeros) break;
    end = find_stop(end + zeros);
  }
  return end;
}

// The size of the line end at `at`; 0 if there is none.
std::size_t LineReader::line_end_bytes(std::size_t at) const {
  const std::string_view rest = m_rest.substr(at);
  if (rest.starts_with('\n')) return 1;
  if (rest.starts_with("\r\n")) return 2;
  return m_ends == LineEnds::cr_too && rest.starts_with('\r') ? 1 : 0;
}

bool some_line_is(LineReader lines, bool (*is_right)(std::string_view line)) {
  constexpr int k_lines_looked_at = 10;
  int looked_at = 0;
  for (std::string_view line; looked_at < k_lines_looked_at && lines.next(line);) {
    if (trimmed(line).empty()) continue;
    if (is_right(line)) return true;
    ++looked_at;
  }
  return false;
}

bool is_block_of_zeros(std::string_view piece) {
  return piece.size() >= k_block_of_zeros && piece.front() == '\0' && count_zeros(piece) == piece.size();
}

}  // namespace offcirc
