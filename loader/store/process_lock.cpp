#include "loader/store/process_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <thread>

#include "loader/run_error.hpp"
#include "loader/store/lock_holder.hpp"

namespace offcirc {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds k_pause(50);
// Whoever has just taken the lock says so at once.
constexpr int k_tries_to_read = 4;

std::string read_start(int descriptor) {
  std::array<char, 2048> text{};
  const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
  return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : std::string();
}

// How long somebody holds a lock has nothing to do with what --now says.
Seconds real_time() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since_1970).count();
}

std::string find_holder(int descriptor) {
  std::string name;
  for (int i = 0; i < k_tries_to_read && name.empty(); ++i) {
    if (i > 0) std::this_thread::sleep_for(k_pause);
    name = name_of_holder(read_start(descriptor), real_time(), host_name());
  }
  return name;
}

}  // namespace

ProcessLock::ProcessLock(const fs::path& database, Of of, int wait_seconds, const Invocation& who, Progress& progress)
    : m_deadline(std::chrono::steady_clock::now() + std::chrono::seconds(wait_seconds)) {
  // Whatever link leads to the database, its lock is one; SQLite goes about its journal likewise.
  std::error_code unreachable;
  fs::path real = fs::canonical(database, unreachable);
  if (unreachable) real = database;
  m_file = real.string() + (of == Of::writing ? "-lock" : "-mail");
  open(real);
  while (!take()) {
    if (std::chrono::steady_clock::now() < m_deadline) {
      progress.begin(Stage::waiting, 0);
      std::this_thread::sleep_for(k_pause);
      continue;
    }
    const std::string holder = find_holder(m_descriptor);
    ::close(m_descriptor);
    throw RunError(fmt::format(
        "{}: another offcirc {}{}. Try again when it has ended, or wait for it with --wait SECONDS.", database.string(),
        of == Of::writing ? "is writing it" : "is sending its mail", holder.empty() ? "" : " (" + holder + ")"));
  }
  sign(who);
}

ProcessLock::~ProcessLock() {
  // An empty file names nobody; what a process that was killed has left names one that has ended.
  [[maybe_unused]] const int nothing_to_do = ::ftruncate(m_descriptor, 0);
  ::close(m_descriptor);
}

int ProcessLock::seconds_left() const {
  const auto left = std::chrono::duration_cast<std::chrono::seconds>(m_deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

// Who may write the database may take its lock, whoever made the file.
void ProcessLock::open(const fs::path& database) {
  m_descriptor = ::open(m_file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (m_descriptor >= 0) return;
  if (errno != ENOENT) fail(errno, "opened");
  m_descriptor = ::open(m_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (m_descriptor < 0) fail(errno, "made");
  struct stat of_database {};
  if (::stat(database.c_str(), &of_database) != 0) return;
  // Where one of them fails, the file is its maker's alone: still a lock.
  [[maybe_unused]] int failed = ::fchmod(m_descriptor, of_database.st_mode & 0666U);
  if (::geteuid() == 0) failed = ::fchown(m_descriptor, of_database.st_uid, of_database.st_gid);
}

bool ProcessLock::take() {
  while (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return false;
    if (errno == EINTR) continue;
    const int error = errno;
    ::close(m_descriptor);
    fail(error, "locked");
  }
  return true;
}

// On a full disk the lock holds all the same; only its holder has no name.
void ProcessLock::sign(const Invocation& who) const {
  const std::string text = lock_text(who, real_time(), ::getpid(), host_name());
  if (::ftruncate(m_descriptor, 0) != 0) return;
  [[maybe_unused]] const ssize_t written = ::pwrite(m_descriptor, text.data(), text.size(), 0);
}

void ProcessLock::fail(int error, const char* what) const {
  throw RunError(fmt::format("{} can't be {}: {}. Check who may write it and its folder, and whether the disk is full.",
                             m_file, what, std::strerror(error)));
}

}  // namespace offcirc
