#include "loader/intake/expand.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include "loader/intake/gzip_check.hpp"
#include "loader/intake/log_file.hpp"
#include "loader/intake/member_name.hpp"
#include "loader/intake/packing.hpp"

namespace offcirc {
namespace {

// What programs that know no UTF-8 write into a zip.
constexpr const char* k_zip_encoding = "CP437";
constexpr std::string_view k_packed_again =
    "is packed once more within what was packed. Unpack it and load what is in it.";
constexpr std::size_t k_piece_bytes = 64 * 1024;
// One more than is looked at shows that there is more.
constexpr std::size_t k_seen_bytes = k_head_bytes + 1;
constexpr std::uint64_t k_mebibyte = 1024 * 1024;

/// libarchive turns names into the characters of the locale, and cron has one without any.
class Utf8Names {
 public:
  Utf8Names() : m_locale(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (m_locale != nullptr) m_before = ::uselocale(m_locale);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;
  ~Utf8Names() {
    if (m_locale == nullptr) return;
    ::uselocale(m_before);
    ::freelocale(m_locale);
  }

 private:
  locale_t m_locale;
  locale_t m_before = nullptr;
};

using Handle = std::unique_ptr<archive, decltype(&archive_read_free)>;

// One by one: what is not on the list is no archive of logs. Raw takes anything, so no other format stands beside it.
Handle open_archive(std::string_view packed, bool is_compressed, Packing format) {
  Handle handle(archive_read_new(), archive_read_free);
  archive* reader = handle.get();
  if (reader == nullptr) return handle;
  if (is_compressed) {
    archive_read_support_filter_gzip(reader);
    archive_read_support_filter_zstd(reader);
    archive_read_support_filter_compress(reader);
    archive_read_support_filter_bzip2(reader);
    archive_read_support_filter_xz(reader);
  }
  if (format == Packing::zip) archive_read_support_format_zip(reader);
  if (format == Packing::tar) archive_read_support_format_tar(reader);
  if (format == Packing::none) {
    archive_read_support_format_raw(reader);
    archive_read_support_format_empty(reader);
  }
  archive_read_open_memory(reader, packed.data(), packed.size());  // a failure is that of the first header
  return handle;
}

la_ssize_t read_some(archive* reader, std::span<char> to) {
  la_ssize_t got = ARCHIVE_RETRY;
  while (got == ARCHIVE_RETRY) got = archive_read_data(reader, to.data(), to.size());
  return got;
}

// What lies in a compressed file, by its first bytes; none where it can't be read, which shows again later.
Packing packing_within(std::string_view compressed) {
  const Handle handle = open_archive(compressed, true, Packing::none);
  archive_entry* entry = nullptr;
  if (handle == nullptr || archive_read_next_header(handle.get(), &entry) != ARCHIVE_OK) return Packing::none;
  std::array<char, k_packing_head_bytes> head;
  std::size_t size = 0;
  la_ssize_t got = 1;
  while (got > 0 && size < head.size()) {
    got = read_some(handle.get(), std::span(head).subspan(size));
    if (got > 0) size += static_cast<std::size_t>(got);
  }
  return packing_of({head.data(), size});
}

class Expander {
 public:
  Expander(std::string_view packed, const ExpandLimits& limits)
      : m_packed(packed),
        m_limits(limits),
        m_is_compressed(packing_of(packed) == Packing::compressed),
        m_format(m_is_compressed ? packing_within(packed) : packing_of(packed)) {}

  std::variant<std::vector<Member>, std::string> run() {
    if (m_is_compressed && (m_format == Packing::compressed || m_format == Packing::zip)) {
      return std::string(k_packed_again);
    }
    m_handle = open_archive(m_packed, m_is_compressed, m_format);
    if (m_handle == nullptr) return reading_trouble(ENOMEM);
    while (!m_refusal && !m_stopped && next_header()) take_member();
    if (!m_refusal) check_gzip();
    if (!m_refusal) check_zip();
    if (m_refusal) return std::move(*m_refusal);
    return std::move(m_members);
  }

