#include "loader/intake/packed_end.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "loader/intake/archive_reader.hpp"

namespace offcirc {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_zip_end_bytes = 22, k_longest_zip_comment = 0xFFFF;
constexpr std::uint64_t k_is_in_zip64 = 0xFFFFFFFF;

bool is_zeros(std::string_view bytes) {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

std::string_view name_of_compression(std::string_view packed) {
  if (packed.starts_with("\x1F\x8B")) return "gzip";
  if (packed.starts_with("\x1F\x9D")) return "compress";
  if (packed.starts_with("BZh")) return "bzip2";
  return packed.starts_with("\xFD") ? "xz" : "zstd";
}

// `5 lines (120 bytes)`; of what is no text only the bytes.
std::string amount_of(std::string_view bytes) {
  const auto is_binary = [](char byte) { return static_cast<unsigned char>(byte) < '\t'; };
  const std::string size = fmt::format("{} byte{}", bytes.size(), bytes.size() == 1 ? "" : "s");
  if (std::any_of(bytes.begin(), bytes.end(), is_binary)) return size;
  const auto lines = std::count(bytes.begin(), bytes.end(), '\n') + (bytes.ends_with('\n') ? 0 : 1);
  return fmt::format("{} line{} ({})", lines, lines == 1 ? "" : "s", size);
}

// Little-endian. \pre It lies in `bytes`.
std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  while (size-- > 0) number = number << 8U | static_cast<unsigned char>(bytes[at + size]);
  return number;
}

/// The central directory of a zip, its table of contents.
struct ZipDirectory {
  std::uint64_t end = 0;    ///< where it ends in the file
  std::uint64_t size = 0;   ///< as the zip says
  std::uint64_t begin = 0;  ///< counted from the start of the zip, too, which need not be that of the file
};

ZipDirectory directory_of(std::string_view zip, std::size_t end_record) {
  constexpr std::size_t k_locator_bytes = 20, k_zip64_end_bytes = 56;
  constexpr std::size_t k_both = k_locator_bytes + k_zip64_end_bytes;
  if (end_record >= k_both && zip.substr(end_record - k_locator_bytes).starts_with("PK\x06\x07") &&
      zip.substr(end_record - k_both).starts_with("PK\x06\x06")) {
    const std::size_t record = end_record - k_both;
    return {record, number_at(zip, record + 40, 8), number_at(zip, record + 48, 8)};
  }
  return {end_record, number_at(zip, end_record + 12, 4), number_at(zip, end_record + 16, 4)};
}

// Where the first of its members begins, counted as ZipDirectory::begin is.
std::uint64_t first_member(std::string_view directory) {
  constexpr std::size_t k_entry_bytes = 46;
  std::uint64_t first = k_is_in_zip64;
  while (directory.size() >= k_entry_bytes && directory.starts_with("PK\x01\x02")) {
    first = std::min(first, number_at(directory, 42, 4));
    const std::uint64_t size =
        k_entry_bytes + number_at(directory, 28, 2) + number_at(directory, 30, 2) + number_at(directory, 32, 2);
    directory.remove_prefix(std::min<std::uint64_t>(size, directory.size()));
  }
  return first == k_is_in_zip64 ? 0 : first;
}

// A zip may begin with a mark of four bytes.
constexpr std::uint64_t k_mark_bytes = 4;

}  // namespace

EndTrouble compressed_end_trouble(std::string_view packed, std::string_view rest) {
  if (is_zeros(rest)) return {};
  return fmt::format("has {} after the end of the {} file, which are not read. Load what was appended by itself.",
                     amount_of(rest), name_of_compression(packed));
}

EndTrouble zip_end_trouble(std::string_view zip) {
  constexpr std::string_view k_no_end = "is damaged: the end of the zip is missing. Upload it again.";
  if (zip.size() < k_zip_end_bytes) return std::string(k_no_end);
  const std::size_t tail_at = zip.size() - std::min(zip.size(), k_zip_end_bytes + k_longest_zip_comment);
  const std::size_t in_tail = zip.substr(tail_at).rfind("PK\x05\x06", zip.size() - tail_at - k_zip_end_bytes);
  if (in_tail == std::string_view::npos) return std::string(k_no_end);
  const std::size_t end_record = tail_at + in_tail;
  const std::string_view behind = zip.substr(end_record + k_zip_end_bytes);
  const std::uint64_t comment = number_at(zip, end_record + 20, 2);
  if (comment < behind.size() && !is_zeros(behind.substr(comment)))
    return fmt::format("has {} after the end of the zip, which are not read. Load what was appended by itself.",
                       amount_of(behind.substr(comment)));
  const ZipDirectory directory = directory_of(zip, end_record);
  if (directory.size > directory.end || directory.begin > directory.end - directory.size)
    return "is damaged: the end of the zip does not fit what is before it. Upload it again.";
  const std::uint64_t begin = directory.end - directory.size;
  const std::uint64_t in_front = begin - directory.begin + first_member(zip.substr(begin, directory.size));
  if (in_front <= k_mark_bytes) return {};
  return fmt::format(
      "has {} bytes in front of the zip, which are not read: archives may have been joined. Pack the logs anew, into "
      "one zip.",
      in_front);
}

EndTrouble tar_end_trouble(std::string_view last_block) {
  if (last_block.size() == k_tar_block_bytes && is_zeros(last_block)) return {};
  return "is cut short: the tar has no end mark, and more may have been in it. Upload it again.";
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

}  // namespace offcirc
