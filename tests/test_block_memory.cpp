#include <doctest/doctest.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include "loader/memory/block_array.hpp"
#include "loader/memory/sorted_runs.hpp"
#include "tests/temp_folder.hpp"

using namespace offcirc;

namespace {

constexpr std::size_t k_bytes = BlockMemory::k_block_bytes;

// Blocks, each filled with its number.
class FullBlocks {
 public:
  FullBlocks(BlockMemory& memory, int count) : m_memory(memory) {
    for (int i = 0; i < count; ++i) {
      m_blocks.push_back(static_cast<char*>(BlockMemory::allocate(i % 2 == 0)));
      std::memset(m_blocks.back(), i + 1, k_bytes);
      memory.set_full(m_blocks.back(), k_bytes);
    }
  }
  FullBlocks(const FullBlocks&) = delete;
  FullBlocks& operator=(const FullBlocks&) = delete;
  ~FullBlocks() {
    for (char* block : m_blocks) m_memory.free(block, k_bytes);
  }

  [[nodiscard]] bool are_whole() const {
    for (std::size_t i = 0; i < m_blocks.size(); ++i)
      if (std::count(m_blocks[i], m_blocks[i] + k_bytes, static_cast<char>(i + 1)) != k_bytes) return false;
    return true;
  }
  char& operator[](std::size_t block) { return *m_blocks[block]; }

 private:
  BlockMemory& m_memory;
  std::vector<char*> m_blocks;
};

// TMPDIR is this folder meanwhile.
class TemporaryFilesIn {
 public:
  explicit TemporaryFilesIn(const std::filesystem::path& folder) {
    if (const char* before = std::getenv("TMPDIR")) m_before = before;
    ::setenv("TMPDIR", folder.c_str(), 1);
  }
  TemporaryFilesIn(const TemporaryFilesIn&) = delete;
  TemporaryFilesIn& operator=(const TemporaryFilesIn&) = delete;
  ~TemporaryFilesIn() {
    if (m_before.empty())
      ::unsetenv("TMPDIR");
    else
      ::setenv("TMPDIR", m_before.c_str(), 1);
  }

 private:
  std::string m_before;
};

// Whether this process has it at hand, wherever the system may keep it besides.
bool is_in_memory(const char& byte) {
  constexpr std::uintptr_t k_present = std::uintptr_t{1} << 63;
  std::uintptr_t page = 0;
  const int map = ::open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  const auto number = reinterpret_cast<std::uintptr_t>(&byte) / whole_pages(1);
  REQUIRE(::pread(map, &page, sizeof(page), static_cast<off_t>(number * sizeof(page))) == sizeof(page));
  ::close(map);
  return (page & k_present) != 0;
}

}  // namespace

TEST_CASE("the oldest full blocks are put aside, and keep their bytes and places") {
  const TempFolder folder;
  const TemporaryFilesIn files(folder.path());
  BlockMemory memory(2 * k_bytes);
  FullBlocks blocks(memory, 2);
  CHECK(memory.bytes_aside() == 0);
  FullBlocks more(memory, 3);
  CHECK(memory.bytes_aside() == 3 * k_bytes);
  CHECK(blocks.are_whole());
  CHECK(more.are_whole());
  CHECK_MESSAGE(std::filesystem::is_empty(folder.path()), "the file has no name");

  blocks[1] = 'x';
  memory.rest();
  CHECK_MESSAGE(blocks[1] == 'x', "what is written to a block that is aside stays");
  blocks[1] = 2;
  memory.rest();
  CHECK(blocks.are_whole());
  CHECK(more.are_whole());
}

TEST_CASE("what is aside and was looked at leaves memory when a pass has enough behind it, and comes back") {
  constexpr std::size_t k_enough = std::size_t{8} << 20;
  BlockMemory memory(0);
  FullBlocks blocks(memory, 3);
  CHECK(blocks[1] == 2);
  memory.leave(k_enough - 1);
  CHECK(is_in_memory(blocks[1]));
  memory.leave(1);
  CHECK(!is_in_memory(blocks[1]));
  CHECK(blocks[1] == 2);
  memory.leave(k_enough - 1);
  CHECK(is_in_memory(blocks[1]));
  memory.rest();
  CHECK(!is_in_memory(blocks[1]));
  CHECK(blocks.are_whole());
}

