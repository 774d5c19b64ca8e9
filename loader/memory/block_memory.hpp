// Memory for what a load holds of each of its lines. What is more than a part of the machine's memory is put aside into
// a file, and comes back by itself when it is looked at: a load of ten million lines needs little more than one of one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>

#include "loader/memory/pages.hpp"

namespace offcirc {

/// Blocks of whole pages that keep their addresses and their bytes until they are freed, wherever they are meanwhile.
/// The file has no name: it is gone with the process. Where it can't be made or does not grow, blocks simply stay in
/// memory. Not for several threads.
class BlockMemory {
 public:
  static constexpr std::size_t k_block_bytes = k_large_page_bytes;
  /// Smaller ones are not put aside: a process may only have some ten thousand of them.
  static constexpr std::size_t k_least_aside_bytes = std::size_t{256} << 10;
  /// Full blocks that stay in memory; when there is more, the oldest are put aside.
  static constexpr std::size_t k_kept_bytes = std::size_t{8} << 20;

  /// The one of this process.
  static BlockMemory& of_process();
  /// For tests; the process has one.
  explicit BlockMemory(std::size_t kept_bytes = k_kept_bytes) : m_kept_bytes(kept_bytes) {}
  BlockMemory(const BlockMemory&) = delete;
  BlockMemory& operator=(const BlockMemory&) = delete;
  ~BlockMemory();

  /// k_block_bytes of zeros; of `at_one_go` all of them cost little more than one. std::bad_alloc where there is no
  /// memory.
  static void* allocate(bool at_one_go);
  /// Is rarely written from now on, and may be put aside. Of allocate(), or other anonymous memory that begins with a
  /// page.
  void set_full(void* memory, std::size_t bytes);
  /// Of a block of which only the first `used` bytes are needed: these are full, the others are given back.
  void close(void* block, std::size_t used);
  /// Whether it was full or not.
  void free(void* memory, std::size_t bytes) noexcept;
  /// What has been put aside and was looked at since leaves memory again.
  void rest();
  /// Says that a pass over all lines has about so many bytes more behind it: rest(), when they are enough.
  void leave(std::size_t bytes) {
    m_left_bytes += bytes;
    if (m_left_bytes >= std::max(k_least_left_bytes, m_aside_bytes / k_parts_left)) rest();
  }
  /// Likewise, of a line that lies apart from the others.
  void leave_line() { leave(k_line_bytes); }

  /// What has been put aside, in bytes.
  [[nodiscard]] std::size_t bytes_aside() const { return m_aside_bytes; }

 private:
  static constexpr std::size_t k_least_left_bytes = std::size_t{8} << 20;
  // To walk through all that is aside takes the longer the more there is, and so it is done as much more rarely.
  static constexpr std::size_t k_parts_left = 64;
  static constexpr std::size_t k_line_bytes = std::size_t{16} << 10;  // four pages

  struct Block {
    std::size_t bytes = 0;
    bool is_aside = false;
    std::size_t at = 0;  ///< in the file, where it is aside
  };

  void put_oldest_aside();
  /// False where the file does not take it.
  bool put_aside(char* begin, std::size_t bytes);
  void give_back(const Block& block) const noexcept;

  std::size_t m_kept_bytes;
  std::map<char*, Block> m_full;
  std::deque<char*> m_in_memory;      // in the order in which they were full; some have been freed since
  std::size_t m_in_memory_bytes = 0;  // of full ones
  std::size_t m_aside_bytes = 0;
  std::size_t m_left_bytes = 0;
  std::size_t m_file_end = 0;
  int m_file = -1;
  bool m_has_no_file = false;  // none could be made, or it is at its end
};

}  // namespace offcirc
