// Reads archives and compressed files that are in memory, member by member, through libarchive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "loader/intake/packing.hpp"

struct archive;
struct archive_entry;

namespace offcirc {

/// Reads one archive. It switches the thread to a UTF-8 locale while it lives, so the lifetimes of two readers must not
/// overlap unless one is nested in the other.
class ArchiveReader {
 public:
  /// `packed` must outlive the reader. `format` is the format inside any compression; Packing::none means a single file
  /// without a name. Concatenated tars are all read.
  ArchiveReader(std::string_view packed, bool is_compressed, Packing format);
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;
  ~ArchiveReader();

  /// False if there was not enough memory.
  [[nodiscard]] bool is_open() const { return m_archive != nullptr; }

  enum class Step : std::uint8_t { member, end, unreadable };
  Step next();
  /// Offset, in the unpacked data, of the first damaged header that next() skipped; nullopt if there was none.
  [[nodiscard]] std::optional<std::uint64_t> skipped_at() const { return m_skipped_at; }
  /// How many bytes of the unpacked data have been used so far.
  [[nodiscard]] std::uint64_t position() const;
  /// Offset of the current member's header in the unpacked data.
  [[nodiscard]] std::uint64_t header_position() const;

  // The current member, that is, the one that next() moved to:

  enum class Kind : std::uint8_t { file, folder, link, device };
  [[nodiscard]] Kind kind() const;
  /// As stored in the archive, in whatever encoding.
  [[nodiscard]] std::string name() const;
  [[nodiscard]] bool is_encrypted() const;
  /// The size that the archive claims, which need not be true.
  [[nodiscard]] std::optional<std::uint64_t> promised_bytes() const;
  [[nodiscard]] std::optional<std::int64_t> written_at() const;  ///< Unix seconds
  /// Returns the number of bytes read: 0 at the end of the member, negative if the rest can't be read.
  std::ptrdiff_t read(std::span<char> to);
  void skip_data();

  /// The number of compression layers.
  [[nodiscard]] int layers() const;
  /// How many bytes of `packed` have been used so far; at the end of a compressed file, where that file ends.
  [[nodiscard]] std::size_t consumed_bytes() const;
  /// Why something can't be read, in libarchive's words, which are not a full sentence.
  [[nodiscard]] std::string trouble() const;

 private:
  struct Free {
    void operator()(archive* reader) const;
  };
  class Utf8Names;
  std::unique_ptr<Utf8Names> m_names;
  std::unique_ptr<archive, Free> m_archive;
  archive_entry* m_entry = nullptr;
  std::optional<std::uint64_t> m_skipped_at;
};

/// How the content of a compressed file is packed, judged by its first bytes. Packing::none if the file can't be read,
/// which is reported when its content is.
Packing packing_within(std::string_view compressed);

}  // namespace offcirc
