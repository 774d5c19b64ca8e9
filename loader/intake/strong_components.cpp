#include "loader/intake/strong_components.hpp"

#include <algorithm>
#include <limits>

namespace offcirc {
namespace {

constexpr std::uint32_t k_unseen = std::numeric_limits<std::uint32_t>::max();

/// Tarjan's algorithm, with a stack of its own for the nodes that are being visited.
class Tarjan {
 public:
  explicit Tarjan(const Graph& graph)
      : m_graph(graph),
        m_order(graph.size(), k_unseen),
        m_lowest(graph.size(), 0),
        m_component(graph.size(), k_unseen) {}

  std::vector<std::uint32_t> run() {
    for (std::uint32_t node = 0; node < m_graph.size(); ++node) {
      if (m_order[node] != k_unseen) continue;
      enter(node);
      while (!m_visits.empty()) step();
    }
    return std::move(m_component);
  }

 private:
  struct Visit {
    std::uint32_t node;
    std::uint32_t next_edge;
  };

  void enter(std::uint32_t node) {
    m_order[node] = m_lowest[node] = m_next_order++;
    m_open.push_back(node);
    m_visits.push_back({node, 0});
  }

  void step() {
    const std::uint32_t node = m_visits.back().node;
    const std::span<const std::uint32_t> edges = m_graph.from(node);
    if (m_visits.back().next_edge == edges.size()) return leave(node);
    const std::uint32_t to = edges[m_visits.back().next_edge++];
    if (m_order[to] == k_unseen)
      enter(to);
    else if (m_component[to] == k_unseen)
      m_lowest[node] = std::min(m_lowest[node], m_order[to]);
  }

  void leave(std::uint32_t node) {
    m_visits.pop_back();
    if (!m_visits.empty()) {
      const std::uint32_t parent = m_visits.back().node;
      m_lowest[parent] = std::min(m_lowest[parent], m_lowest[node]);
    }
    if (m_lowest[node] != m_order[node]) return;
    std::uint32_t member = k_unseen;
    do {
      member = m_open.back();
      m_open.pop_back();
      m_component[member] = m_next_component;
    } while (member != node);
    ++m_next_component;
  }

  const Graph& m_graph;
  std::vector<std::uint32_t> m_order, m_lowest, m_component;
  std::vector<std::uint32_t> m_open;
  std::vector<Visit> m_visits;
  std::uint32_t m_next_order = 0, m_next_component = 0;
};

}  // namespace

Graph::Graph(std::uint32_t nodes, std::span<const Edge> edges) : m_begin(nodes + 1), m_to(edges.size()) {
  for (const Edge& edge : edges) ++m_begin[edge.first + 1];
  for (std::uint32_t node = 0; node < nodes; ++node) m_begin[node + 1] += m_begin[node];
  std::vector<std::uint32_t> next(m_begin.begin(), m_begin.end() - 1);
  for (const Edge& edge : edges) m_to[next[edge.first]++] = edge.second;
}

std::vector<std::uint32_t> strong_components(const Graph& graph) {
  return Tarjan(graph).run();
}

}  // namespace offcirc
