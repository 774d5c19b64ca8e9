// 'offcirc config check': the configuration as it takes effect, and what in it nobody may have meant.
#pragma once

#include <string>
#include <vector>

#include "loader/config/config.hpp"

namespace offcirc {

/// Every value with the line it is from.
std::string effective_text(const Config& config);

/// A sentence each: rows of the circulation map that are never used, loans without a row, libraries that nobody can
/// write to. Empty where there is nothing to look at.
std::vector<std::string> config_remarks(const Config& config);

}  // namespace offcirc
