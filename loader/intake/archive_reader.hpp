// libarchive, for archives and compressed files that are in memory: one member after the other.
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

/// One at a time, or one within another: while it lives, names are in UTF-8.
class ArchiveReader {
 public:
  /// `packed` has to outlive it. `format` is that within what is compressed; none: one file, which has no name. Of tars
  /// that were joined all are read.
  ArchiveReader(std::string_view packed, bool is_compressed, Packing format);
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;
  ~ArchiveReader();

  /// False where there was no memory for it.
  [[nodiscard]] bool is_open() const { return m_archive != nullptr; }

  enum class Step : std::uint8_t { member, end, unreadable };
  Step next();
  /// Where the first thing was that is no member and was skipped on the way to one or to the end, unpacked.
  [[nodiscard]] std::optional<std::uint64_t> skipped_at() const { return m_skipped_at; }
  /// How much of it was used so far, unpacked.
  [[nodiscard]] std::uint64_t position() const;
  /// Where the header of the member is that `next` came to, unpacked.
  [[nodiscard]] std::uint64_t header_position() const;

  // Of the member that `next` came to:

  enum class Kind : std::uint8_t { file, folder, link, device };
  [[nodiscard]] Kind kind() const;
  /// As it stands there, whatever its encoding.
  [[nodiscard]] std::string name() const;
  [[nodiscard]] bool is_encrypted() const;
  /// What the archive says, which need not be true.
  [[nodiscard]] std::optional<std::uint64_t> promised_bytes() const;
  [[nodiscard]] std::optional<std::int64_t> written_at() const;  ///< Unix seconds
  /// How many bytes of it were read; 0 at its end, negative where the rest can't be read.
  std::ptrdiff_t read(std::span<char> to);
  void skip_data();

  /// How often what is read was compressed.
  [[nodiscard]] int layers() const;
  /// How many bytes of `packed` it has used so far; at the end of a compressed file, where that ends.
  [[nodiscard]] std::size_t consumed_bytes() const;
  /// Why something can't be read, in libarchive's words, which are no whole sentence.
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

/// What lies in a compressed file, by its first bytes; none where it can't be read, which shows again when it is.
Packing packing_within(std::string_view compressed);

}  // namespace offcirc
