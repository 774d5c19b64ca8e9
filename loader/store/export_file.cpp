#include "loader/store/export_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "loader/run_error.hpp"

namespace offcirc {

ExportFile::ExportFile(std::filesystem::path path) : m_path(std::move(path)), m_temporary(m_path.string() + ".XXXXXX") {
  m_descriptor = ::mkostemp(m_temporary.data(), O_CLOEXEC);
  check(m_descriptor >= 0);
}

ExportFile::ExportFile(ExportFile&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_temporary(std::move(other.m_temporary)),
      m_descriptor(std::exchange(other.m_descriptor, -1)) {}

ExportFile::~ExportFile() {
  if (m_descriptor < 0) return;
  ::close(m_descriptor);
  ::unlink(m_temporary.c_str());
}

void ExportFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    check(written >= 0);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void ExportFile::keep() {
  check(::fsync(m_descriptor) == 0);
  check(std::rename(m_temporary.c_str(), m_path.c_str()) == 0);
  ::close(std::exchange(m_descriptor, -1));
  // Without this a power cut can forget the name although it keeps the file.
  const int folder = ::open(m_path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  const bool synced = ::fsync(folder) == 0;
  ::close(folder);
  check(synced);
}

void ExportFile::check(bool ok) const {
  if (!ok) throw RunError(fmt::format("{}: the file can't be written: {}.", m_path.string(), std::strerror(errno)));
}

}  // namespace offcirc
