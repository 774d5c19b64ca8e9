// The folder of --report: report.txt for people and report.json for programs.
#pragma once

#include <filesystem>
#include <optional>

#include "loader/output/new_file.hpp"
#include "loader/report/report.hpp"

namespace offcirc {

class ReportFolder {
 public:
  /// Makes the folder where there is none and begins both files in it, so that a load which could not be reported does
  /// not begin. RunError where it can't. A folder that it made goes away again if nothing is kept.
  explicit ReportFolder(std::filesystem::path folder);
  ReportFolder(const ReportFolder&) = delete;
  ReportFolder& operator=(const ReportFolder&) = delete;
  ~ReportFolder();

  /// Replaces the reports of an earlier load. RunError on a full disk and the like.
  void write(const Report& report, const Zone& zone);

 private:
  std::filesystem::path m_folder;
  bool m_made = false;
  std::optional<NewFile> m_text, m_json;
};

}  // namespace offcirc