 private:
  // False at the end, and where the rest can't be read.
  bool next_header() {
    int result = ARCHIVE_RETRY;
    while (result == ARCHIVE_RETRY) result = archive_read_next_header(m_handle.get(), &m_entry);
    if (result == ARCHIVE_OK || result == ARCHIVE_WARN) return may_go_on();
    if (result == ARCHIVE_EOF) return false;
    if (m_seen == 0) {
      refuse(fmt::format("can't be unpacked: {}. Upload it again.", libarchive_says()));
    } else if (!is_single()) {
      m_members.push_back({{},
                           {},
                           fmt::format("is damaged: {}. What lies behind {} is not loaded. Upload it again.",
                                       libarchive_says(), m_last_path)});
    }
    return false;
  }

  bool may_go_on() {
    // Layers multiply what a small file can expand to, and nobody needs them.
    constexpr int k_one_filter = 2;  // itself, and the one that does nothing
    if (archive_filter_count(m_handle.get()) > k_one_filter) refuse(std::string(k_packed_again));
    if (++m_seen > m_limits.max_members) {
      refuse(fmt::format("has more than {} members. Unpack it and name the folder.", m_limits.max_members));
    }
    return !m_refusal;
  }

  void refuse(std::string sentence) {
    if (!m_refusal) m_refusal = std::move(sentence);
  }

  void take_member() {
    Member member;
    if (!is_single()) {
      const std::string name = name_of_entry();
      m_last_path = member.path = member_path(name, m_format == Packing::zip, encoding());
      if (m_format == Packing::zip) refuse_documents(member.path);
      const bool is_folder = archive_entry_filetype(m_entry) == AE_IFDIR || name.ends_with('/');
      if (is_folder || is_left_out(member.path)) return pass_over();
      member.trouble = name_trouble(name);
      if (!member.trouble) member.trouble = kind_trouble();
    }
    if (member.trouble) {
      pass_over();
    } else {
      read_data(member);
    }
    m_members.push_back(std::move(member));
  }

  std::string name_of_entry() const {
    const char* name = archive_entry_pathname(m_entry);
    if (name == nullptr) name = archive_entry_pathname_utf8(m_entry);
    return name == nullptr ? std::string() : std::string(name);
  }

  [[nodiscard]] std::string encoding() const {
    return m_format == Packing::zip ? std::string(k_zip_encoding) : m_limits.encoding;
  }

  // Excel and LibreOffice save zips of XML.
  void refuse_documents(std::string_view path) {
    if (path == "[Content_Types].xml" || path == "mimetype") refuse(std::string(k_document_trouble));
  }

  std::optional<std::string> kind_trouble() const {
    if (archive_entry_is_encrypted(m_entry) != 0) {
      return "is encrypted. Pack it without a password, or unpack it and load what is in it.";
    }
    const auto kind = archive_entry_filetype(m_entry);
    if (kind == AE_IFLNK || archive_entry_hardlink(m_entry) != nullptr) {
      return "is a link: left out. Put the log itself into the archive.";
    }
    if (kind != AE_IFREG && kind != 0) return "is a device and no file: left out.";
    return std::nullopt;
  }

  // False where it is too much.
  bool count(la_ssize_t bytes) {
    m_expanded += static_cast<std::uint64_t>(bytes);
    if (m_expanded > m_limits.max_bytes) refuse(size_trouble());
    return !m_refusal;
  }

  // Even what nobody wants has to be expanded to be passed over.
  void pass_over() {
    if (archive_entry_is_encrypted(m_entry) != 0) {
      archive_read_data_skip(m_handle.get());
      return;
    }
    std::array<char, k_piece_bytes> scratch;
    la_ssize_t got = 0;
    do got = read_some(m_handle.get(), scratch);
    while (got > 0 && count(got));
  }

