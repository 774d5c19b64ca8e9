// The replacement for libFuzzer: runs the target once on each file, and on each file in the folders, that is named.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace fs = std::filesystem;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::vector<fs::path> files_of(int count, char** paths) {
  std::vector<fs::path> files;
  for (int i = 1; i < count; ++i) {
    if (!fs::is_directory(paths[i])) {
      files.emplace_back(paths[i]);
      continue;
    }
    for (const auto& entry : fs::directory_iterator(paths[i])) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Prints a message and returns false if the file can't be read or a promise is broken.
bool replay(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) {
    std::fprintf(stderr, "%s: can't be read.\n", file.c_str());
    return false;
  }
  // Exactly as long as the input, so that a sanitizer detects a read past its end.
  const auto bytes = std::make_unique<std::uint8_t[]>(text.size());
  std::copy(text.begin(), text.end(), bytes.get());
  try {
    LLVMFuzzerTestOneInput(bytes.get(), text.size());
    return true;
  } catch (const std::exception& broken) {
    std::fprintf(stderr, "%s: %s\n", file.c_str(), broken.what());
    return false;
  }
}

}  // namespace

int main(int count, char** paths) {
  const std::vector<fs::path> files = files_of(count, paths);
  const auto kept = std::count_if(files.begin(), files.end(), replay);
  std::printf("%td of %zu inputs\n", kept, files.size());
  return !files.empty() && static_cast<std::size_t>(kept) == files.size() ? 0 : 1;
}
