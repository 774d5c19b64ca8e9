#include "loader/output/unnamed_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>
#include <system_error>

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

// Another process may have made the same name, but then it is tried again with the next.
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

// Where a file system knows no locks, nobody takes the file for a leftover either.
bool lock(int descriptor) {
  return ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
}

bool has_name(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && status.st_nlink > 0;
}

// Its owner has ended if nobody holds its lock.
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
  ::close(descriptor);  // there is no /proc
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
  // One that is not locked yet may be taken for a leftover.
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

}  // namespace offcirc
