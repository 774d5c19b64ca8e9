// Turns results into the upload files of a library system: what goes into which file, in which order, and what must be
// entered by hand because the system's format can't say it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/journal/send_queue.hpp"
#include "loader/journal/sendable.hpp"

namespace offcirc {

struct UploadFile {
  std::string path;                                   ///< below the folder of the send
  std::string library;                                ///< code; empty: the file is for all libraries
  std::string text;                                   ///< in the encoding of the system
  std::array<std::uint64_t, k_kind_count> records{};  ///< by kind, as the file says it
};

/// A result that no file holds.
struct ByHand {
  const SendableResult* result = nullptr;
  std::string why;  ///< the end of a sentence
};

/// Something that the files leave out of transactions that they hold.
struct LossCount {
  std::string_view what;  ///< such as "due date"
  std::uint64_t count = 0;
  ResultName first;
};

struct UploadPlan {
  std::vector<UploadFile> files;      ///< in the order in which they are uploaded
  std::vector<SendMessage> messages;  ///< of all results that are in a file or by hand
  std::vector<ByHand> by_hand;
  std::vector<LossCount> left_out;
  /// Results that stay unsent, because the configuration does not say enough about their library.
  std::vector<ByHand> not_ready;
};

struct UploadOptions {
  std::string system;        ///< one of written_formats()
  bool per_station = false;  ///< symphony: a file for each station instead of one for all
};

/// `results` are in replay order and must outlive the plan. The same results and configuration give the same files.
UploadPlan plan_upload(const std::vector<SendableResult>& results, const UploadOptions& options, const Config& config);

}  // namespace offcirc
