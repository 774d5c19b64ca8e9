#include "loader/intake/log_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <filesystem>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

#include "loader/progress.hpp"

namespace offcirc {

namespace {

// A first guess for pipes, which do not say how much will come.
constexpr std::size_t k_first_stream_bytes = (std::size_t{1} << 16) - 1;

ssize_t read_some(int descriptor, std::span<char> to) {
  ssize_t got = 0;
  do got = ::read(descriptor, to.data(), to.size());
  while (got < 0 && errno == EINTR);
  return got;
}

std::string size_trouble(std::size_t max_bytes) {
  return fmt::format("has more than {} bytes, the limit for a log. Split it at the end of a line.", max_bytes);
}

}  // namespace

std::string reading_trouble(int error) {
  const std::string why = std::generic_category().message(error);
  if (error == ENOENT || error == ENOTDIR)
    return fmt::format("can't be read: {}. Check the spelling of the path.", why);
  if (error == EACCES || error == EPERM) return fmt::format("can't be read: {}. Check its permissions.", why);
  return fmt::format("can't be read: {}.", why);
}

void LogFile::Close::operator()(const int* descriptor) const {
  if (*descriptor > STDIN_FILENO) ::close(*descriptor);
  delete descriptor;
}

std::variant<LogFile, std::string> LogFile::open(const std::string& path, bool may_stream) {
  const bool is_standard_input = path == "-";
  // A path that was a regular file when it was found may be a pipe by now, and opening a pipe would wait for a writer.
  const int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | (may_stream ? 0 : O_NONBLOCK);
  const int descriptor = is_standard_input ? STDIN_FILENO : ::open(path.c_str(), flags);
  if (descriptor < 0) return reading_trouble(errno);
  LogFile file(descriptor);
  if (::fstat(descriptor, &file.m_status) != 0) return reading_trouble(errno);
  const mode_t mode = file.m_status.st_mode;
  const bool is_stream = is_standard_input ? !S_ISDIR(mode) : may_stream && (S_ISFIFO(mode) || S_ISCHR(mode));
  if (!S_ISREG(mode) && !is_stream) return std::string("is not a file that can be read.");
  return file;
}

BytesOrTrouble LogFile::read(std::size_t max_bytes) {
  const auto expected = S_ISREG(m_status.st_mode) ? static_cast<std::size_t>(m_status.st_size) : k_first_stream_bytes;
  if (S_ISREG(m_status.st_mode) && expected > max_bytes) return size_trouble(max_bytes);
  // The log is not mapped, since it may grow or be truncated while it is read, and truncating a mapped file would kill
  // the run.
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

namespace {

namespace fs = std::filesystem;

using FileId = std::pair<dev_t, ino_t>;

struct Path {
  std::string text;
  std::string below;  // the path below the folder that was named; empty for what was named itself
  bool named = false;
  int links = 0;  // how many were followed on the way
};

struct Candidate {
  FoundLog log;
  int links = 0;
  std::optional<FileId> id;  // nullopt for standard input and for what could not be examined
};

std::string_view kind_of(mode_t mode) {
  if (S_ISFIFO(mode)) return "pipe";
  if (S_ISSOCK(mode)) return "socket";
  return "device";
}

std::string join(const std::string& folder, const std::string& name) {
  return folder.empty() || folder.ends_with('/') ? folder + name : folder + "/" + name;
}

std::string below_of(const Path& path) {
  return path.named ? path.text.substr(path.text.rfind('/') + 1) : path.below;
}

std::string looking_trouble(int error, bool is_link) {
  if (error == ENOENT && is_link) return "can't be read: it is a link to a missing file.";
  return reading_trouble(error);
}

class Finder {
 public:
  explicit Finder(std::size_t max_files) : m_max_files(max_files) {}

  void visit(Path path) {
    if (path.named && path.text == "-") return m_found.push_back({{path.text, path.text, true, {}}, 0, {}});
    struct stat status {};
    const bool is_there = ::lstat(path.text.c_str(), &status) == 0;
    if (is_there && S_ISLNK(status.st_mode)) ++path.links;
    if (!is_there && !path.named && errno == ENOENT) return;  // it has gone since the folder was listed
    if (::stat(path.text.c_str(), &status) != 0) return add_trouble(path, looking_trouble(errno, path.links > 0));
    const FileId id{status.st_dev, status.st_ino};
    const bool may_stream = path.named && (S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode));
    if (S_ISDIR(status.st_mode)) {
      (path.links > 0 ? m_linked_folders : m_folders).emplace_back(std::move(path), id);
    } else if (S_ISREG(status.st_mode) || may_stream) {
      if (m_found.size() == m_max_files) refuse();
      m_found.push_back({{path.text, below_of(path), path.named, {}}, path.links, id});
    } else {
      add_trouble(path, fmt::format("is a {}, not a file, so it is skipped.", kind_of(status.st_mode)));
    }
  }

  void leave_out(const std::string& folder) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) == 0) m_walked.insert({status.st_dev, status.st_ino});
  }

  // Folders reached through links come last, so that a log is found under its own path if there is one.
  std::vector<Candidate> walk() {
    while (!m_folders.empty() || !m_linked_folders.empty()) {
      auto& next = m_folders.empty() ? m_linked_folders : m_folders;
      const auto [folder, id] = std::move(next.front());
      next.pop_front();
      if (m_walked.insert(id).second) list(folder);
    }
    return std::move(m_found);
  }

 private:
  [[noreturn]] void refuse() const {
    throw RunError(fmt::format(
        "There are more than {} files below the named paths. Name the folder of the logs, or load them in parts.",
        m_max_files));
  }

  void list(const Path& folder) {
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator entry(folder.text, error), end; !error && entry != end; entry.increment(error)) {
      names.push_back(entry->path().filename().string());
    }
    if (error) add_trouble(folder, reading_trouble(error.value()));
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      if (!name.starts_with('.')) visit({join(folder.text, name), join(folder.below, name), false, folder.links});
    }
  }

  void add_trouble(const Path& path, std::string sentence) {
    m_found.push_back({{path.text, below_of(path), path.named, std::move(sentence)}, path.links, {}});
  }
  std::size_t m_max_files;
  std::vector<Candidate> m_found;
  std::deque<std::pair<Path, FileId>> m_folders, m_linked_folders;
  std::set<FileId> m_walked;
};

