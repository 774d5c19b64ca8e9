#include <doctest/doctest.h>
#include <stdlib.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "loader/memory/block_array.hpp"
#include "loader/memory/pages.hpp"
#include "tests/temp_folder.hpp"

using namespace offcirc;

namespace {

constexpr std::size_t k_in_block = BlockArray<std::uint64_t>::k_in_block;

// The numbers 0, 1, 2, and so on.
BlockArray<std::uint64_t> make_numbers(std::size_t count) {
  BlockArray<std::uint64_t> numbers;
  while (numbers.size() < count) numbers.push_back(numbers.size());
  return numbers;
}

bool are_from_zero(const BlockArray<std::uint64_t>& numbers) {
  for (std::uint64_t expected = 0; const std::uint64_t number : numbers)
    if (number != expected++) return false;
  return true;
}

// Sets TMPDIR to this folder for the lifetime of the object.
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

// The number of mapped bytes of this process.
std::size_t mapped_bytes() {
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * whole_pages(1);
}

}  // namespace

TEST_CASE("elements keep their addresses while an array grows over several blocks") {
  BlockArray<std::uint64_t> numbers;
  numbers.push_back(0);
  const std::uint64_t* const first = &numbers.front();
  while (numbers.size() < 9 * k_in_block + 1) numbers.push_back(numbers.size());
  CHECK(first == &numbers[0]);
  CHECK(are_from_zero(numbers));
}

TEST_CASE("closing an array frees the rest of its last block and keeps its elements") {
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, k_in_block - 1, k_in_block, k_in_block + 1}) {
    BlockArray<std::uint64_t> numbers = make_numbers(count);
    numbers.close();
    CHECK(numbers.size() == count);
    CHECK(are_from_zero(numbers));
  }
}

TEST_CASE("an array returns its blocks to the system, and nothing is written to a file") {
  const TempFolder folder;
  const TemporaryFilesIn files(folder.path());
  const std::size_t before = mapped_bytes();
  {
    const BlockArray<std::uint64_t> numbers = make_numbers(20 * k_in_block);
    CHECK(mapped_bytes() - before >= 20 * k_large_page_bytes);
    for (const auto& descriptor : std::filesystem::directory_iterator("/proc/self/fd")) {
      std::error_code gone;  // ignored: a descriptor may be closed by now
      const std::filesystem::path file = std::filesystem::read_symlink(descriptor.path(), gone);
      CHECK_MESSAGE(!file.string().starts_with(folder.path().string()), file.string());
    }
  }
  CHECK(mapped_bytes() - before < 2 * k_large_page_bytes);
}

TEST_CASE("copying an array copies its elements; moving it keeps their addresses") {
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

// The output after adding these numbers.
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

TEST_CASE("sorting by runs yields sorted output, with full and partial blocks") {
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
