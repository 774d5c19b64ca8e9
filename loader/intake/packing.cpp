#include "loader/intake/packing.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <climits>
#include <utility>
#include <vector>

#include "formats/decoder.hpp"
#include "formats/fields.hpp"

namespace offcirc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_compression_endings = {".gz"sv, ".zst"sv, ".z"sv, ".bz2"sv, ".xz"sv};
constexpr std::array k_archive_endings = {".zip"sv, ".tar"sv, ".tgz"sv, ".taz"sv, ".tbz2"sv, ".txz"sv, ".tzst"sv};

bool ends_with(std::string_view name, std::string_view ending) {
  return name.size() > ending.size() && equal_ignoring_case(name.substr(name.size() - ending.size()), ending);
}

// `BZh` and a digit, then the signature of a block or of the end of the stream.
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
    return "is an unsupported kind of archive. Pack the logs as zip, or name the folder that they are in.";
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

// On Windows, `CON` and its like are devices in every folder, with any extension.
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
  if (parts.empty()) return "has no name, so it is skipped.";
  const bool is_absolute = k_separators.find(name.front()) != std::string_view::npos || is_drive(name);
  if (is_absolute || std::find(parts.begin(), parts.end(), "..") != parts.end()) {
    return "has a name that leads out of the archive, so it is skipped. Find out who packed it, and why.";
  }
  if (std::any_of(parts.begin(), parts.end(), is_device)) return "has the name of a device, so it is skipped.";
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

  // Inflates one gzip member with its checksum, and removes it from the front of `bytes`.
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
