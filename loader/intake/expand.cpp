#include "loader/intake/expand.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "loader/intake/log_file.hpp"
#include "loader/intake/packed_end.hpp"
#include "loader/intake/packing.hpp"
#include "loader/intake/tar_end.hpp"

namespace offcirc {

/// libarchive turns names into the characters of the locale, and cron has one without any.
class ArchiveReader::Utf8Names {
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

void ArchiveReader::Free::operator()(archive* reader) const {
  archive_read_free(reader);
}

// One by one: what is not on the list is no archive of logs. Raw takes anything, so no other format stands beside it.
ArchiveReader::ArchiveReader(std::string_view packed, bool is_compressed, Packing format)
    : m_names(std::make_unique<Utf8Names>()), m_archive(archive_read_new()) {
  archive* reader = m_archive.get();
  if (reader == nullptr) return;
  if (is_compressed) {
    archive_read_support_filter_gzip(reader);
    archive_read_support_filter_zstd(reader);
    archive_read_support_filter_compress(reader);
    archive_read_support_filter_bzip2(reader);
    archive_read_support_filter_xz(reader);
  }
  if (format == Packing::zip) archive_read_support_format_zip(reader);
  if (format == Packing::tar) {
    archive_read_support_format_tar(reader);
    archive_read_set_option(reader, "tar", "read_concatenated_archives", "1");
  }
  if (format == Packing::none) {
    archive_read_support_format_raw(reader);
    archive_read_support_format_empty(reader);
  }
  archive_read_open_memory(reader, packed.data(), packed.size());  // a failure is that of the first member
}

ArchiveReader::~ArchiveReader() = default;

ArchiveReader::Step ArchiveReader::next() {
  int result = ARCHIVE_RETRY;
  while (result == ARCHIVE_RETRY) {
    result = archive_read_next_header(m_archive.get(), &m_entry);
    // A header is damaged, and with it its member.
    if (result == ARCHIVE_RETRY && !m_skipped_at) m_skipped_at = header_position();
  }
  if (result == ARCHIVE_OK || result == ARCHIVE_WARN) return Step::member;
  return result == ARCHIVE_EOF ? Step::end : Step::unreadable;
}

ArchiveReader::Kind ArchiveReader::kind() const {
  const auto type = archive_entry_filetype(m_entry);
  if (type == AE_IFDIR) return Kind::folder;
  if (type == AE_IFLNK || archive_entry_hardlink(m_entry) != nullptr) return Kind::link;
  return type == AE_IFREG || type == 0 ? Kind::file : Kind::device;
}

std::string ArchiveReader::name() const {
  const char* name = archive_entry_pathname(m_entry);
  if (name == nullptr) name = archive_entry_pathname_utf8(m_entry);
  return name == nullptr ? std::string() : std::string(name);
}

bool ArchiveReader::is_encrypted() const {
  return archive_entry_is_encrypted(m_entry) != 0;
}

std::optional<std::uint64_t> ArchiveReader::promised_bytes() const {
  if (archive_entry_size_is_set(m_entry) == 0) return std::nullopt;
  return static_cast<std::uint64_t>(std::max<la_int64_t>(archive_entry_size(m_entry), 0));
}

std::optional<std::int64_t> ArchiveReader::written_at() const {
  if (archive_entry_mtime_is_set(m_entry) == 0) return std::nullopt;
  return archive_entry_mtime(m_entry);
}

std::ptrdiff_t ArchiveReader::read(std::span<char> to) {
  la_ssize_t got = ARCHIVE_RETRY;
  while (got == ARCHIVE_RETRY) got = archive_read_data(m_archive.get(), to.data(), to.size());
  return got;
}

void ArchiveReader::skip_data() {
  archive_read_data_skip(m_archive.get());
}

// After a fatal error libarchive does not tell the position of the header any more.
std::uint64_t ArchiveReader::position() const {
  return static_cast<std::uint64_t>(std::max<la_int64_t>(archive_filter_bytes(m_archive.get(), 0), 0));
}

std::uint64_t ArchiveReader::header_position() const {
  return static_cast<std::uint64_t>(std::max<la_int64_t>(archive_read_header_position(m_archive.get()), 0));
}

int ArchiveReader::layers() const {
  return archive_filter_count(m_archive.get()) - 1;  // the last one does nothing
}

std::size_t ArchiveReader::consumed_bytes() const {
  return static_cast<std::size_t>(std::max<la_int64_t>(archive_filter_bytes(m_archive.get(), -1), 0));
}

std::string ArchiveReader::trouble() const {
  const char* text = archive_error_string(m_archive.get());
  return text == nullptr ? "it is cut short or damaged" : std::string(text);
}

Packing packing_within(std::string_view compressed) {
  ArchiveReader reader(compressed, true, Packing::none);
  if (!reader.is_open() || reader.next() != ArchiveReader::Step::member) return Packing::none;
  std::array<char, k_packing_head_bytes> head;
  std::size_t size = 0;
  std::ptrdiff_t got = 1;
  while (got > 0 && size < head.size()) {
    got = reader.read(std::span(head).subspan(size));
    if (got > 0) size += static_cast<std::size_t>(got);
  }
  return packing_of({head.data(), size});
}

namespace {

// What programs that know no UTF-8 write into a zip.
constexpr const char* k_zip_encoding = "CP437";
constexpr std::string_view k_packed_again =
    "is packed once more within what was packed. Unpack it and load what is in it.";
constexpr std::size_t k_piece_bytes = 64 * 1024;
// One more than is looked at shows that there is more.
constexpr std::size_t k_seen_bytes = k_head_bytes + 1;
constexpr std::uint64_t k_mebibyte = 1024 * 1024;

class Expander {
 public:
  Expander(std::string_view packed, const ExpandLimits& limits)
      : m_packed(packed),
        m_limits(limits),
        m_is_compressed(packing_of(packed) == Packing::compressed),
        m_format(m_is_compressed ? packing_within(packed) : packing_of_file(packed)),
        m_reader(packed, m_is_compressed, m_format) {}

