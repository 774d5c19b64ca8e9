// Reads the files of the configuration: their text, and the rows of the circulation map.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

#include "loader/config/toml_tree.hpp"
#include "loader/model/policy.hpp"

namespace offcirc {

// The whole text of a file that the operator keeps: the config, the circulation map, a delinquent list.

/// Why a file can't be read, as the end of a sentence: `No such file or directory`.
struct Unreadable {
  std::string reason;
};

/// No file that an operator keeps comes close to this, but a device such as /dev/zero has no end.
inline constexpr std::size_t k_max_file_text_bytes = std::size_t{256} << 20U;

std::variant<std::string, Unreadable> read_file_text(const std::filesystem::path& file);

// The circulation map: a CSV file with the columns library, user_profile, item_type and rule. It is searched from the
// bottom up, and * matches anything.

/// Wrong rows are left out and reported, including those that name a library or profile that `policy` does not have.
CirculationMap parse_circulation_map(std::string_view csv, const Policy& policy, TroubleList& troubles);

}  // namespace offcirc
