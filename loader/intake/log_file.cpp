#include "loader/intake/log_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace offcirc {
namespace {

// A pipe does not say how much will come.
constexpr std::size_t k_first_stream_bytes = (std::size_t{1} << 16) - 1;

ssize_t read_some(int descriptor, std::span<char> to) {
  ssize_t got = 0;
  do got = ::read(descriptor, to.data(), to.size());
  while (got < 0 && errno == EINTR);
  return got;
}

std::string size_trouble(std::size_t max_bytes) {
  return fmt::format("has more than {} bytes, and no log has so many. Split it at the end of a line.", max_bytes);
}

}  // namespace

std::string reading_trouble(int error) {
  const std::string why = std::generic_category().message(error);
  if (error == ENOENT || error == ENOTDIR)
    return fmt::format("can't be read: {}. Check the spelling of the path.", why);
  if (error == EACCES || error == EPERM) return fmt::format("can't be read: {}. Check who may read it.", why);
  return fmt::format("can't be read: {}.", why);
}

void LogFile::Close::operator()(const int* descriptor) const {
  if (*descriptor > STDIN_FILENO) ::close(*descriptor);
  delete descriptor;
}

std::variant<LogFile, std::string> LogFile::open(const std::string& path, bool may_stream) {
  const bool is_standard_input = path == "-";
  // What was a file when it was found may be a pipe by now, and opening that would wait for a writer.
  const int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | (may_stream ? 0 : O_NONBLOCK);
  const int descriptor = is_standard_input ? STDIN_FILENO : ::open(path.c_str(), flags);
  if (descriptor < 0) return reading_trouble(errno);
  LogFile file(descriptor);
  if (::fstat(descriptor, &file.m_status) != 0) return reading_trouble(errno);
  const mode_t mode = file.m_status.st_mode;
  const bool is_stream = is_standard_input ? !S_ISDIR(mode) : may_stream && (S_ISFIFO(mode) || S_ISCHR(mode));
  if (!S_ISREG(mode) && !is_stream) return std::string("is no file that can be read.");
  return file;
}

BytesOrTrouble LogFile::read(std::size_t max_bytes) {
  const auto expected = S_ISREG(m_status.st_mode) ? static_cast<std::size_t>(m_status.st_size) : k_first_stream_bytes;
  if (S_ISREG(m_status.st_mode) && expected > max_bytes) return size_trouble(max_bytes);
  // Not mapped: a log may grow or be cut while it is read, and a mapped one that is cut would end the run.
  GrowingBytes bytes(expected);
  while (true) {
    const std::span<char> room = bytes.room();
    if (room.empty()) return reading_trouble(ENOMEM);
    const ssize_t got = read_some(*m_descriptor, room);
    if (got < 0) return reading_trouble(errno);
    if (got == 0) return finish(std::move(bytes));
    bytes.add(static_cast<std::size_t>(got));
    if (bytes.size() > max_bytes) return size_trouble(max_bytes);
  }
}

LogBytes LogFile::finish(GrowingBytes read) const {
  LogBytes bytes = std::move(read).finish();
  bytes.set_written_at(written_at());
  return bytes;
}

std::optional<Seconds> LogFile::written_at() const {
  if (!S_ISREG(m_status.st_mode)) return std::nullopt;
  return m_status.st_mtim.tv_sec;
}

bool LogFile::has_changed() const {
  struct stat now {};
  if (!S_ISREG(m_status.st_mode) || ::fstat(*m_descriptor, &now) != 0) return false;
  return mark_of(now) != mark();
}

}  // namespace offcirc
