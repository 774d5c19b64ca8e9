#include "cli/report_folder.hpp"

#include <string>
#include <utility>

namespace offcirc {

ReportFolder::ReportFolder(std::filesystem::path folder, std::span<const Rendering> renderings)
    : m_folder(std::move(folder)), m_renderings(renderings) {
  m_made = make_folder(m_folder);
  for (const Rendering& rendering : m_renderings)
    m_files.emplace_back(m_folder / ("report." + std::string(rendering.extension)));
}

ReportFolder::~ReportFolder() {
  m_files.clear();
  std::error_code not_empty;
  if (m_made) std::filesystem::remove(m_folder, not_empty);  // does nothing once a report is in it
}

void ReportFolder::write(const Report& report, const Zone& zone) {
  for (std::size_t i = 0; i < m_files.size(); ++i)
    m_renderings[i].write(report, zone, [&](std::string_view text) { m_files[i].write(text); });
  for (NewFile& file : m_files) file.keep(NewFile::Replace::yes);
}

}  // namespace offcirc
