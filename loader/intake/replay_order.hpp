// The records of all logs of a load in the order in which they are replayed.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "loader/intake/batch_log.hpp"
#include "loader/intake/merge.hpp"
#include "loader/intake/minute_order.hpp"
#include "loader/memory/large_vector.hpp"

namespace offcirc {

struct OrderedRecord {
  std::uint32_t log = 0;       ///< index
  std::uint32_t position = 0;  ///< among the transactions of the log
  bool is_moved = false;       ///< see order_minute()
};

/// Gives one record after the other: by occurred_at, library, station, position in the log and identity, but for what
/// order_minute() moves. Names of files and the order of `logs` have no influence.
class ReplayOrder {
 public:
  /// The logs stay where they are. `strip` are scanner characters that IDs lose (strip_id).
  ReplayOrder(const std::vector<BatchLog>& logs, std::string_view strip);
  ReplayOrder(const ReplayOrder&) = delete;
  ReplayOrder& operator=(const ReplayOrder&) = delete;

  /// None: that was all.
  std::optional<OrderedRecord> next();
  [[nodiscard]] std::uint64_t size() const { return m_items.size(); }

 private:
  void add_items();
  void cut_into_runs();
  [[nodiscard]] std::weak_ordering compare_written(const Merged& a, const Merged& b) const;
  [[nodiscard]] std::optional<OrderedRecord> next_merged();
  void take_minute(OrderedRecord first);
  [[nodiscard]] MinuteRecord minute_record(const OrderedRecord& of) const;
  [[nodiscard]] Seconds time_of(const OrderedRecord& of) const;

  const std::vector<BatchLog>& m_logs;
  std::string_view m_strip;
  LargeVector<RunItem> m_items;  // of one log after the other
  std::vector<Run> m_runs;
  std::vector<std::uint32_t> m_log_of_run;
  bool m_orders_minutes = false;  // there are several logs without seconds
  std::optional<RunMerge> m_merge;
  std::optional<OrderedRecord> m_next_minute;  // the first record after m_minute
  std::vector<OrderedRecord> m_minute;         // of one time, in their order
  std::size_t m_given = 0;                     // so many of m_minute
};

}  // namespace offcirc
