// The README.txt beside upload files: what to upload where and in which order, and what to enter by hand.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/journal/sendable.hpp"
#include "loader/send/upload_plan.hpp"

namespace offcirc {

struct UploadHead {
  std::int64_t send = 0;
  Seconds at = 0;  ///< UTC
  std::string system;
};

/// 80 columns of UTF-8 text. It names users by ID only. `results` are those that the plan was made from.
std::string upload_readme(const UploadHead& head, const UploadPlan& plan, const std::vector<SendableResult>& results,
                          const Config& config);

/// `120 transactions in 2 files`
std::string files_words(const UploadPlan& plan);

}  // namespace offcirc
