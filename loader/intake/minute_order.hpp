// Orders what several desks recorded in one minute, where their logs have no seconds: a check-in goes before the next
// checkout of the item.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/transaction.hpp"

namespace offcirc {

// Finds the knots of a graph: nodes that can be reached from each other in a circle.

/// A directed graph of nodes 0 to `nodes` - 1, by the edges that leave each.
class Graph {
 public:
  using Edge = std::pair<std::uint32_t, std::uint32_t>;  ///< from, to

  /// The edges of a node stay in the order of `edges`.
  Graph(std::uint32_t nodes, std::span<const Edge> edges);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_begin.size() - 1); }
  [[nodiscard]] std::span<const std::uint32_t> from(std::uint32_t node) const {
    return std::span(m_to).subspan(m_begin[node], m_begin[node + 1] - m_begin[node]);
  }

 private:
  std::vector<std::uint32_t> m_begin, m_to;
};

/// By node, the number of its strongly connected component. Linear in nodes and edges, and without recursion.
std::vector<std::uint32_t> strong_components(const Graph& graph);

// Orders what several desks recorded in one minute, where their logs have no seconds: a book that one desk took back
// and another lent out was first taken back, whichever log happens to go first.

/// A record, as far as its order within a minute is concerned.
struct MinuteRecord {
  std::uint32_t log = 0;
  Kind kind = Kind::checkout;
  bool has_minute_only = false;  ///< its log says minutes, no seconds, and says the time of this record itself
  std::string_view item_id;      ///< empty: it names none
};

struct MinutePlace {
  std::uint32_t record = 0;  ///< index
  bool is_moved = false;     ///< a check-in that goes before a checkout of its item which was before it

  friend bool operator==(const MinutePlace&, const MinutePlace&) = default;
};

/// `records` are of one time and in replay order. Returns the order in which they are replayed: a check-in, and what
/// its log has before it, goes before another log's checkout of the same item, if that leaves each log in its own
/// order; where it doesn't, and for all else, the order stays. A checkout directly after a check-in of the item in its
/// own log waits for no other. Linear but for one sort. The numbers of logs only tell them apart.
std::vector<MinutePlace> order_minute(std::span<const MinuteRecord> records);

}  // namespace offcirc
