// The transactions of a batch as the upload file of a library system, without a database: merged, on the corrected
// clock, and each once.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/model/batch.hpp"
#include "loader/runs/sorted_csv.hpp"

namespace offcirc {

/// How many transactions have something in common, and the first of them.
struct UploadTally {
  std::uint64_t count = 0;
  std::uint32_t first = k_none;  ///< index into Batch::entries

  void add(std::uint32_t entry);
};

/// A transaction that is not in the file, because the format can't say it.
struct LeftOut {
  std::uint32_t entry = 0;  ///< index into Batch::entries
  std::string_view why;
};

/// What the file does not say.
struct Upload {
  std::vector<LeftOut> left_out;                   ///< in the order of the file
  std::map<std::string_view, UploadTally> unsaid;  ///< parts of transactions that are in the file without them
  // Transactions that are left out because the system must not see them.
  UploadTally copies;            ///< duplicates of other transactions of the batch
  UploadTally done_online;       ///< the system carried them out at the time
  UploadTally refused;           ///< the system refused or canceled them at the time
  UploadTally included_edits;    ///< edits of users, which the registrations of these users include
  UploadTally perhaps_repeated;  ///< in the file, but each may repeat another one of it
  /// The libraries of the transactions in the file, if the format does not say them and they are several.
  std::vector<std::string> mixed_libraries;

  [[nodiscard]] bool says_all() const { return left_out.empty() && unsaid.empty() && mixed_libraries.empty(); }
};

/// Writes the file to `sink`. `format` is one of written_formats(); the identities of lists must be settled.
Upload write_upload_file(const Batch& batch, const Config& config, std::string_view format, const Sink& sink);

}  // namespace offcirc
