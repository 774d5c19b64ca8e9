#include "cli/report_folder.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <string>
#include <system_error>
#include <utility>

#include "loader/output/move_file.hpp"
#include "loader/progress.hpp"
#include "loader/report/report.hpp"

namespace offcirc {
namespace {

constexpr const char* k_libraries = "libraries";

void write_to(NewFile& file, const Rendering& rendering, const Report& report, const Zone& zone) {
  rendering.write(report, zone, [&file](std::string_view text) { file.write(text); });
}

}  // namespace

ReportFolder::ReportFolder(std::filesystem::path folder, std::span<const Rendering> renderings)
    : m_folder(std::move(folder)), m_libraries(m_folder / k_libraries), m_renderings(renderings) {
  m_made = make_folder(m_folder);
  refuse_linked_libraries();
  for (const Rendering& rendering : m_renderings)
    m_files.emplace_back(m_folder / fmt::format("report.{}", rendering.extension), NewFile::Replace::yes);
}

ReportFolder::~ReportFolder() {
  m_files.clear();
  if (!m_made) return;
  // rmdir does nothing if a folder still contains a file. It allocates no memory, the lack of which may be why the run
  // ends.
  ::rmdir(m_libraries.c_str());
  ::rmdir(m_folder.c_str());
}

void ReportFolder::write(const Report& report, const Config& config) {
  for (std::size_t i = 0; i < m_renderings.size(); ++i)
    write_to(m_files[i], m_renderings[i], report, config.policy.zone);
  if (report.only_library.empty()) write_libraries(report, config);
  for (NewFile& file : m_files) file.keep();
}

// If the link were followed, anybody who can write to the folder could choose which files are replaced.
void ReportFolder::refuse_linked_libraries() const {
  std::error_code not_there;
  if (std::filesystem::is_symlink(std::filesystem::symlink_status(m_libraries, not_there)))
    throw RunError(fmt::format("{} is a link, so no reports are written to it. Remove it, or name another folder.",
                               m_libraries.string()));
}

// Skips libraries that only a log names: they have no desk that could read a report.
void ReportFolder::write_libraries(const Report& report, const Config& config) {
  refuse_linked_libraries();
  make_folder(m_libraries);
  for (const ReportLibrary& library : report.libraries) {
    if (config.policy.find_library(library.code) == k_no_library) continue;
    const Report part = only_library(report, library.code);
    for (const Rendering& rendering : m_renderings)
      write_to(m_files.emplace_back(file_of_library(library.code, rendering), NewFile::Replace::yes), rendering, part,
               config.policy.zone);
  }
  remove_libraries(config);
}

// Removes library reports of an earlier load, which would look as if they belonged to this one, but no other files.
void ReportFolder::remove_libraries(const Config& config) const {
  std::error_code not_there;
  for (const Library& library : config.policy.libraries)
    for (const Rendering& rendering : renderings())
      if (const auto file = file_of_library(library.code, rendering);
          std::filesystem::symlink_status(file, not_there).type() == std::filesystem::file_type::regular)
        std::filesystem::remove(file, not_there);
}

std::filesystem::path ReportFolder::file_of_library(std::string_view code, const Rendering& rendering) const {
  return m_libraries / fmt::format("{}.{}", safe_in_file_name(code), rendering.extension);
}

}  // namespace offcirc
