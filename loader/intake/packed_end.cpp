#include "loader/intake/packed_end.hpp"

#include <fmt/format.h>
#include <lzma.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "loader/intake/amount.hpp"
#include "loader/intake/tar_end.hpp"

namespace offcirc {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_zip_end_bytes = 22, k_longest_zip_comment = 0xFFFF;
constexpr std::uint64_t k_is_in_zip64 = 0xFFFFFFFF;

std::string_view name_of_compression(std::string_view packed) {
  if (packed.starts_with("\x1F\x8B")) return "gzip";
  if (packed.starts_with("\x1F\x9D")) return "compress";
  if (packed.starts_with("BZh")) return "bzip2";
  return packed.starts_with("\xFD") ? "xz" : "zstd";
}

// Reads a little-endian number of `size` bytes. \pre It lies within `bytes`.
std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  while (size-- > 0) number = number << 8U | static_cast<unsigned char>(bytes[at + size]);
  return number;
}

/// The central directory of a zip, its table of contents.
struct ZipDirectory {
  std::uint64_t end = 0;    ///< offset of its end in the file
  std::uint64_t size = 0;   ///< as the zip says
  std::uint64_t begin = 0;  ///< as the zip says: an offset from the start of the zip, which may lie within the file
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

// Offset of the first member, from the start of the zip like ZipDirectory::begin.
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

// A zip may begin with a four-byte marker in front of its first member.
constexpr std::uint64_t k_mark_bytes = 4;

std::optional<std::size_t> end_record_of(std::string_view zip) {
  if (zip.size() < k_zip_end_bytes) return std::nullopt;
  const std::size_t tail_at = zip.size() - std::min(zip.size(), k_zip_end_bytes + k_longest_zip_comment);
  const std::size_t in_tail = zip.substr(tail_at).rfind("PK\x05\x06", zip.size() - tail_at - k_zip_end_bytes);
  if (in_tail == std::string_view::npos) return std::nullopt;
  return tail_at + in_tail;
}

// The number of bytes in front of the first member; nullopt if the directory does not fit what precedes it.
std::optional<std::uint64_t> bytes_in_front(std::string_view zip, std::size_t end_record) {
  const ZipDirectory directory = directory_of(zip, end_record);
  if (directory.size > directory.end || directory.begin > directory.end - directory.size) return std::nullopt;
  const std::uint64_t begin = directory.end - directory.size;
  return begin - directory.begin + first_member(zip.substr(begin, directory.size));
}

std::string front_trouble(std::string_view front) {
  const Amount amount = amount_of(front);
  if (front.starts_with("MZ") || front.starts_with("\x7F"
                                                   "ELF"))
    return fmt::format("has a program of {} before the zip, which is not read. Pack the logs again, into a plain zip.",
                       amount.words());
  if (amount.is_text())
    return fmt::format("has {} before the zip, which are not read. Load them separately.", amount.words());
  return fmt::format(
      "has {} before the zip, which are not read; archives may have been joined. Pack the logs again, into one zip.",
      amount.words());
}

// True if both the directory and the first member are where they should be, which no log contains by chance.
bool is_zip_with_front(std::string_view bytes) {
  const std::optional<std::size_t> end_record = end_record_of(bytes);
  if (!end_record) return false;
  const ZipDirectory directory = directory_of(bytes, *end_record);
  if (directory.size > directory.end || !bytes.substr(directory.end - directory.size).starts_with("PK\x01\x02"))
    return false;
  const std::optional<std::uint64_t> in_front = bytes_in_front(bytes, *end_record);
  return in_front && *in_front < bytes.size() && bytes.substr(*in_front).starts_with("PK\x03\x04");
}

}  // namespace

Packing packing_of_file(std::string_view bytes) {
  const Packing packing = packing_of(bytes);
  return packing == Packing::none && is_zip_with_front(bytes) ? Packing::zip : packing;
}

namespace {

constexpr std::string_view k_xz_magic = "\xFD\x37zXZ\0"sv, k_zstd_magic = "\x28\xB5\x2F\xFD"sv;

/// The length of the xz stream that `packed` begins with; nullopt if it is damaged, cut short, or expands to more than
/// `max_bytes`.
std::optional<std::size_t> xz_stream_bytes(std::string_view packed, std::uint64_t max_bytes) {
  constexpr std::uint64_t k_max_memory = std::uint64_t{1} << 30;  // libarchive's limit
  lzma_stream stream = LZMA_STREAM_INIT;
  if (lzma_stream_decoder(&stream, k_max_memory, 0) != LZMA_OK) return std::nullopt;
  std::array<std::uint8_t, 64 * 1024> scratch;
  stream.next_in = reinterpret_cast<const std::uint8_t*>(packed.data());
  stream.avail_in = packed.size();
  lzma_ret result = LZMA_OK;
  while (result == LZMA_OK && stream.total_out <= max_bytes) {
    stream.next_out = scratch.data();
    stream.avail_out = scratch.size();
    result = lzma_code(&stream, LZMA_RUN);
  }
  const std::size_t used = packed.size() - stream.avail_in;
  lzma_end(&stream);
  if (result != LZMA_STREAM_END) return std::nullopt;
  return used;
}

/// The length of the zstd frame that `packed` begins with, as its blocks state; nullopt if it is damaged or cut short.
std::optional<std::size_t> zstd_frame_bytes(std::string_view packed) {
  const std::size_t size = ZSTD_findFrameCompressedSize(packed.data(), packed.size());
  if (ZSTD_isError(size) != 0) return std::nullopt;
  return size;
}

bool is_zstd_frame(std::string_view bytes) {
  const bool is_skippable = bytes.size() >= 4 && (static_cast<unsigned char>(bytes[0]) & 0xF0U) == 0x50 &&
                            bytes.substr(1).starts_with("\x2A\x4D\x18");
  return is_skippable || bytes.starts_with(k_zstd_magic);
}

}  // namespace

