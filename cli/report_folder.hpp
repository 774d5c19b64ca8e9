// A folder that gets a report in several forms: report.txt for people, report.json for programs, and so on.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "loader/output/new_file.hpp"
#include "loader/report/rendering.hpp"

namespace offcirc {

class ReportFolder {
 public:
  /// Makes the folder where there is none and begins all files in it, so that a load which could not be reported does
  /// not begin. RunError where it can't. A folder that it made goes away again if nothing is kept.
  explicit ReportFolder(std::filesystem::path folder, std::span<const Rendering> renderings = offcirc::renderings());
  ReportFolder(const ReportFolder&) = delete;
  ReportFolder& operator=(const ReportFolder&) = delete;
  ~ReportFolder();

  /// Replaces the reports of an earlier load. RunError on a full disk and the like.
  void write(const Report& report, const Zone& zone);

 private:
  std::filesystem::path m_folder;
  bool m_made = false;
  std::span<const Rendering> m_renderings;
  std::vector<NewFile> m_files;  // by m_renderings
};

}  // namespace offcirc
