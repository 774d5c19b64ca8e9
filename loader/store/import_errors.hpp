// All that is wrong with the data files, each at its place, so that they can be put right in one go.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace offcirc {

/// A place in one of the files of an import.
struct CsvPlace {
  std::uint32_t file = 0;    ///< index into the paths
  std::uint32_t line = 0;    ///< from 1
  std::uint32_t column = 0;  ///< in bytes, from 1; 0 = the row as a whole
};

class ImportErrors {
 public:
  explicit ImportErrors(std::vector<std::string> paths);

  void add(const CsvPlace& place, std::string_view sentence);
  /// Of the file as a whole.
  void add(std::uint32_t file, std::string_view sentence);
  [[nodiscard]] bool empty() const { return m_count == 0; }
  [[nodiscard]] const std::string& path(std::uint32_t file) const { return m_paths[file]; }
  /// RunError with all of them where there is one.
  void throw_if_any() const;

 private:
  void add_line(std::string line);

  std::vector<std::string> m_paths;
  std::vector<std::string> m_lines;  // the first ones
  std::uint64_t m_count = 0;
};

}  // namespace offcirc
