#include "loader/output/new_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "loader/progress.hpp"

namespace offcirc {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view k_prefix = ".offcirc-";
constexpr std::size_t k_random_characters = 6;
constexpr int k_tries = 100;

fs::path or_this_folder(const fs::path& folder) {
  return folder.empty() ? fs::path(".") : folder;
}

std::string path_of_descriptor(int descriptor) {
  return fmt::format("/proc/self/fd/{}", descriptor);
}

// If another process has made a file of that name, the caller tries another name.
std::string random_name() {
  constexpr std::string_view k_characters = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::array<std::uint8_t, k_random_characters> random{};
  if (::getrandom(random.data(), random.size(), 0) < 0) random.fill(static_cast<std::uint8_t>(::getpid()));
  std::string name(k_prefix);
  for (const std::uint8_t byte : random) name += k_characters[byte % k_characters.size()];
  return name;
}

bool is_temporary_name(std::string_view name) {
  return name.starts_with(k_prefix) && name.size() == k_prefix.size() + k_random_characters;
}

// On a file system without locks this fails, but then nobody takes the file for a leftover either.
bool lock(int descriptor) {
  return ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
}

bool has_name(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && status.st_nlink > 0;
}

// If nobody holds the lock of a file, the process that made it has ended.
void remove_if_left(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return;
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == ::geteuid() && lock(descriptor))
    ::unlink(path.c_str());
  ::close(descriptor);
}

}  // namespace

int open_unnamed(const fs::path& folder) {
  const int descriptor = ::open(or_this_folder(folder).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (descriptor < 0 || ::access(path_of_descriptor(descriptor).c_str(), F_OK) == 0) return descriptor;
  ::close(descriptor);  // without /proc, the file could not be given a name
  errno = EOPNOTSUPP;
  return -1;
}

bool link_unnamed(int descriptor, const fs::path& path) {
  return ::linkat(AT_FDCWD, path_of_descriptor(descriptor).c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

std::string link_unnamed_temporarily(int descriptor, const fs::path& folder) {
  lock(descriptor);
  for (int i = 0; i < k_tries; ++i) {
    const std::string name = (folder / random_name()).string();
    if (link_unnamed(descriptor, name)) return name;
    if (errno != EEXIST) return {};
  }
  return {};
}

TemporaryFile make_temporary(const fs::path& folder) {
  // Until it is locked, another run may take the file for a leftover and remove it.
  for (int i = 0; i < k_tries; ++i) {
    TemporaryFile file;
    file.name = (folder / fmt::format("{}XXXXXX", k_prefix)).string();
    file.descriptor = ::mkostemp(file.name.data(), O_CLOEXEC);
    if (file.descriptor < 0) return file;
    lock(file.descriptor);
    if (has_name(file.descriptor)) return file;
    ::close(file.descriptor);
  }
  errno = EAGAIN;
  return {};
}

void remove_leftovers(const fs::path& folder) {
  static std::set<fs::path> looked_into;
  if (!looked_into.insert(folder).second) return;
  std::error_code error;
  for (fs::directory_iterator entry(or_this_folder(folder), error), end; !error && entry != end; entry.increment(error))
    if (is_temporary_name(entry->path().filename().string())) remove_if_left(entry->path());
}

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
  // Without this, a power failure can lose the name although the contents are kept.
  sync_folder(m_path.parent_path());
}

void NewFile::replace() {
  check_replaceable();  // again, since a load may have taken minutes
  take_permissions();
  if (m_temporary.empty()) m_temporary = link_unnamed_temporarily(m_descriptor, m_path.parent_path());
  if (m_temporary.empty() || std::rename(m_temporary.c_str(), m_path.c_str()) != 0) fail();
}

// Makes a link, which unlike a rename does not replace an existing file.
void NewFile::appear() {
  if (m_temporary.empty()) {
    if (!link_unnamed(m_descriptor, m_path)) fail();
  } else {
    if (::link(m_temporary.c_str(), m_path.c_str()) != 0) fail();
    ::unlink(m_temporary.c_str());
  }
}

// Keeps the permissions of the file that is replaced, so that for a list that is made anew each night they are set
// once.
void NewFile::take_permissions() {
  struct stat there {};
  if (::lstat(m_path.c_str(), &there) != 0) return;
  [[maybe_unused]] const int refused = ::fchown(m_descriptor, static_cast<uid_t>(-1), there.st_gid);
  if (::fchmod(m_descriptor, there.st_mode & 0777U) != 0) fail();
}

void NewFile::make_like(const struct stat& other) {
  // Only root may give files away. For anyone else, the file belongs to the operator like any other.
  [[maybe_unused]] const int refused = ::fchown(m_descriptor, other.st_uid, other.st_gid);
  if (::fchmod(m_descriptor, other.st_mode & 07777U) != 0) fail();
  const std::array<timespec, 2> times = {other.st_atim, other.st_mtim};
  if (::futimens(m_descriptor, times.data()) != 0) fail();
}

// An operator who names a pipe wants the text to go through it, but a rename would put a file in its place. The same
// goes for a link: /dev/stdout is one, and it leads to a file if the shell redirects the output. Following a link would
// let others choose which file is replaced.
void NewFile::check_replaceable() const {
  struct stat there {};
  if (::lstat(m_path.c_str(), &there) != 0 || S_ISREG(there.st_mode)) return;
  if (S_ISDIR(there.st_mode)) {
    errno = EISDIR;
    fail();
  }
  throw RunError(fmt::format("{} is {}, which is not replaced with a file. Name a file, or redirect the output.",
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
  if (failure) throw RunError(fmt::format("The folder {} can't be created: {}.", folder.string(), failure.message()));
  return made;
}

}  // namespace offcirc
