#include "loader/intake/log_bytes.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

namespace offcirc {
namespace {

// A pipe does not say how much will come.
constexpr std::size_t k_first_stream_bytes = (std::size_t{1} << 16) - 1;

class Descriptor {
 public:
  explicit Descriptor(int number) : m_number(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (m_number > STDIN_FILENO) ::close(m_number);
  }
  [[nodiscard]] int number() const { return m_number; }

 private:
  int m_number;
};

void* map_memory(std::size_t size) {
  void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? nullptr : memory;
}

void* resize_memory(void* memory, std::size_t old_size, std::size_t new_size) {
  void* moved = ::mremap(memory, old_size, new_size, MREMAP_MAYMOVE);
  if (moved != MAP_FAILED) return moved;
  ::munmap(memory, old_size);
  return nullptr;
}

ssize_t read_some(int descriptor, char* to, std::size_t size) {
  ssize_t got = 0;
  do got = ::read(descriptor, to, size);
  while (got < 0 && errno == EINTR);
  return got;
}

// Until the end, whatever size was `expected`: a log may grow or be cut while it is read, and a mapped one that is cut
// would end the run.
BytesOrTrouble read_to_end(int descriptor, std::size_t expected, std::size_t max_bytes) {
  std::size_t capacity = expected + 1, size = 0;
  void* memory = map_memory(capacity);
  while (memory != nullptr) {
    const ssize_t got = read_some(descriptor, static_cast<char*>(memory) + size, capacity - size);
    const int error = errno;
    if (got > 0) size += static_cast<std::size_t>(got);
    if (got <= 0 || size > max_bytes) {
      LogBytes bytes(memory, capacity);
      if (got < 0) return reading_trouble(error);
      if (got > 0) return fmt::format("gives more than {} bytes. Save it in a file and name that.", max_bytes);
      return LogBytes::shrunk(std::move(bytes), size);
    }
    if (size == capacity) {
      memory = resize_memory(memory, capacity, capacity * 2);
      capacity *= 2;
    }
  }
  return reading_trouble(ENOMEM);
}

}  // namespace

std::string reading_trouble(int error) {
  const std::string why = std::generic_category().message(error);
  if (error == ENOENT || error == ENOTDIR)
    return fmt::format("can't be read: {}. Check the spelling of the path.", why);
  if (error == EACCES || error == EPERM) return fmt::format("can't be read: {}. Check who may read it.", why);
  return fmt::format("can't be read: {}.", why);
}

LogBytes::LogBytes(LogBytes&& other) noexcept
    : m_mapping(std::exchange(other.m_mapping, nullptr)),
      m_size(std::exchange(other.m_size, 0)),
      m_written_at(other.m_written_at) {}

LogBytes& LogBytes::operator=(LogBytes&& other) noexcept {
  std::swap(m_mapping, other.m_mapping);
  std::swap(m_size, other.m_size);
  std::swap(m_written_at, other.m_written_at);
  return *this;
}

LogBytes::~LogBytes() {
  if (m_mapping != nullptr) ::munmap(m_mapping, m_size);
}

LogBytes LogBytes::shrunk(LogBytes bytes, std::size_t size) {
  if (size == 0) return {};
  void* mapping = std::exchange(bytes.m_mapping, nullptr);
  return {resize_memory(mapping, std::exchange(bytes.m_size, 0), size), size};
}

BytesOrTrouble read_bytes(const std::string& path, bool may_stream, std::size_t max_stream_bytes) {
  if (path == "-") return read_to_end(STDIN_FILENO, k_first_stream_bytes, max_stream_bytes);
  // What was a file when it was found may be a pipe by now, and opening that would wait for a writer.
  const int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | (may_stream ? 0 : O_NONBLOCK);
  const Descriptor descriptor(::open(path.c_str(), flags));
  if (descriptor.number() < 0) return reading_trouble(errno);
  struct stat status {};
  if (::fstat(descriptor.number(), &status) != 0) return reading_trouble(errno);
  if (S_ISREG(status.st_mode)) {
    BytesOrTrouble read = read_to_end(descriptor.number(), static_cast<std::size_t>(status.st_size), SIZE_MAX);
    if (auto* bytes = std::get_if<LogBytes>(&read)) bytes->set_written_at(status.st_mtim.tv_sec);
    return read;
  }
  const bool is_stream = S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode);
  if (may_stream && is_stream) return read_to_end(descriptor.number(), k_first_stream_bytes, max_stream_bytes);
  return std::string("is no file that can be read.");
}

}  // namespace offcirc
