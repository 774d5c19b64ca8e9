#include "loader/database/process_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>
#include <system_error>
#include <thread>

#include "loader/output/characters.hpp"
#include "loader/progress.hpp"

namespace offcirc {

void write_event(const Database& database, const Invocation& invocation, std::string_view what) {
  Statement(database,
            "INSERT INTO events(at, operator, command, program_version, sqlite_version, what) "
            "VALUES (?1, ?2, ?3, ?4, sqlite_version(), ?5)")
      .with(invocation.at, invocation.operator_name, invocation.command, invocation.program_version, what)
      .run();
}

namespace {

// Longer texts are cut; a part of the command is enough to recognize it.
constexpr std::size_t k_max_command_bytes = 300;

std::string one_line(std::string_view text) {
  return visible(text.substr(0, k_max_command_bytes));
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return {};  // the holder is still writing it
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string age_text(Seconds seconds) {
  constexpr Seconds k_minute = 60, k_hour = 3600, k_day = 86400;
  const auto counted = [](Seconds count, std::string_view unit) {
    return fmt::format(", for {} {}{}", count, unit, count == 1 ? "" : "s");
  };
  if (seconds < 0) return {};
  if (seconds < 2 * k_minute) return counted(seconds, "second");
  if (seconds < 2 * k_hour) return counted(seconds / k_minute, "minute");
  if (seconds < 2 * k_day) return counted(seconds / k_hour, "hour");
  return counted(seconds / k_day, "day");
}

bool has_ended(pid_t pid) {
  return pid <= 0 || (::kill(pid, 0) != 0 && errno == ESRCH);
}

}  // namespace

std::string lock_text(const Invocation& holder, Seconds since, pid_t pid, std::string_view host) {
  return fmt::format("{}\n{}\n{}\n{}\n{}\n", pid, one_line(host), since, one_line(holder.operator_name),
                     one_line(holder.command));
}

std::string name_of_holder(std::string_view text, Seconds now, std::string_view host) {
  const auto pid = number_in<pid_t>(take_line(text));
  const std::string_view its_host = take_line(text);
  const auto since = number_in<Seconds>(take_line(text));
  const std::string_view operator_name = take_line(text);
  const bool is_whole = text.ends_with('\n');
  const std::string_view command = take_line(text);
  const bool is_here = its_host == one_line(host);
  if (!pid || !since || !is_whole || (is_here && has_ended(*pid))) return {};
  std::string name = fmt::format("process {}", *pid);
  if (!is_here) name += fmt::format(" on {}", its_host);
  if (!operator_name.empty()) name += fmt::format(" of {}", operator_name);
  name += age_text(now - *since);
  if (!command.empty()) name += fmt::format(": {}", command);
  return name;
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {};
  return name.data();
}

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds k_pause(50);
// A process that has just taken the lock writes its name right away, so a few attempts to read it are enough.
constexpr int k_tries_to_read = 4;

std::string read_start(int descriptor) {
  std::array<char, 2048> text{};
  const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
  return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : std::string();
}

// The age of a lock is real time, independent of --now.
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
  // Resolves links, so that every path to a database leads to the same lock. SQLite finds its journal the same way.
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
  // An empty file names no holder. A killed process leaves its name, but name_of_holder() sees that it has ended.
  [[maybe_unused]] const int nothing_to_do = ::ftruncate(m_descriptor, 0);
  ::close(m_descriptor);
}

int ProcessLock::seconds_left() const {
  const auto left = std::chrono::duration_cast<std::chrono::seconds>(m_deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

// Gives the lock file the permissions of the database, so that everybody who may write the database can take its lock.
void ProcessLock::open(const fs::path& database) {
  m_descriptor = ::open(m_file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (m_descriptor >= 0) return;
  if (errno != ENOENT) fail(errno, "opened");
  m_descriptor = ::open(m_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (m_descriptor < 0) fail(errno, "made");
  struct stat of_database {};
  if (::stat(database.c_str(), &of_database) != 0) return;
  // If either call fails, the file is still a lock, but perhaps only its creator can use it.
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

// On a full disk the lock still holds; only the name of its holder is missing.
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
