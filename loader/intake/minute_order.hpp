// Orders the records that several desks made in one minute when their logs have no seconds: an item's check-in goes
// before its next checkout, whichever log happens to come first.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/transaction.hpp"

namespace offcirc {

// Finds the knots of a graph: sets of nodes that can all be reached from each other.

/// A directed graph of nodes 0 to `nodes` - 1, stored as the edges that leave each node.
class Graph {
 public:
  using Edge = std::pair<std::uint32_t, std::uint32_t>;  ///< from, to

  /// The edges of each node keep their order in `edges`.
  Graph(std::uint32_t nodes, std::span<const Edge> edges);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_begin.size() - 1); }
  [[nodiscard]] std::span<const std::uint32_t> from(std::uint32_t node) const {
    return std::span(m_to).subspan(m_begin[node], m_begin[node + 1] - m_begin[node]);
  }

 private:
  std::vector<std::uint32_t> m_begin, m_to;
};

/// Returns, by node, the number of its strongly connected component. Linear in nodes and edges, and without recursion.
std::vector<std::uint32_t> strong_components(const Graph& graph);

/// What the order of a record within its minute depends on.
struct MinuteRecord {
  std::uint32_t log = 0;
  Kind kind = Kind::checkout;
  bool has_minute_only = false;  ///< its log gives the time of this record, to the minute only
  std::string_view item_id;      ///< empty: it names none
};

struct MinutePlace {
  std::uint32_t record = 0;  ///< index
  bool is_moved = false;     ///< a check-in that now goes before a checkout of its item that preceded it

  friend bool operator==(const MinutePlace&, const MinutePlace&) = default;
};

/// `records` have the same time and are in replay order. Returns the order in which to replay them. A check-in,
/// together with what precedes it in its log, moves before another log's checkout of the same item, provided that each
/// log keeps its own order. Otherwise, and for all other records, the order stays. A checkout that directly follows a
/// check-in of the item in its own log does not wait for other logs. Linear except for one sort. Log numbers only tell
/// logs apart.
std::vector<MinutePlace> order_minute(std::span<const MinuteRecord> records);

}  // namespace offcirc