  std::variant<std::vector<Member>, std::string> run() {
    if (m_is_compressed && (m_format == Packing::compressed || m_format == Packing::zip)) {
      return std::string(k_packed_again);
    }
    if (!m_reader.is_open()) return reading_trouble(ENOMEM);
    while (!m_refusal && !m_stopped && next_member()) take_member();
    if (!m_refusal) check_gzip();
    if (!m_refusal) check_zip();
    if (!m_refusal) check_end();
    if (m_refusal) return std::move(*m_refusal);
    return std::move(m_members);
  }

 private:
  // False at the end, and where the rest can't be read.
  bool next_member() {
    const ArchiveReader::Step step = m_reader.next();
    if (step == ArchiveReader::Step::member) return may_go_on();
    if (step == ArchiveReader::Step::end) {
      m_was_read_to_end = true;
      return false;
    }
    if (m_seen == 0) {
      refuse(fmt::format("can't be unpacked: {}. Upload it again{}.", m_reader.trouble(), appended_hint()));
    } else if (!is_single() && !name_tail_of_tar(m_reader.position())) {
      m_members.push_back({{},
                           {},
                           fmt::format("is damaged: {}. What comes after {} is not loaded. Upload it again.",
                                       m_reader.trouble(), m_last_path)});
    }
    return false;
  }

  // Only a file of compress does not say where it ends, so that appended lines look like damage.
  [[nodiscard]] std::string_view appended_hint() const {
    return m_packed.starts_with("\x1F\x9D") ? ", without what may have been appended" : "";
  }

  bool may_go_on() {
    // Layers multiply what a small file can expand to, and nobody needs them.
    if (m_reader.layers() > 1) refuse(std::string(k_packed_again));
    if (++m_seen > m_limits.max_members) {
      refuse(fmt::format("has more than {} members. Unpack it and name the folder.", m_limits.max_members));
    }
    return !m_refusal;
  }

  void refuse(std::string sentence) {
    if (!m_refusal) m_refusal = std::move(sentence);
  }

