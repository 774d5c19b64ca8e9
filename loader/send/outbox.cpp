#include "loader/send/outbox.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "loader/output/new_file.hpp"
#include "loader/progress.hpp"

namespace offcirc {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path& folder, int error) {
  throw RunError(fmt::format("The folder {} can't be written: {}.", folder.string(), std::strerror(error)));
}

/// A folder with a temporary name, which is removed with all that it holds unless it is kept.
class NewFolder {
 public:
  explicit NewFolder(fs::path folder) : m_folder(std::move(folder)) {
    remove_leftovers();
    m_temporary = leftover_prefix() + "XXXXXX";
    if (mkdtemp(m_temporary.data()) == nullptr) {
      const int error = errno;
      m_temporary.clear();
      fail(m_folder, error);
    }
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;
  ~NewFolder() {
    std::error_code ignored;
    if (!m_temporary.empty()) fs::remove_all(m_temporary, ignored);
  }

  void add(const OutboxFile& file) const {
    const fs::path path = fs::path(m_temporary) / file.path;
    if (path.parent_path() != fs::path(m_temporary)) make_private_folder(path.parent_path());
    NewFile out(path, NewFile::Replace::no);
    out.write(file.text);
    out.keep();
  }

  void keep() {
    if (!sync_folder(m_temporary)) fail(m_folder, errno);
    // A file system without this flag refuses to rename a folder onto one that is not empty, which is enough.
    int failed = renameat2(AT_FDCWD, m_temporary.c_str(), AT_FDCWD, m_folder.c_str(), RENAME_NOREPLACE);
    if (failed != 0 && errno == EINVAL) failed = rename(m_temporary.c_str(), m_folder.c_str());
    if (failed != 0) fail(m_folder, errno);
    m_temporary.clear();
    if (!sync_folder(m_folder.parent_path())) fail(m_folder, errno);
  }

 private:
  [[nodiscard]] std::string leftover_prefix() const {
    return (m_folder.parent_path() / fmt::format(".{}.", m_folder.filename().string())).string();
  }

  // A run that was killed may have left a part of the same folder.
  void remove_leftovers() const {
    const std::string prefix = fs::path(leftover_prefix()).filename().string();
    std::error_code unreadable;
    for (const fs::directory_entry& entry : fs::directory_iterator(m_folder.parent_path(), unreadable)) {
      std::error_code ignored;
      if (entry.path().filename().string().starts_with(prefix)) fs::remove_all(entry.path(), ignored);
    }
  }

  void make_private_folder(const fs::path& folder) const {
    if (mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) fail(m_folder, errno);
  }

  fs::path m_folder;
  std::string m_temporary;
};

}  // namespace

fs::path folder_of_send(const fs::path& outbox, std::int64_t send) {
  return outbox / fmt::format("send-{}", send);
}

void write_outbox_folder(const fs::path& folder, const std::vector<OutboxFile>& files) {
  NewFolder out(folder);
  for (const OutboxFile& file : files) out.add(file);
  out.keep();
}

}  // namespace offcirc
