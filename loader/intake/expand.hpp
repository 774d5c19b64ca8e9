// Unpacks archives and compressed logs into memory, and nowhere else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "loader/intake/log_bytes.hpp"
#include "loader/intake/packing.hpp"

struct archive;
struct archive_entry;

namespace offcirc {

// libarchive, for archives and compressed files that are in memory: one member after the other.

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

// Takes the logs out of an archive, or the one log out of a compressed file, into memory and nowhere else.

/// One log of an archive.
struct Member {
  std::string path;  ///< below the archive; empty: the log of a compressed file, or the archive itself has a trouble
  LogBytes bytes;    ///< written when the archive says, where it does
  std::optional<std::string> trouble;  ///< a sentence, where it is not to be read; then there are no bytes
};

/// What of a log is shown to the formats: its first 64 KiB.
inline constexpr std::size_t k_head_bytes = 64 * 1024;

struct ExpandLimits {
  std::uint64_t max_bytes = 0;  ///< of all members together
  std::size_t max_members = 10'000;
  /// Of what does not begin like a log only that beginning is given, its first 64 KiB and a little.
  std::function<bool(std::string_view head)> may_be_log = [](std::string_view) { return true; };
  std::string encoding;  ///< of names that are not UTF-8, in archives that do not say
};

/// All logs of a file that is packed, in the order of the archive; hidden ones and folders are left out. A member that
/// can't be read to its end, is a link, is packed once more, or has a name that leads elsewhere has a trouble, and the
/// others are read. In place of all, a sentence that says why there are none: no archive, none that is read, or one
/// that would expand to more than the limits.
std::variant<std::vector<Member>, std::string> expand(std::string_view packed, const ExpandLimits& limits);

}  // namespace offcirc
