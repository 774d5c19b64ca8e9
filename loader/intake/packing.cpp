#include "loader/intake/packing.hpp"

#include <algorithm>
#include <array>

#include "formats/fields.hpp"

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

}  // namespace offcirc
