#include "loader/config/file_text.hpp"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace offcirc {
namespace {

Unreadable reason_of(int error) {
  return {std::generic_category().message(error)};
}

}  // namespace

std::variant<std::string, Unreadable> read_file_text(const std::filesystem::path& file) {
  const auto close = [](std::FILE* opened) { std::fclose(opened); };
  const std::unique_ptr<std::FILE, decltype(close)> opened(std::fopen(file.c_str(), "rbe"), close);
  if (!opened) return reason_of(errno);
  std::string text;
  char buffer[16 * 1024];
  for (std::size_t size; (size = std::fread(buffer, 1, sizeof buffer, opened.get())) > 0;) {
    text.append(buffer, size);
    if (text.size() > k_max_file_text_bytes) return Unreadable{"It is larger than 256 MiB"};
  }
  // A folder can be opened, but not read.
  if (std::ferror(opened.get()) != 0) return reason_of(errno);
  return text;
}

}  // namespace offcirc
