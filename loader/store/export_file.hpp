// A data file that is there whole, or not at all: written beside its place, and moved there when it is on the disk.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace offcirc {

/// Readable by its owner only, since it names users. Every failure is a RunError that names the file.
class ExportFile {
 public:
  explicit ExportFile(std::filesystem::path path);
  ExportFile(ExportFile&& other) noexcept;
  ExportFile(const ExportFile&) = delete;
  ExportFile& operator=(const ExportFile&) = delete;
  ~ExportFile();  ///< removes it where it was not kept

  void write(std::string_view bytes);
  /// Takes the place of the file that was there. Durable when it returns.
  void keep();

 private:
  void check(bool ok) const;

  std::filesystem::path m_path;
  std::string m_temporary;
  int m_descriptor = -1;
};

}  // namespace offcirc
