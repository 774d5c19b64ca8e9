// Writes a report into a folder in several formats, whole and per library: report.txt for people, report.json for
// programs, libraries/OSH.txt for the library OSH.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/output/new_file.hpp"
#include "loader/report/rendering.hpp"

namespace offcirc {

class ReportFolder {
 public:
  /// Creates the folder if it is missing, and opens the files of the whole report, so that a load that could not be
  /// reported does not start: RunError. The destructor removes a folder that was created here and is still empty.
  explicit ReportFolder(std::filesystem::path folder, std::span<const Rendering> renderings = offcirc::renderings());
  ReportFolder(const ReportFolder&) = delete;
  ReportFolder& operator=(const ReportFolder&) = delete;
  ~ReportFolder();

  /// Replaces the reports of an earlier load. Unless `report` covers only one library, this removes the earlier reports
  /// of all configured libraries, in every format. RunError if a file can't be written, as on a full disk; earlier
  /// reports are left alone until all new files are complete.
  void write(const Report& report, const Config& config);

 private:
  void refuse_linked_libraries() const;
  void write_libraries(const Report& report, const Config& config);
  void remove_libraries(const Config& config) const;
  [[nodiscard]] std::filesystem::path file_of_library(std::string_view code, const Rendering& rendering) const;

  std::filesystem::path m_folder, m_libraries;
  bool m_made = false;
  std::span<const Rendering> m_renderings;
  std::vector<NewFile> m_files;  // the whole report by m_renderings, then the files of the libraries
};

}  // namespace offcirc
