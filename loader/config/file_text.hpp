// The whole text of a file that the operator keeps: the config, the circulation map.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

namespace offcirc {

/// Why a file can't be read, as the end of a sentence: `no such file or directory`.
struct Unreadable {
  std::string reason;
};

std::variant<std::string, Unreadable> read_file_text(const std::filesystem::path& file);

}  // namespace offcirc
