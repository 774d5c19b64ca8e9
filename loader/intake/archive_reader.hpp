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

class ArchiveReader {
 public:
  /// `packed` has to outlive it. `format` is that within what is compressed; none: one file, which has no name.
  ArchiveReader(std::string_view packed, bool is_compressed, Packing format);

  /// False where there was no memory for it.
  [[nodiscard]] bool is_open() const { return m_archive != nullptr; }

  enum class Step : std::uint8_t { member, end, unreadable };
  Step next();

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
  /// Why something can't be read, in libarchive's words, which are no whole sentence.
  [[nodiscard]] std::string trouble() const;

 private:
  struct Free {
    void operator()(archive* reader) const;
  };
  std::unique_ptr<archive, Free> m_archive;
  archive_entry* m_entry = nullptr;
};

/// libarchive turns names into the characters of the locale, and cron has one without any: UTF-8 as long as this lives.
class Utf8Names {
 public:
  Utf8Names();
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;
  ~Utf8Names();

 private:
  struct Locales;
  std::unique_ptr<Locales> m_locales;
};

/// What lies in a compressed file, by its first bytes; none where it can't be read, which shows again when it is.
Packing packing_within(std::string_view compressed);

}  // namespace offcirc
