// The commented sample configuration that a new library system starts from.
#pragma once

#include <filesystem>

namespace offcirc {

/// Writes offcirc.toml and circmap.csv into `folder`, which is created if it is missing. RunError if either file
/// exists; then neither is written.
void write_sample_config(const std::filesystem::path& folder);

}  // namespace offcirc
