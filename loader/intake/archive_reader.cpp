#include "loader/intake/archive_reader.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace offcirc {

/// Switches the thread to a UTF-8 locale while it lives: libarchive converts member names to the encoding of the
/// locale, and under cron that is plain ASCII.
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

// Enables only the compressions and formats that logs come in. The raw format accepts anything, so it is never enabled
// together with zip or tar.
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
  archive_read_open_memory(reader, packed.data(), packed.size());  // an error shows when the first member is read
}

ArchiveReader::~ArchiveReader() = default;

ArchiveReader::Step ArchiveReader::next() {
  int result = ARCHIVE_RETRY;
  while (result == ARCHIVE_RETRY) {
    result = archive_read_next_header(m_archive.get(), &m_entry);
    // The header is damaged, so its member is lost.
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

// Still works after a fatal error, when libarchive no longer reports the position of the header.
std::uint64_t ArchiveReader::position() const {
  return static_cast<std::uint64_t>(std::max<la_int64_t>(archive_filter_bytes(m_archive.get(), 0), 0));
}

std::uint64_t ArchiveReader::header_position() const {
  return static_cast<std::uint64_t>(std::max<la_int64_t>(archive_read_header_position(m_archive.get()), 0));
}

int ArchiveReader::layers() const {
  return archive_filter_count(m_archive.get()) - 1;  // libarchive's last filter does not decompress anything
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

}  // namespace offcirc
