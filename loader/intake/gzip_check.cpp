#include "loader/intake/gzip_check.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <climits>

namespace offcirc {
namespace {

constexpr std::string_view k_magic = "\x1F\x8B";
constexpr int k_gzip_window_bits = 15 + 16;

class Inflater {
 public:
  explicit Inflater(std::uint64_t max_bytes) : m_left(max_bytes) {
    m_ready = inflateInit2(&m_stream, k_gzip_window_bits) == Z_OK;
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&m_stream); }

  // Takes one part, with its checksum, off the front of `bytes`.
  GzipState take_part(std::string_view& bytes) {
    if (!m_ready || inflateReset(&m_stream) != Z_OK) return GzipState::damaged;
    int result = Z_OK;
    while (result == Z_OK && !bytes.empty()) {
      const std::size_t size = std::min(bytes.size(), std::size_t{INT_MAX});
      m_stream.next_in = reinterpret_cast<z_const Bytef*>(const_cast<char*>(bytes.data()));
      m_stream.avail_in = static_cast<uInt>(size);
      result = inflate_some();
      bytes.remove_prefix(size - m_stream.avail_in);
    }
    if (m_is_too_long) return GzipState::too_long;
    if (result == Z_STREAM_END) return GzipState::right;
    return result == Z_OK ? GzipState::cut : GzipState::damaged;
  }

 private:
  int inflate_some() {
    int result = Z_OK;
    do {
      m_stream.next_out = m_output.data();
      m_stream.avail_out = static_cast<uInt>(m_output.size());
      result = inflate(&m_stream, Z_NO_FLUSH);
      const std::size_t expanded = m_output.size() - m_stream.avail_out;
      m_is_too_long = expanded > m_left;
      m_left -= m_is_too_long ? m_left : expanded;
    } while (result == Z_OK && m_stream.avail_out == 0 && !m_is_too_long);
    if (m_is_too_long) return Z_BUF_ERROR;
    return result == Z_BUF_ERROR && m_stream.avail_in == 0 ? Z_OK : result;
  }

  z_stream m_stream{};
  std::uint64_t m_left;
  bool m_is_too_long = false;
  bool m_ready = false;
  std::array<Bytef, 64 * 1024> m_output{};
};

}  // namespace

GzipState look_through_gzip(std::string_view bytes, std::uint64_t max_bytes) {
  Inflater inflater(max_bytes);
  GzipState state = GzipState::right;
  while (state == GzipState::right && bytes.starts_with(k_magic)) state = inflater.take_part(bytes);
  return state;
}

}  // namespace offcirc
