#include "loader/intake/packing.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <climits>
#include <utility>
#include <vector>

#include "formats/decoder.hpp"
#include "formats/fields.hpp"
#include "loader/intake/expand.hpp"

namespace offcirc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_compression_endings = {".gz"sv, ".zst"sv, ".z"sv, ".bz2"sv, ".xz"sv};
constexpr std::array k_archive_endings = {".zip"sv, ".tar"sv, ".tgz"sv, ".taz"sv, ".tbz2"sv, ".txz"sv, ".tzst"sv};

constexpr std::size_t k_tar_magic_at = 257;

bool ends_with(std::string_view name, std::string_view ending) {
  return name.size() > ending.size() && equal_ignoring_case(name.substr(name.size() - ending.size()), ending);
}

// `BZh9`, and then the mark of a block or of the end.
bool is_bzip2(std::string_view head) {
  if (!head.starts_with("BZh") || head.size() < 10 || head[3] < '1' || head[3] > '9') return false;
  const std::string_view mark = head.substr(4, 6);
  return mark == "\x31\x41\x59\x26\x53\x59" || mark == "\x17\x72\x45\x38\x50\x90";
}

}  // namespace

Packing packing_of(std::string_view head) {
  constexpr std::array k_compressed = {"\x1F\x8B"sv, "\x1F\x9D"sv, "\x28\xB5\x2F\xFD"sv, "\xFD\x37zXZ\0"sv};
  constexpr std::array k_zip = {"PK\x03\x04"sv, "PK\x05\x06"sv, "PK\x07\x08"sv};
  const auto begins_head = [&](std::string_view magic) { return head.starts_with(magic); };
  if (std::any_of(k_compressed.begin(), k_compressed.end(), begins_head)) return Packing::compressed;
  if (is_bzip2(head)) return Packing::compressed;
  if (std::any_of(k_zip.begin(), k_zip.end(), begins_head)) return Packing::zip;
  if (head.size() > k_tar_magic_at && head.substr(k_tar_magic_at).starts_with("ustar")) return Packing::tar;
  return Packing::none;
}

std::optional<std::string> foreign_file_trouble(std::string_view head) {
  if (head.starts_with("7z\xBC\xAF\x27\x1C") || head.starts_with("Rar!\x1A\x07") ||
      head.starts_with("MSCF\0\0\0\0"sv)) {
    return "is an archive of a kind that is not read. Pack the logs as zip, or name the folder they lie in.";
  }
  if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return std::string(k_document_trouble);
  return std::nullopt;
}

std::size_t promised_members(std::string_view zip) {
  constexpr std::size_t k_end_bytes = 22, k_longest_comment = 0xFFFF, k_count_at = 10;
  if (zip.size() < k_end_bytes) return 0;
  const std::string_view tail = zip.substr(zip.size() - std::min(zip.size(), k_end_bytes + k_longest_comment));
  const std::size_t end = tail.rfind("PK\x05\x06", tail.size() - k_end_bytes);
  if (end == std::string_view::npos) return 0;
  const auto low = static_cast<unsigned char>(tail[end + k_count_at]);
  const auto high = static_cast<unsigned char>(tail[end + k_count_at + 1]);
  const std::size_t count = high << 8U | low;
  return count == 0xFFFF ? 0 : count;
}

std::string_view without_compression_ending(std::string_view name) {
  for (const std::string_view ending : k_compression_endings) {
    if (ends_with(name, ending)) return name.substr(0, name.size() - ending.size());
  }
  return name;
}

std::string_view without_packing_endings(std::string_view name) {
  const std::string_view inner = without_compression_ending(name);
  for (const std::string_view ending : k_archive_endings) {
    if (ends_with(inner, ending)) return inner.substr(0, inner.size() - ending.size());
  }
  return inner;
}

bool is_called_like_archive(std::string_view name) {
  const std::string_view inner = without_compression_ending(name);
  return std::any_of(k_archive_endings.begin(), k_archive_endings.end(),
                     [&](std::string_view ending) { return ends_with(inner, ending); });
}

namespace {

using namespace std::string_view_literals;

constexpr std::string_view k_separators = "/\\";

std::vector<std::string_view> parts_of(std::string_view name, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t stop = name.find_first_of(separators);
    const std::string_view part = name.substr(0, stop);
    if (!part.empty() && part != ".") parts.push_back(part);
    if (stop == std::string_view::npos) return parts;
    name.remove_prefix(stop + 1);
  }
}

bool is_drive(std::string_view name) {
  const bool is_letter = !name.empty() && ((name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z'));
  return is_letter && name.substr(1).starts_with(':');
}

// `CON` and its like are devices of Windows in every folder, with any ending.
bool is_device(std::string_view part) {
  constexpr std::array k_devices = {"CON"sv, "PRN"sv, "AUX"sv, "NUL"sv};
  constexpr std::array k_numbered = {"COM"sv, "LPT"sv};
  const std::string_view stem = trimmed(part.substr(0, part.find('.')));
  const auto is_stem = [&](std::string_view device) { return equal_ignoring_case(stem, device); };
  const auto begins_stem = [&](std::string_view device) { return equal_ignoring_case(stem.substr(0, 3), device); };
  const bool has_number = stem.size() == 4 && stem[3] >= '1' && stem[3] <= '9';
  return std::any_of(k_devices.begin(), k_devices.end(), is_stem) ||
         (has_number && std::any_of(k_numbered.begin(), k_numbered.end(), begins_stem));
}

}  // namespace

std::string member_path(std::string_view name, bool backslashes, const std::string& encoding) {
  TextArena arena;
  Decoder decoder(encoding, arena);
  const std::string_view text = decoder.decode(name);
  const bool is_foreign = backslashes && text.find('/') == std::string_view::npos;
  std::string path;
  for (const std::string_view part : parts_of(text, is_foreign ? k_separators : "/"sv)) {
    path.append(path.empty() ? "" : "/").append(part);
  }
  return path;
}

bool is_left_out(std::string_view path) {
  const auto parts = parts_of(path, "/");
  return std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
    return part == "__MACOSX" || (part.starts_with('.') && part != "..");
  });
}

std::optional<std::string> name_trouble(std::string_view name) {
  const auto parts = parts_of(name, k_separators);
  if (parts.empty()) return "has no name: left out.";
  const bool is_absolute = k_separators.find(name.front()) != std::string_view::npos || is_drive(name);
  if (is_absolute || std::find(parts.begin(), parts.end(), "..") != parts.end()) {
    return "has a name that leads out of the archive: left out. Find out who packed it, and why.";
  }
  if (std::any_of(parts.begin(), parts.end(), is_device)) return "is called like a device: left out.";
  return std::nullopt;
}

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
