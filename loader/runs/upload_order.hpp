// The order of an upload file, and the time of each of its transactions.
#pragma once

#include <cstdint>
#include <vector>

#include "loader/model/batch.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// A transaction at its place in the file.
struct UploadPlace {
  std::uint32_t entry = 0;      ///< index into Batch::entries
  Seconds at = 0;               ///< UTC
  bool says_discharge = false;  ///< `at` is when the item came back, so that its date of discharge need not be written
  bool passes_another = false;  ///< the item came back before another transaction of it, so `at` can't be that time
};

/// Returns all entries but those in `is_hidden`, which is by Batch::entries. For a format that `says_discharge`, the
/// order and the times are those of the batch. In any other, a check-in stands where the item came back: at its date of
/// discharge, or at the end of that day, but not after the time of the transaction.
std::vector<UploadPlace> upload_order(const Batch& batch, const std::vector<bool>& is_hidden, const Zone& zone,
                                      bool says_discharge);

}  // namespace offcirc
