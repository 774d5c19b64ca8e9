#include "loader/output/new_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "loader/output/unnamed_file.hpp"
#include "loader/run_error.hpp"

namespace offcirc {
namespace {

std::string_view what_is(mode_t mode) {
  if (S_ISLNK(mode)) return "a link";
  if (S_ISFIFO(mode)) return "a pipe";
  return S_ISSOCK(mode) ? "a socket" : "a device";
}

}  // namespace

NewFile::NewFile(std::filesystem::path path, Replace replace) : m_path(std::move(path)), m_replace(replace) {
  if (m_replace == Replace::yes) check_replaceable();
  remove_leftovers(m_path.parent_path());
  m_descriptor = open_unnamed(m_path.parent_path());
  if (m_descriptor >= 0) return;
  TemporaryFile file = make_temporary(m_path.parent_path());
  m_descriptor = file.descriptor;
  m_temporary = std::move(file.name);
  if (m_descriptor < 0) fail();
}

NewFile::NewFile(NewFile&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_replace(other.m_replace),
      m_temporary(std::exchange(other.m_temporary, {})),
      m_descriptor(std::exchange(other.m_descriptor, -1)) {}

NewFile::~NewFile() {
  if (m_descriptor < 0) return;
  ::close(m_descriptor);
  if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
}

void NewFile::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(m_descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail();
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void NewFile::keep() {
  if (::fsync(m_descriptor) != 0) fail();
  if (m_replace == Replace::yes)
    replace();
  else
    appear();
  ::close(std::exchange(m_descriptor, -1));
  // Without this a power cut can forget the name although it keeps the text.
  sync_folder(m_path.parent_path());
}

void NewFile::replace() {
  check_replaceable();  // once more: a load may have taken minutes
  take_permissions();
  if (m_temporary.empty()) m_temporary = link_unnamed_temporarily(m_descriptor, m_path.parent_path());
  if (m_temporary.empty() || std::rename(m_temporary.c_str(), m_path.c_str()) != 0) fail();
}

// A link does not replace what is there, as a rename would.
void NewFile::appear() {
  if (m_temporary.empty()) {
    if (!link_unnamed(m_descriptor, m_path)) fail();
  } else {
    if (::link(m_temporary.c_str(), m_path.c_str()) != 0) fail();
    ::unlink(m_temporary.c_str());
  }
}

// Who may read a list that is made anew each night is said once.
void NewFile::take_permissions() {
  struct stat there {};
  if (::lstat(m_path.c_str(), &there) != 0) return;
  [[maybe_unused]] const int refused = ::fchown(m_descriptor, static_cast<uid_t>(-1), there.st_gid);
  if (::fchmod(m_descriptor, there.st_mode & 0777U) != 0) fail();
}

void NewFile::make_like(const struct stat& other) {
  // Who is not root may not give files away: then they are the operator's own, as all that he makes.
  [[maybe_unused]] const int refused = ::fchown(m_descriptor, other.st_uid, other.st_gid);
  if (::fchmod(m_descriptor, other.st_mode & 07777U) != 0) fail();
  const std::array<timespec, 2> times = {other.st_atim, other.st_mtim};
  if (::futimens(m_descriptor, times.data()) != 0) fail();
}

// Who names a pipe wants the text to go through it; a rename would put a file in its place. So it would in the place of
// a link: /dev/stdout is one, to a file where the shell redirects. To follow it would let others choose what is
// replaced.
void NewFile::check_replaceable() const {
  struct stat there {};
  if (::lstat(m_path.c_str(), &there) != 0 || S_ISREG(there.st_mode)) return;
  if (S_ISDIR(there.st_mode)) {
    errno = EISDIR;
    fail();
  }
  throw RunError(
      fmt::format("{} is {}, and no file is put in its place. Name a file, or name none and redirect what is printed.",
                  m_path.string(), what_is(there.st_mode)));
}

void NewFile::fail() const {
  throw RunError(fmt::format("{} can't be written: {}.", m_path.string(), std::strerror(errno)));
}

bool sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool synced = ::fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  errno = error;
  return synced;
}

void require_writable(const std::filesystem::path& folder) {
  const int nameless = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (nameless < 0) {
    const NewFile can_be_written(folder / "log", NewFile::Replace::no);
  } else {
    ::close(nameless);
  }
}

bool make_folder(const std::filesystem::path& folder) {
  std::error_code failure;
  const bool made = std::filesystem::create_directories(folder, failure);
  if (failure) throw RunError(fmt::format("The folder {} can't be made: {}.", folder.string(), failure.message()));
  return made;
}

}  // namespace offcirc
