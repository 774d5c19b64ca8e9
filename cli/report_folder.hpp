// A folder that gets a report in several forms, whole and for each library: report.txt for people, report.json for
// programs, libraries/OSH.txt for Osprey Harbor.
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
  /// Makes the folder where there is none and begins the files of the whole report, so that a load which could not be
  /// reported does not begin. RunError where it can't. A folder that it made goes away again if nothing is kept.
  explicit ReportFolder(std::filesystem::path folder, std::span<const Rendering> renderings = offcirc::renderings());
  ReportFolder(const ReportFolder&) = delete;
  ReportFolder& operator=(const ReportFolder&) = delete;
  ~ReportFolder();

  /// Replaces the reports of an earlier load; those of libraries that this report says nothing of are removed. RunError
  /// on a full disk and the like: then none of the files has its name yet, or the earlier ones stand.
  void write(const Report& report, const Config& config);

 private:
  void refuse_linked_libraries() const;
  void write_libraries(const Report& report, const Config& config);
  void remove_libraries(const Config& config) const;
  [[nodiscard]] std::filesystem::path file_of_library(std::string_view code, const Rendering& rendering) const;

  std::filesystem::path m_folder, m_libraries;
  bool m_made = false;
  std::span<const Rendering> m_renderings;
  std::vector<NewFile> m_files;  // by m_renderings; behind them those of libraries
};

}  // namespace offcirc