// Keeps the first of several paths to the same file; it counts as named if any of them was.
void keep_each_once(std::vector<Candidate>& found) {
  const auto rank = [](const Candidate& c) { return std::tie(c.id, c.links, c.log.path, c.log.named); };
  std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  std::vector<Candidate> kept;
  for (Candidate& candidate : found) {
    const bool again = !kept.empty() && kept.back().id == candidate.id &&
                       (candidate.id.has_value() || kept.back().log.path == candidate.log.path);
    if (again) {
      kept.back().log.named |= candidate.log.named;
    } else {
      kept.push_back(std::move(candidate));
    }
  }
  found = std::move(kept);
}

}  // namespace

std::vector<FoundLog> find_logs(const std::vector<std::string>& paths, const std::string& leave_out,
                                std::size_t max_files) {
  // The arguments are sorted, so that their order makes no difference to where a folder is reached from.
  Finder finder(max_files);
  if (!leave_out.empty()) finder.leave_out(leave_out);
  for (const std::string& path : std::set<std::string>(paths.begin(), paths.end())) finder.visit({path, {}, true, 0});
  std::vector<Candidate> found = finder.walk();
  keep_each_once(found);
  std::vector<FoundLog> logs;
  for (Candidate& candidate : found) logs.push_back(std::move(candidate.log));
  std::sort(logs.begin(), logs.end(), [](const FoundLog& a, const FoundLog& b) { return a.path < b.path; });
  return logs;
}

}  // namespace offcirc
