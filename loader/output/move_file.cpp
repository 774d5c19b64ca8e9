#include "loader/output/move_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <memory>

#include "loader/output/new_file.hpp"
#include "loader/progress.hpp"

namespace offcirc {

std::string safe_in_file_name(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (plain)
      safe += c;
    else
      fmt::format_to(std::back_inserter(safe), "%{:02X}", static_cast<unsigned char>(c));
  }
  return safe;
}

namespace {

namespace fs = std::filesystem;
using IsSame = std::function<bool(const struct stat&)>;

[[noreturn]] void fail(const fs::path& from, const fs::path& to, int error) {
  throw RunError(fmt::format("{} can't be moved to {}: {}.", from.string(), to.string(), std::strerror(error)));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : m_number(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (m_number >= 0) ::close(m_number);
  }
  [[nodiscard]] int number() const { return m_number; }

 private:
  int m_number;
};

int rename_to_free_name(const fs::path& from, const fs::path& to) {
  return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0 ? 0 : errno;
}

bool is_there(const fs::path& path, struct stat& status) {
  return ::lstat(path.c_str(), &status) == 0;
}

void copy_bytes(int from, NewFile& to, const fs::path& name) {
  std::array<char, 1U << 16U> piece;
  while (true) {
    const ssize_t got = ::read(from, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw RunError(fmt::format("{} can't be read: {}.", name.string(), std::strerror(errno)));
    if (got == 0) return;
    to.write({piece.data(), static_cast<std::size_t>(got)});
  }
}

// Moves to another disk. The original is removed only after the copy has been written to that disk.
Moved move_as_copy(const fs::path& from, const fs::path& to, const IsSame& is_same) {
  struct stat status {};
  if (is_there(to, status)) return Moved::name_is_taken;
  const Descriptor original(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (original.number() < 0) fail(from, to, errno);
  NewFile copy(to, NewFile::Replace::no);
  copy_bytes(original.number(), copy, from);
  if (::fstat(original.number(), &status) != 0) fail(from, to, errno);
  struct stat at_name {};
  if (!is_same(status) || !is_there(from, at_name) || !is_same(at_name)) return Moved::has_changed;
  copy.make_like(status);
  copy.keep();
  if (!sync_folder(to.parent_path())) fail(from, to, errno);
  if (::unlink(from.c_str()) != 0) fail(from, to, errno);
  return Moved::yes;
}

}  // namespace

Moved move_file(const fs::path& from, const fs::path& to, const IsSame& is_same) {
  struct stat status {};
  if (!is_there(from, status)) {
    if (errno == ENOENT) return Moved::is_gone;
    fail(from, to, errno);
  }
  if (!is_same(status)) return Moved::has_changed;
  const int error = rename_to_free_name(from, to);
  if (error == EEXIST) return Moved::name_is_taken;
  if (error == ENOENT && !is_there(from, status)) return Moved::is_gone;
  // The name is on another disk, or the file system has no rename that never replaces a file.
  if (error == EXDEV || error == EINVAL || error == ENOSYS) {
    const Moved moved = move_as_copy(from, to, is_same);
    if (moved == Moved::yes) sync_folder(from.parent_path());
    return moved;
  }
  if (error != 0) fail(from, to, error);
  if (is_there(to, status) && !is_same(status)) {
    const int back = rename_to_free_name(to, from);
    if (back == 0) return Moved::has_changed;
    throw RunError(fmt::format("{} was written to while it was moved to {}, and can't be moved back: {}.",
                               from.string(), to.string(), std::strerror(back)));
  }
  sync_folder(to.parent_path());
  sync_folder(from.parent_path());
  return Moved::yes;
}

}  // namespace offcirc