std::size_t end_of_streams(std::string_view packed, std::uint64_t max_bytes) {
  const bool is_xz = packed.starts_with(k_xz_magic), is_zstd = packed.starts_with(k_zstd_magic);
  if (!is_xz && !is_zstd) return packed.size();
  // An xz stream ends in "YZ". A file that does is not expanded here, which would take as long as reading it.
  if (is_xz && packed.substr(0, packed.find_last_not_of('\0') + 1).ends_with("YZ")) return packed.size();
  std::size_t end = 0;
  std::size_t next = 0;
  while (next != std::string_view::npos) {
    const std::string_view rest = packed.substr(next);
    if (is_xz ? !rest.starts_with(k_xz_magic) : !is_zstd_frame(rest)) return end;
    const std::optional<std::size_t> size = is_xz ? xz_stream_bytes(rest, max_bytes) : zstd_frame_bytes(rest);
    if (!size) return packed.size();
    end = next + *size;
    next = end == packed.size() ? std::string_view::npos : end;
    // There may be padding between xz streams.
    if (is_xz && next != std::string_view::npos) next = packed.find_first_not_of('\0', end);
  }
  return end;
}

EndTrouble compressed_end_trouble(std::string_view packed, std::string_view rest) {
  if (is_zeros(rest)) return {};
  return fmt::format("has {} after the end of the {} file, which are not read. Load them separately.",
                     amount_of(rest).words(), name_of_compression(packed));
}

EndTrouble zip_end_trouble(std::string_view zip) {
  const std::optional<std::size_t> end_record = end_record_of(zip);
  if (!end_record) return "is damaged: the end of the zip is missing. Upload it again.";
  const std::string_view after = zip.substr(*end_record + k_zip_end_bytes);
  const std::uint64_t comment = number_at(zip, *end_record + 20, 2);
  if (comment < after.size() && !is_zeros(after.substr(comment)))
    return fmt::format("has {} after the end of the zip, which are not read. Load them separately.",
                       amount_of(after.substr(comment)).words());
  const std::optional<std::uint64_t> in_front = bytes_in_front(zip, *end_record);
  if (!in_front) return "is damaged: the end of the zip does not match its beginning. Upload it again.";
  if (*in_front <= k_mark_bytes) return {};
  return front_trouble(zip.substr(0, *in_front));
}

namespace {

bool is_whole_gzip(std::string_view bytes, std::uint64_t max_bytes) {
  return look_through_gzip(bytes, max_bytes) == GzipState::right;
}

// Faster than std::string_view::find, which stops at every occurrence of the first byte.
std::size_t position_of(std::string_view mark, std::string_view bytes) {
  if (bytes.empty()) return 0;
  const void* found = ::memmem(bytes.data(), bytes.size(), mark.data(), mark.size());
  return found == nullptr ? bytes.size() : static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
}

/// A signature near the beginning of packed data, and the check that confirms it.
struct PackedMark {
  std::string_view mark;
  std::size_t offset;  ///< of the mark, from the beginning of the packed data
  std::string_view name;
  bool (*is_whole)(std::string_view bytes, std::uint64_t max_bytes);
};

constexpr std::array k_marks = {
    PackedMark{"\x1F\x8B\x08"sv, 0, "a gzip file", is_whole_gzip},
    PackedMark{
        k_xz_magic, 0, "an xz file",
        [](std::string_view bytes, std::uint64_t max_bytes) { return xz_stream_bytes(bytes, max_bytes).has_value(); }},
    PackedMark{k_zstd_magic, 0, "a zstd file",
               [](std::string_view bytes, std::uint64_t) { return zstd_frame_bytes(bytes).has_value(); }},
    PackedMark{"1AY&SY", 4, "a bzip2 file",
               [](std::string_view bytes, std::uint64_t) { return packing_of(bytes) == Packing::compressed; }},
    PackedMark{"ustar", k_tar_magic_at, "a tar",
               [](std::string_view bytes, std::uint64_t) { return begins_tar(bytes); }},
};

}  // namespace

std::optional<PackedTail> packed_tail_of(std::string_view log, std::uint64_t max_bytes) {
  std::size_t begin = log.size();
  std::string_view name;
  for (const PackedMark& mark : k_marks) {
    // Only the first occurrence is checked: checking all would take too long in a file with many.
    const std::size_t at = position_of(mark.mark, log);
    if (at >= log.size() || at <= mark.offset || at - mark.offset >= begin) continue;
    if (!mark.is_whole(log.substr(at - mark.offset), max_bytes)) continue;
    begin = at - mark.offset;
    name = mark.name;
  }
  if (name.empty()) return std::nullopt;
  return PackedTail{begin, fmt::format("has {} after its text, which is not read ({}). Load that separately.", name,
                                       amount_of(log.substr(begin)).words())};
}

}  // namespace offcirc
