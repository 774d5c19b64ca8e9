#include "loader/runs/log_archive.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "loader/intake/packing.hpp"
#include "loader/output/move_file.hpp"
#include "loader/output/new_file.hpp"
#include "loader/progress.hpp"

namespace offcirc {

namespace {

namespace fs = std::filesystem;

// With this many files of one name, something is wrong, and somebody should look into it.
constexpr int k_max_number = 10'000;

bool lies_in(const fs::path& path, const fs::path& folder) {
  std::error_code not_there;
  const fs::path real = fs::canonical(path, not_there);
  if (not_there) return false;
  const fs::path real_folder = fs::canonical(folder, not_there);
  return std::mismatch(real_folder.begin(), real_folder.end(), real.begin(), real.end()).first == real_folder.end();
}

// `standlog.0201.2`, `upload.2.zip`: still named like a log of that station, or like an archive.
fs::path numbered(const fs::path& path, int number) {
  const std::string name = path.filename().string();
  const std::size_t stem = without_packing_endings(name).size();
  return path.parent_path() / fmt::format("{}.{}{}", name.substr(0, stem), number, name.substr(stem));
}

fs::path place_of(const BatchFile& file, const std::string& library) {
  const bool has_folder = file.below.find('/') != std::string::npos;
  if (has_folder || library.empty()) return file.below;
  return fs::path(safe_in_file_name(library)) / file.below;
}

struct Reading {
  bool whole = true;  // no log of the file has an error
  std::string library;
  bool one_library = true;
};

std::vector<Reading> readings_of(const Batch& batch) {
  std::vector<Reading> readings(batch.files.size());
  for (const Log& log : batch.logs) {
    if (log.file == k_none) continue;
    Reading& reading = readings[log.file];
    if (log.error) reading.whole = false;
    if (!reading.library.empty() && reading.library != log.library) reading.one_library = false;
    if (!log.library.empty()) reading.library = log.library;
  }
  return readings;
}

}  // namespace

LogArchive::LogArchive(fs::path folder, const std::vector<std::string>& paths) : m_folder(std::move(folder)) {
  if (std::find(paths.begin(), paths.end(), "-") != paths.end())
    throw RunError("--archive can't move standard input. Name the log, or omit --archive.");
  m_made = make_folder(m_folder);
  if (m_made) sync_folder(m_folder.parent_path());
  try {
    require_writable(m_folder);
    for (const std::string& path : paths)
      if (lies_in(path, m_folder))
        throw RunError(fmt::format(
            "--archive {}: {} is in this folder, so it is already archived. Name another folder, or omit --archive.",
            m_folder.string(), path));
  } catch (...) {
    std::error_code not_empty;
    if (m_made) fs::remove(m_folder, not_empty);
    throw;
  }
}

LogArchive::~LogArchive() {
  std::error_code not_empty;
  if (m_made) fs::remove(m_folder, not_empty);
}

ArchiveOutcome LogArchive::move(const Batch& batch) {
  ArchiveOutcome outcome;
  const std::vector<Reading> readings = readings_of(batch);
  for (std::size_t i = 0; i < batch.files.size(); ++i) {
    const BatchFile& file = batch.files[i];
    if (!file.read_as || !readings[i].whole) {
      ++outcome.unread;
      continue;
    }
    try {
      move_file(file, readings[i].one_library ? readings[i].library : std::string(), outcome);
    } catch (const RunError& error) {
      const std::string why = error.what();
      outcome.failures.push_back(why.starts_with(file.path) ? why
                                                            : fmt::format("{} can't be moved: {}", file.path, why));
    }
  }
  return outcome;
}

void LogArchive::move_file(const BatchFile& file, const std::string& library, ArchiveOutcome& outcome) const {
  struct stat status {};
  if (::lstat(file.path.c_str(), &status) == 0 && S_ISLNK(status.st_mode)) {
    outcome.stay.push_back(fmt::format("{} was not moved: it is a link, not the log itself.", file.path));
    return;
  }
  const fs::path place = m_folder / place_of(file, library);
  if (make_folder(place.parent_path()))
    for (fs::path made = place.parent_path(); made != m_folder && !made.empty(); made = made.parent_path())
      sync_folder(made.parent_path());
  const auto is_same = [&](const struct stat& now) { return mark_of(now) == file.read_as; };
  Moved moved = offcirc::move_file(file.path, place, is_same);
  for (int number = 2; moved == Moved::name_is_taken && number <= k_max_number; ++number)
    moved = offcirc::move_file(file.path, numbered(place, number), is_same);
  switch (moved) {
    case Moved::yes:
      ++outcome.moved;
      break;
    case Moved::name_is_taken:
      throw RunError(fmt::format("{} can't be moved to {}: {} files with that name already exist.", file.path,
                                 place.string(), k_max_number));
    case Moved::has_changed:
      outcome.stay.push_back(
          fmt::format("{} was not moved: it was written to after it was read. Load it again.", file.path));
      break;
    case Moved::is_gone:
      outcome.stay.push_back(fmt::format("{} was not moved: another program has moved or removed it.", file.path));
      break;
  }
}

}  // namespace offcirc