  void read_data(Member& member) {
    GrowingBytes bytes(expected_bytes());
    bool may_be_log = false;
    la_ssize_t got = 0;
    do {
      std::span<char> room = bytes.room();
      if (room.empty()) return refuse(reading_trouble(ENOMEM));
      if (!may_be_log) room = room.first(std::min(room.size(), k_seen_bytes - bytes.size()));
      got = read_some(m_handle.get(), room);
      if (got > 0) bytes.add(static_cast<std::size_t>(got));
      if (!may_be_log && bytes.size() == k_seen_bytes) {
        may_be_log = m_limits.may_be_log(bytes.view().substr(0, k_head_bytes));
        if (!may_be_log) break;
      }
    } while (got > 0 && count(got));
    if (got < 0) member.trouble = fmt::format("can't be unpacked to its end: {}. Upload it again.", libarchive_says());
    if (got < 0 || m_refusal) return;
    if (got > 0) leave_rest();
    member.bytes = std::move(bytes).finish();
    if (archive_entry_mtime_is_set(m_entry) != 0) member.bytes.set_written_at(archive_entry_mtime(m_entry));
    if (packing_of(member.bytes.view()) == Packing::none && !foreign_file_trouble(member.bytes.view())) return;
    member.bytes = {};
    member.trouble = k_packed_again;
  }

  // Of what is no log the beginning is enough to say so.
  void leave_rest() {
    if (is_single()) {
      m_stopped = true;
    } else {
      pass_over();
    }
  }

  [[nodiscard]] std::size_t expected_bytes() const {
    if (archive_entry_size_is_set(m_entry) == 0) return k_piece_bytes - 1;
    const auto promised = static_cast<std::uint64_t>(std::max<la_int64_t>(archive_entry_size(m_entry), 0));
    return static_cast<std::size_t>(std::min(promised, m_limits.max_bytes));
  }

  // Where it is wrong, nobody knows which member the damage is in.
  void check_gzip() {
    const bool in_order =
        std::none_of(m_members.begin(), m_members.end(), [](const Member& m) { return m.trouble.has_value(); });
    if (!in_order || !m_is_compressed || m_stopped) return;
    const GzipState state = look_through_gzip(m_packed, m_limits.max_bytes);
    if (state == GzipState::damaged) refuse("is damaged: its checksum is wrong. Upload it again.");
    if (state == GzipState::too_long) refuse(size_trouble());
  }

  // A damaged table of contents is a shorter one to libarchive.
  void check_zip() {
    const std::size_t promised = m_format == Packing::zip ? promised_members(m_packed) : 0;
    if (m_seen >= promised) return;
    m_members.push_back(
        {{}, {}, fmt::format("is damaged: {} of its {} members can be found. Upload it again.", m_seen, promised)});
  }

  [[nodiscard]] std::string size_trouble() const {
    return fmt::format(
        "expands to more than {} MiB. If it is right, raise max_archive_mib in [system] of the "
        "configuration.",
        m_limits.max_bytes / k_mebibyte);
  }

  [[nodiscard]] bool is_single() const { return m_format == Packing::none; }

  [[nodiscard]] std::string libarchive_says() const {
    const char* text = archive_error_string(m_handle.get());
    return text == nullptr ? "it is cut short or damaged" : std::string(text);
  }

  std::string_view m_packed;
  const ExpandLimits& m_limits;
  bool m_is_compressed;
  Packing m_format;  // within what is compressed; none: a log
  Handle m_handle{nullptr, archive_read_free};
  archive_entry* m_entry = nullptr;
  std::vector<Member> m_members;
  std::string m_last_path;
  std::size_t m_seen = 0;
  std::uint64_t m_expanded = 0;
  bool m_stopped = false;                // there is nothing more that anybody wants
  std::optional<std::string> m_refusal;  // of all of it
};

}  // namespace

std::variant<std::vector<Member>, std::string> expand(std::string_view packed, const ExpandLimits& limits) {
  const Utf8Names utf8_names;
  return Expander(packed, limits).run();
}

}  // namespace offcirc
