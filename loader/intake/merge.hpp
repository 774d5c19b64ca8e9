// Puts the logs of many stations into one order: as if all of it had been recorded at one desk.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "formats/stamp.hpp"

namespace offcirc {

/// One transaction, as far as the order is concerned.
struct RunItem {
  Seconds occurred_at = 0;
  std::uint32_t place = 0;     ///< rank of (library code, station) among those of the batch; bytewise, nothing first
  std::uint32_t position = 0;  ///< among the transactions of its log
};

/// A stretch of a log in which time never steps back.
struct Run {
  std::uint32_t log_rank = 0;  ///< decides last, between copies of one record; the same for all runs of a log
  std::span<const RunItem> items;
};

struct Merged {
  std::uint32_t run;
  std::uint32_t item;

  friend bool operator==(const Merged&, const Merged&) = default;
};

/// Gives all items of all runs in replay order, one after the other: by occurred_at, place, the order of ties,
/// position and log_rank. The written order within a run is kept: an item that would go before its predecessor follows
/// it at once. The order of `runs` has no influence.
/// \pre In each run occurred_at does not descend and position ascends; no two items have both log_rank and position in
/// common. Aborts where the first two are not so.
class RunMerge {
 public:
  /// Compares two items of one time and place by all that is known of them, and is asked for no others.
  using TieOrder = std::function<std::weak_ordering(const Merged& a, const Merged& b)>;

  /// The runs stay where they are.
  explicit RunMerge(std::span<const Run> runs, TieOrder tie_order = {});
  /// None: that was all.
  std::optional<Merged> next();

 private:
  /// The first item of a run that has not been taken yet.
  struct Head {
    RunItem key;
    std::uint32_t log_rank;
    std::uint32_t run;
    std::uint32_t item;
  };

  [[nodiscard]] bool goes_before(const Head& a, const Head& b) const;
  [[nodiscard]] auto goes_behind() const {
    return [this](const Head& a, const Head& b) { return goes_before(b, a); };
  }
  void take_least();

  std::span<const Run> m_runs;
  TieOrder m_tie_order;
  std::vector<Head> m_heads;  // behind a heap of the others the one that is next
};

}  // namespace offcirc
