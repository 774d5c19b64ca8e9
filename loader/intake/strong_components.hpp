// Finds the knots of a graph: nodes that can be reached from each other in a circle.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace offcirc {

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

}  // namespace offcirc
