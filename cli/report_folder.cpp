#include "cli/report_folder.hpp"

#include <utility>

#include "loader/report/json.hpp"
#include "loader/report/text.hpp"

namespace offcirc {

ReportFolder::ReportFolder(std::filesystem::path folder) : m_folder(std::move(folder)) {
  m_made = make_folder(m_folder);
  m_text.emplace(m_folder / "report.txt");
  m_json.emplace(m_folder / "report.json");
}

ReportFolder::~ReportFolder() {
  m_text.reset();
  m_json.reset();
  std::error_code not_empty;
  if (m_made) std::filesystem::remove(m_folder, not_empty);  // does nothing once a report is in it
}

void ReportFolder::write(const Report& report, const Zone& zone) {
  write_text(report, zone, [this](std::string_view text) { m_text->write(text); });
  write_json(report, zone, [this](std::string_view text) { m_json->write(text); });
  m_text->keep(NewFile::Replace::yes);
  m_json->keep(NewFile::Replace::yes);
}

}  // namespace offcirc
