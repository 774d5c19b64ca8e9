#include "loader/memory/block_memory.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "loader/memory/pages.hpp"

namespace offcirc {
namespace {

// As SQLite chooses: /tmp may be memory itself.
int open_nameless_file() {
  const char* given = std::getenv("TMPDIR");
  const std::string folder = given != nullptr && *given != '\0' ? given : "/var/tmp";
  const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file >= 0) return file;
  std::string name = folder + "/offcirc-XXXXXX";  // a file system that does not know of nameless ones
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

bool write_all(int file, const char* bytes, std::size_t count, std::size_t at) {
  while (count > 0) {
    const ssize_t written = ::pwrite(file, bytes, count, static_cast<off_t>(at));
    if (written <= 0) return false;
    bytes += written;
    at += static_cast<std::size_t>(written);
    count -= static_cast<std::size_t>(written);
  }
  return true;
}

}  // namespace

BlockMemory& BlockMemory::of_process() {
  static BlockMemory& memory = *new BlockMemory;  // whatever is freed last
  return memory;
}

BlockMemory::~BlockMemory() {
  if (m_file >= 0) ::close(m_file);
}

void* BlockMemory::allocate(bool at_one_go) {
  return at_one_go ? map_large_pages(k_block_bytes) : map_pages(k_block_bytes);
}

void BlockMemory::set_full(void* memory, std::size_t bytes) {
  if (bytes < k_least_aside_bytes) return;
  char* const begin = static_cast<char*>(memory);
  if (!m_full.try_emplace(begin, Block{whole_pages(bytes)}).second) return;
  m_in_memory.push_back(begin);
  m_in_memory_bytes += whole_pages(bytes);
  put_oldest_aside();
}

void BlockMemory::close(void* block, std::size_t used) {
  const std::size_t kept = whole_pages(used);
  if (kept < k_block_bytes) ::madvise(static_cast<char*>(block) + kept, k_block_bytes - kept, MADV_DONTNEED);
  set_full(block, kept);
}

void BlockMemory::put_oldest_aside() {
  for (; m_in_memory_bytes > m_kept_bytes && !m_in_memory.empty() && !m_has_no_file; m_in_memory.pop_front()) {
    const auto block = m_full.find(m_in_memory.front());
    if (block == m_full.end() || block->second.is_aside) continue;
    const std::size_t bytes = block->second.bytes;
    block->second.at = m_file_end;
    m_has_no_file = !put_aside(block->first, bytes);
    if (m_has_no_file) return;
    block->second.is_aside = true;
    m_in_memory_bytes -= bytes;
    m_aside_bytes += bytes;
  }
}

// The same bytes at the same place, but of the file: whoever points to them does not notice.
bool BlockMemory::put_aside(char* begin, std::size_t bytes) {
  if (m_file < 0) m_file = open_nameless_file();
  if (m_file < 0 || !write_all(m_file, begin, bytes, m_file_end)) return false;
  const void* const mapped =
      ::mmap(begin, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, m_file, static_cast<off_t>(m_file_end));
  m_file_end += bytes;
  return mapped != MAP_FAILED;
}

// Else the system would go on writing to the disk what nobody asks for any more. Not every file system can.
void BlockMemory::give_back(const Block& block) const noexcept {
  ::fallocate(m_file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(block.at),
              static_cast<off_t>(block.bytes));
}

void BlockMemory::free(void* memory, std::size_t bytes) noexcept {
  if (const auto block = m_full.find(static_cast<char*>(memory)); block != m_full.end()) {
    (block->second.is_aside ? m_aside_bytes : m_in_memory_bytes) -= block->second.bytes;
    if (block->second.is_aside) give_back(block->second);
    m_full.erase(block);
  }
  ::munmap(memory, whole_pages(bytes));
}

// Blocks mostly lie next to each other, and one call does for all that do.
void BlockMemory::rest() {
  m_left_bytes = 0;
  char* begin = nullptr;
  char* end = nullptr;
  const auto rest_them = [&] {
    if (begin != end) ::madvise(begin, static_cast<std::size_t>(end - begin), MADV_DONTNEED);
  };
  for (const auto& [block_begin, block] : m_full) {
    if (!block.is_aside) continue;
    if (block_begin != end) {
      rest_them();
      begin = block_begin;
    }
    end = block_begin + block.bytes;
  }
  rest_them();
}

}  // namespace offcirc