  void take_member() {
    m_last_position = m_reader.header_position();
    Member member;
    if (!is_single()) {
      const std::string name = m_reader.name();
      m_last_path = member.path = member_path(name, m_format == Packing::zip, encoding());
      if (m_format == Packing::zip) refuse_documents(member.path);
      const bool is_folder = m_reader.kind() == ArchiveReader::Kind::folder || name.ends_with('/');
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

  [[nodiscard]] std::string encoding() const {
    return m_format == Packing::zip ? std::string(k_zip_encoding) : m_limits.encoding;
  }

  // Excel and LibreOffice save zips of XML.
  void refuse_documents(std::string_view path) {
    if (path == "[Content_Types].xml" || path == "mimetype") refuse(std::string(k_document_trouble));
  }

  std::optional<std::string> kind_trouble() const {
    if (m_reader.is_encrypted()) {
      return "is encrypted. Pack it without a password, or unpack it and load what is in it.";
    }
    const ArchiveReader::Kind kind = m_reader.kind();
    if (kind == ArchiveReader::Kind::link) return "is a link: left out. Put the log itself into the archive.";
    if (kind != ArchiveReader::Kind::file) return "is a device and no file: left out.";
    return std::nullopt;
  }

  // False where it is too much.
  bool count(std::ptrdiff_t bytes) {
    m_expanded += static_cast<std::uint64_t>(bytes);
    if (m_expanded > m_limits.max_bytes) refuse(size_trouble());
    return !m_refusal;
  }

  // Even what nobody wants has to be expanded to be passed over.
  void pass_over() {
    if (m_reader.is_encrypted()) return m_reader.skip_data();
    std::array<char, k_piece_bytes> scratch;
    std::ptrdiff_t got = 0;
    do got = m_reader.read(scratch);
    while (got > 0 && count(got));
  }

  void read_data(Member& member) {
    GrowingBytes bytes(expected_bytes());
    bool may_be_log = false;
    std::ptrdiff_t got = 0;
    do {
      std::span<char> room = bytes.room();
      if (room.empty()) return refuse(reading_trouble(ENOMEM));
      if (!may_be_log) room = room.first(std::min(room.size(), k_seen_bytes - bytes.size()));
      got = m_reader.read(room);
      if (got > 0) bytes.add(static_cast<std::size_t>(got));
      if (!may_be_log && bytes.size() == k_seen_bytes) {
        may_be_log = m_limits.may_be_log(bytes.view().substr(0, k_head_bytes));
        if (!may_be_log) break;
      }
    } while (got > 0 && count(got));
    if (got < 0)
      member.trouble =
          fmt::format("can't be unpacked to its end: {}. Upload it again{}.", m_reader.trouble(), appended_hint());
    if (got < 0 || m_refusal) return;
    if (got > 0) leave_rest();
    member.bytes = std::move(bytes).finish();
    if (const auto written_at = m_reader.written_at()) member.bytes.set_written_at(*written_at);
    if (packing_of_file(member.bytes.view()) == Packing::none && !foreign_file_trouble(member.bytes.view())) return;
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
    const auto promised = m_reader.promised_bytes();
    return promised ? static_cast<std::size_t>(std::min(*promised, m_limits.max_bytes)) : k_piece_bytes - 1;
  }

  // Where the checksum is wrong, nobody knows which member the damage is in. What is only cut has been said to be.
  void check_gzip() {
    if (!m_is_compressed || m_stopped) return;
    const bool in_order =
        std::none_of(m_members.begin(), m_members.end(), [](const Member& m) { return m.trouble.has_value(); });
    const GzipState state = look_through_gzip(m_packed, m_limits.max_bytes);
    if (state == GzipState::damaged || (state == GzipState::cut && in_order))
      refuse("is damaged: its checksum is wrong. Upload it again.");
    if (state == GzipState::too_long) refuse(size_trouble());
  }

  // A damaged table of contents is a shorter one to libarchive.
  void check_zip() {
    const std::size_t promised = m_format == Packing::zip ? promised_members(m_packed) : 0;
    if (m_seen >= promised) return;
    m_members.push_back(
        {{}, {}, fmt::format("is damaged: {} of its {} members can be found. Upload it again.", m_seen, promised)});
  }

  // A trouble beside the members, which are loaded all the same.
  void check_end() {
    if (!m_was_read_to_end) return;
    if (m_is_compressed)
      add_trouble(
          compressed_end_trouble(m_packed, m_packed.substr(std::min(m_packed.size(), m_reader.consumed_bytes()))));
    if (m_format == Packing::zip) add_trouble(zip_end_trouble(m_packed));
    if (m_format != Packing::tar) return;
    if (const auto skipped_at = m_reader.skipped_at()) {
      if (!name_tail_of_tar(*skipped_at))
        add_trouble("is damaged: something in it is no member that can be read. Upload it again.");
      return;
    }
    const std::size_t size = std::min(m_packed.size(), k_tar_block_bytes);
    add_trouble(tar_end_trouble(m_is_compressed ? last_block_within(m_packed, m_limits.max_bytes)
                                                : m_packed.substr(m_packed.size() - size)));
  }

  // False where what libarchive could not read at `position` is a member, or a member comes after it.
  bool name_tail_of_tar(std::uint64_t position) {
    if (m_format != Packing::tar || m_last_position > position) return false;
    std::optional<TarTail> tail = tail_of_tar(m_packed, m_is_compressed, m_limits.max_bytes);
    if (!tail || position < tail->end_mark) return false;
    add_trouble(std::move(tail->trouble));
    return true;
  }

  void add_trouble(EndTrouble trouble) {
    if (trouble) m_members.push_back({{}, {}, std::move(trouble)});
  }

  [[nodiscard]] std::string size_trouble() const {
    return fmt::format(
        "expands to more than {} MiB. If it is right, raise max_archive_mib in [system] of the "
        "configuration.",
        m_limits.max_bytes / k_mebibyte);
  }

  [[nodiscard]] bool is_single() const { return m_format == Packing::none; }

  std::string_view m_packed;
  const ExpandLimits& m_limits;
  bool m_is_compressed;
  Packing m_format;  // within what is compressed; none: a log
  ArchiveReader m_reader;
  std::vector<Member> m_members;
  std::string m_last_path;
  std::uint64_t m_last_position = 0;  // of the header of the last member, unpacked
  std::size_t m_seen = 0;
  std::uint64_t m_expanded = 0;
  bool m_was_read_to_end = false;
  bool m_stopped = false;                // there is nothing more that anybody wants
  std::optional<std::string> m_refusal;  // of all of it
};

}  // namespace

std::variant<std::vector<Member>, std::string> expand(std::string_view packed, const ExpandLimits& limits) {
  const std::size_t end = end_of_streams(packed, limits.max_bytes);
  auto expanded = Expander(packed.substr(0, end), limits).run();
  auto* members = std::get_if<std::vector<Member>>(&expanded);
  if (members == nullptr || end == packed.size()) return expanded;
  if (EndTrouble trouble = compressed_end_trouble(packed, packed.substr(end)))
    members->push_back({{}, {}, std::move(trouble)});
  return expanded;
}

}  // namespace offcirc
