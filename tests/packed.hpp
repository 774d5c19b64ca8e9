// Makes archives and compressed files for tests, as programs at stations and offices do.
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

#include <ctime>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace offcirc {

struct PackedFile {
  std::string name;
  std::string text;
  unsigned type = AE_IFREG;
  std::string link = {};  // its target
  std::time_t written_at = 0;
};

enum class PackFormat { zip, tar, raw };

// `filter` is a libarchive filter such as ARCHIVE_FILTER_GZIP.
inline std::string pack(PackFormat format, const std::vector<PackedFile>& files, int filter = ARCHIVE_FILTER_NONE,
                        const char* options = nullptr) {
  const std::unique_ptr<archive, decltype(&archive_write_free)> writer(archive_write_new(), archive_write_free);
  archive* w = writer.get();
  REQUIRE(archive_write_add_filter(w, filter) == ARCHIVE_OK);
  if (format == PackFormat::zip) REQUIRE(archive_write_set_format_zip(w) == ARCHIVE_OK);
  if (format == PackFormat::tar) REQUIRE(archive_write_set_format_gnutar(w) == ARCHIVE_OK);
  if (format == PackFormat::raw) REQUIRE(archive_write_set_format_raw(w) == ARCHIVE_OK);
  if (options != nullptr) REQUIRE(archive_write_set_options(w, options) == ARCHIVE_OK);
  std::size_t most = 100'000;
  for (const PackedFile& file : files) most += file.text.size() + file.name.size() + 2000;
  std::string packed(most, '\0');
  std::size_t used = 0;
  REQUIRE(archive_write_open_memory(w, packed.data(), packed.size(), &used) == ARCHIVE_OK);
  for (const PackedFile& file : files) {
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), file.name.c_str());
    archive_entry_set_filetype(entry.get(), file.type);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), file.type == AE_IFREG ? static_cast<la_int64_t>(file.text.size()) : 0);
    if (file.written_at != 0) archive_entry_set_mtime(entry.get(), file.written_at, 0);
    if (file.type == AE_IFLNK) archive_entry_set_symlink(entry.get(), file.link.c_str());
    if (file.type == AE_IFREG && !file.link.empty()) archive_entry_set_hardlink(entry.get(), file.link.c_str());
    REQUIRE(archive_write_header(w, entry.get()) == ARCHIVE_OK);
    if (!file.text.empty()) {
      REQUIRE(archive_write_data(w, file.text.data(), file.text.size()) == static_cast<la_ssize_t>(file.text.size()));
    }
  }
  REQUIRE(archive_write_close(w) == ARCHIVE_OK);
  packed.resize(used);
  return packed;
}

// A single compressed file.
inline std::string compress(const std::string& text, int filter) {
  return pack(PackFormat::raw, {{"log", text}}, filter);
}

}  // namespace offcirc
