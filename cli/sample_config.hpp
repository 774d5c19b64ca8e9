// The commented configuration that a new library system starts from.
#pragma once

#include <filesystem>

namespace offcirc {

/// Writes offcirc.toml and circmap.csv into `folder`, which is made where there is none. RunError where one of them is
/// there already: then neither is written.
void write_sample_config(const std::filesystem::path& folder);

}  // namespace offcirc
