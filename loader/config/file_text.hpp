// The whole text of a file that the operator keeps: the config, the circulation map, a delinquent list.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <variant>

namespace offcirc {

/// Why a file can't be read, as the end of a sentence: `no such file or directory`.
struct Unreadable {
  std::string reason;
};

/// None that an operator keeps comes near; a device such as /dev/zero has no end.
inline constexpr std::size_t k_max_file_text_bytes = std::size_t{256} << 20U;

std::variant<std::string, Unreadable> read_file_text(const std::filesystem::path& file);

}  // namespace offcirc
