// 'offcirc config rule': which row of the circulation map a loan falls under, why, and when it would be due.
#pragma once

#include <string>

#include "loader/config/config.hpp"

namespace offcirc {

struct RuleQuestion {
  std::string library, profile, item_type;
  Seconds at = 0;  ///< UTC: when the item is checked out
};

/// A few lines for people. UsageError where the configuration has no such library or profile.
std::string explain_rule(const RuleQuestion& question, const Config& config);

}  // namespace offcirc