TEST_CASE("blocks that are freed are not put aside, and a new one may be at the place of an old one") {
  BlockMemory memory(k_bytes);
  { const FullBlocks blocks(memory, 5); }
  CHECK(memory.bytes_aside() == 0);
  const FullBlocks blocks(memory, 3);
  CHECK(memory.bytes_aside() == 2 * k_bytes);
  CHECK(blocks.are_whole());
}

TEST_CASE("small blocks stay in memory") {
  BlockMemory memory(0);
  void* const small = BlockMemory::allocate(false);
  memory.set_full(small, BlockMemory::k_least_aside_bytes - 1);
  CHECK(memory.bytes_aside() == 0);
  memory.free(small, k_bytes);
}

TEST_CASE("without a folder for the file all stays in memory") {
  const TempFolder folder;
  const TemporaryFilesIn files(folder.path() / "missing");
  BlockMemory memory(0);
  const FullBlocks blocks(memory, 3);
  CHECK(memory.bytes_aside() == 0);
  CHECK(blocks.are_whole());
}

TEST_CASE("when the file does not grow any more, the rest stays in memory") {
  BlockMemory memory(0);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const rlimit less{k_bytes * 3 / 2, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &less) == 0);
  const FullBlocks blocks(memory, 4);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, SIG_DFL);
  CHECK(memory.bytes_aside() == k_bytes);
  CHECK(blocks.are_whole());
}

TEST_CASE("the elements of an array keep their places, whether they are aside or not") {
  const std::size_t count = 2 * BlockMemory::k_kept_bytes / sizeof(std::uint64_t);
  BlockArray<std::uint64_t> numbers;
  numbers.push_back(0);
  const std::uint64_t* const first = &numbers.front();
  while (numbers.size() < count) numbers.push_back(numbers.size());
  CHECK(BlockMemory::of_process().bytes_aside() > 0);
  CHECK(first == &numbers[0]);
  std::size_t wrong = 0;
  for (std::uint64_t expected = 0; const std::uint64_t number : numbers)
    if (number != expected++) ++wrong;
  CHECK(wrong == 0);
  numbers.clear();
  CHECK(BlockMemory::of_process().bytes_aside() == 0);
}

TEST_CASE("an array is copied with its elements, and moved with their places") {
  BlockArray<std::string> words{"one", "two", "a word that is too long to be kept in its string"};
  const BlockArray<std::string> copy = words;
  const std::string* const third = &words[2];
  const BlockArray<std::string> moved = std::move(words);
  CHECK(&moved[2] == third);
  CHECK(std::equal(moved.begin(), moved.end(), copy.begin(), copy.end()));
  CHECK(std::is_sorted(copy.begin(), copy.begin() + 2));
  CHECK(copy.end() - copy.begin() == 3);
}

namespace {

// What comes out when these have been added.
std::vector<std::uint32_t> sorted_by_runs(const std::vector<std::uint32_t>& numbers) {
  SortedRuns<std::uint32_t> runs;
  for (const std::uint32_t number : numbers) runs.add(number);
  CHECK(runs.size() == numbers.size());
  runs.sort();
  std::vector<std::uint32_t> sorted;
  for (; sorted.size() < numbers.size(); runs.pop()) sorted.push_back(runs.front());
  return sorted;
}

}  // namespace

TEST_CASE("what is sorted by runs comes out in order, of whole and of broken blocks") {
  constexpr std::size_t k_run = BlockArray<std::uint32_t>::k_in_block;
  for (const std::size_t count :
       {std::size_t{0}, std::size_t{1}, k_run - 1, k_run, k_run + 1, 2 * k_run, 10 * k_run + 7}) {
    std::vector<std::uint32_t> numbers(count);
    std::uint32_t number = 1;
    for (std::uint32_t& one : numbers) one = (number = number * 1664525 + 1013904223) >> 12U;
    std::vector<std::uint32_t> expected = numbers;
    std::sort(expected.begin(), expected.end());
    CHECK(sorted_by_runs(numbers) == expected);
  }
}
