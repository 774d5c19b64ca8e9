// Which records a load that stands has recorded already.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "formats/transaction.hpp"
#include "loader/store/sqlite.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

/// By `identities`; of those that are equal, all but the first count as recorded too.
std::vector<bool> find_recorded(Database& database, std::span<const Identity> identities);

/// What became of a record, by the newest load that stands and had it.
struct RecordedAs {
  std::int64_t load = 0;
  Seconds occurred_at = k_no_time;  ///< UTC
  bool is_loaded = false;           ///< it was, with or without something to do
};

/// By `identities`; none of what no load has recorded.
std::vector<std::optional<RecordedAs>> find_recorded_as(Database& database, std::span<const Identity> identities);

}  // namespace offcirc
