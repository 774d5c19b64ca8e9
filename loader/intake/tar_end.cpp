#include "loader/intake/tar_end.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "loader/intake/amount.hpp"
#include "loader/intake/archive_reader.hpp"

namespace offcirc {

EndTrouble tar_end_trouble(std::string_view last_block) {
  if (last_block.size() == k_tar_block_bytes && is_zeros(last_block)) return {};
  return "is cut short: the tar has no end mark, so members may be missing. Upload it again.";
}

std::string last_block_within(std::string_view compressed, std::uint64_t max_bytes) {
  ArchiveReader reader(compressed, true, Packing::none);
  if (!reader.is_open() || reader.next() != ArchiveReader::Step::member) return {};
  std::string block;
  std::array<char, 64 * 1024> piece;
  std::uint64_t read = 0;
  std::ptrdiff_t got = 0;
  while ((got = reader.read(piece)) > 0 && (read += static_cast<std::uint64_t>(got)) <= max_bytes) {
    block.append(piece.data(), static_cast<std::size_t>(got));
    if (block.size() > k_tar_block_bytes) block.erase(0, block.size() - k_tar_block_bytes);
  }
  return got == 0 ? block : std::string();
}

namespace {

// Reads a numeric field of a header: octal digits, or binary if the high bit of its first byte is set. nullopt if it is
// neither.
std::optional<std::uint64_t> tar_number(std::string_view field) {
  std::uint64_t number = 0;
  if ((static_cast<unsigned char>(field[0]) & 0x80U) != 0) {
    for (const char byte : field.substr(field.size() - 8)) number = number << 8U | static_cast<unsigned char>(byte);
    return number;
  }
  field = field.substr(0, field.find('\0'));
  const std::size_t begin = field.find_first_not_of(' ');
  if (begin == std::string_view::npos) return 0;
  for (const char digit : field.substr(begin, field.find(' ', begin) - begin)) {
    if (digit < '0' || digit > '7') return std::nullopt;
    number = number * 8 + static_cast<std::uint64_t>(digit - '0');
  }
  return number;
}

/// The number of data blocks after a header; nullopt if it is not a header, or belongs to a sparse file, which does not
/// say.
std::optional<std::uint64_t> data_blocks_after(std::string_view header) {
  constexpr std::size_t k_size_at = 124, k_checksum_at = 148, k_type_at = 156;
  const std::optional<std::uint64_t> checksum = tar_number(header.substr(k_checksum_at, 8));
  std::uint64_t sum = 8 * std::uint64_t{' '};
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (i < k_checksum_at || i >= k_checksum_at + 8) sum += static_cast<unsigned char>(header[i]);
  }
  const char type = header[k_type_at];
  const std::optional<std::uint64_t> size = tar_number(header.substr(k_size_at, 12));
  if (checksum != sum || !size || type == 'S') return std::nullopt;
  if (type >= '1' && type <= '6') return 0;
  return *size / k_tar_block_bytes + (*size % k_tar_block_bytes == 0 ? 0 : 1);
}

/// Walks the headers of a tar that arrives in pieces, and measures what follows its end mark.
class TarWalk {
 public:
  void add(std::string_view piece) {
    while (!piece.empty() && !m_is_lost) {
      const std::string_view part = piece.substr(0, k_tar_block_bytes - m_block.size());
      m_block.append(part);
      piece.remove_prefix(part.size());
      if (m_block.size() == k_tar_block_bytes) take_block();
    }
  }

  std::optional<TarTail> finish() {
    if (!m_block.empty()) take_block();
    if (m_is_lost || !m_has_tail) return std::nullopt;
    return TarTail{
        m_end_mark,
        fmt::format("has {} after the end mark of the tar, which are not read. Load them separately.", m_tail.words())};
  }

 private:
  void take_block() {
    const std::string block = std::exchange(m_block, {});
    const std::uint64_t at = std::exchange(m_at, m_at + k_tar_block_bytes);
    if (m_has_tail) return m_tail.add(block);
    if (m_data_blocks > 0) {
      --m_data_blocks;
    } else if (is_zeros(block)) {
      if (!m_has_end) m_end_mark = at;
      m_has_end = true;
    } else {
      take_header(block);
    }
  }

  // Concatenated archives continue after the end mark of the first.
  void take_header(const std::string& block) {
    const auto blocks = block.size() == k_tar_block_bytes ? data_blocks_after(block) : std::nullopt;
    if (blocks) {
      m_data_blocks = *blocks;
      m_has_end = false;
    } else if (m_has_end) {
      m_has_tail = true;
      m_tail.add(std::string_view(block).substr(block.find_first_not_of('\0')));
    } else {
      m_is_lost = true;
    }
  }

  std::string m_block;
  std::uint64_t m_at = 0, m_data_blocks = 0, m_end_mark = 0;
  bool m_has_end = false, m_has_tail = false, m_is_lost = false;
  Amount m_tail;
};

}  // namespace

bool begins_tar(std::string_view bytes) {
  return bytes.size() >= k_tar_block_bytes && data_blocks_after(bytes.substr(0, k_tar_block_bytes)).has_value();
}

std::optional<TarTail> tail_of_tar(std::string_view packed, bool is_compressed, std::uint64_t max_bytes) {
  TarWalk walk;
  if (!is_compressed) {
    walk.add(packed);
    return walk.finish();
  }
  ArchiveReader reader(packed, true, Packing::none);
  if (!reader.is_open() || reader.next() != ArchiveReader::Step::member) return std::nullopt;
  std::array<char, 64 * 1024> piece;
  std::uint64_t read = 0;
  std::ptrdiff_t got = 0;
  while ((got = reader.read(piece)) > 0 && (read += static_cast<std::uint64_t>(got)) <= max_bytes)
    walk.add({piece.data(), static_cast<std::size_t>(got)});
  return got == 0 ? walk.finish() : std::nullopt;
}

}  // namespace offcirc
