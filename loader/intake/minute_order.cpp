#include "loader/intake/minute_order.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace offcirc {

namespace {

constexpr std::uint32_t k_unseen = std::numeric_limits<std::uint32_t>::max();

/// Tarjan's algorithm, with an explicit stack instead of recursion.
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

namespace {

constexpr std::uint32_t k_nothing = std::numeric_limits<std::uint32_t>::max();

/// What one log does with one item in the minute, as indices of records.
struct ItemAtDesk {
  std::uint32_t log = 0;
  std::uint32_t last_checkin = k_nothing;
  /// The first checkout that does not directly follow a check-in of the item in the same log.
  std::uint32_t open_checkout = k_nothing;
};

/// An item that more than one log names in the minute.
struct SharedItem {
  std::vector<ItemAtDesk> desks;
  std::vector<std::uint32_t> records;
};

/// Finds the least record of all logs but one, without comparing each pair of logs.
class LeastOfOthers {
 public:
  void add(std::uint32_t record, std::uint32_t log) {
    if (record < m_least) {
      if (log != m_log) m_least_of_others = m_least;
      m_least = record;
      m_log = log;
    } else if (log != m_log) {
      m_least_of_others = std::min(m_least_of_others, record);
    }
  }
  /// k_nothing if there is none.
  [[nodiscard]] std::uint32_t besides(std::uint32_t log) const { return log == m_log ? m_least_of_others : m_least; }

 private:
  std::uint32_t m_least = k_nothing, m_log = k_nothing, m_least_of_others = k_nothing;
};

bool is_out_of_order(const SharedItem& item) {
  LeastOfOthers checkouts;
  for (const ItemAtDesk& desk : item.desks) checkouts.add(desk.open_checkout, desk.log);
  return std::any_of(item.desks.begin(), item.desks.end(), [&](const ItemAtDesk& desk) {
    return desk.last_checkin != k_nothing && checkouts.besides(desk.log) < desk.last_checkin;
  });
}

class MinuteOrderer {
 public:
  explicit MinuteOrderer(std::span<const MinuteRecord> records) : m_records(records) {}

  std::vector<MinutePlace> run() {
    number_logs();
    find_shared_items();
    if (std::none_of(m_items.begin(), m_items.end(), is_out_of_order)) {
      for (std::uint32_t i = 0; i < size(); ++i) m_places.push_back({i, false});
    } else {
      visit_all();
      for (SharedItem& item : m_items) mark_moved(item);
    }
    return std::move(m_places);
  }

 private:
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_records.size()); }

  // Renumbers the logs by first use, because a log's number in the batch depends on its name.
  void number_logs() {
    std::unordered_map<std::uint32_t, std::uint32_t> numbers;
    m_log_of.reserve(size());
    for (const MinuteRecord& record : m_records)
      m_log_of.push_back(numbers.try_emplace(record.log, static_cast<std::uint32_t>(numbers.size())).first->second);
  }

  static bool takes_part(const MinuteRecord& record) {
    return record.has_minute_only && !record.item_id.empty() &&
           (record.kind == Kind::checkin || record.kind == Kind::checkout);
  }

  void find_shared_items() {
    std::vector<std::uint32_t> parts;
    for (std::uint32_t i = 0; i < size(); ++i)
      if (takes_part(m_records[i])) parts.push_back(i);
    std::sort(parts.begin(), parts.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::tie(m_records[a].item_id, m_log_of[a], a) < std::tie(m_records[b].item_id, m_log_of[b], b);
    });
    for (auto first = parts.begin(); first != parts.end();) {
      const auto end = std::find_if(first, parts.end(),
                                    [&](std::uint32_t i) { return m_records[i].item_id != m_records[*first].item_id; });
      if (m_log_of[*first] != m_log_of[*(end - 1)]) add_item({first, end});
      first = end;
    }
  }

  // `records` are sorted by log, then in replay order.
  void add_item(std::span<const std::uint32_t> records) {
    SharedItem& item = m_items.emplace_back();
    item.records.assign(records.begin(), records.end());
    bool is_after_checkin = false;
    for (const std::uint32_t i : records) {
      if (item.desks.empty() || item.desks.back().log != m_log_of[i]) {
        item.desks.push_back({.log = m_log_of[i]});
        is_after_checkin = false;
      }
      ItemAtDesk& desk = item.desks.back();
      const bool is_checkin = m_records[i].kind == Kind::checkin;
      if (is_checkin)
        desk.last_checkin = i;
      else if (!is_after_checkin && desk.open_checkout == k_nothing)
        desk.open_checkout = i;
      is_after_checkin = is_checkin;
    }
  }

  // Edges lead from each record to what must precede it: the record before it in its log and, for an open checkout, the
  // check-ins of all other desks. Extra nodes collect these check-ins, so that not every pair of desks needs an edge.
  [[nodiscard]] Graph make_graph() const {
    std::vector<Graph::Edge> edges;
    std::vector<std::uint32_t> last_of_log(size(), k_nothing);
    for (std::uint32_t i = 0; i < size(); ++i) {
      std::uint32_t& last = last_of_log[m_log_of[i]];
      if (last != k_nothing) edges.emplace_back(i, last);
      last = i;
    }
    std::uint32_t nodes = size();
    for (const SharedItem& item : m_items) {
      const auto desks = static_cast<std::uint32_t>(item.desks.size());
      // The nodes that collect the check-ins of desks 0 to i, and of desks i to the last.
      const auto up_to = [&](std::uint32_t i) { return nodes + i; };
      const auto from = [&](std::uint32_t i) { return nodes + desks + i; };
      for (std::uint32_t i = 0; i < desks; ++i) {
        const ItemAtDesk& desk = item.desks[i];
        const bool has_before = i > 0, has_behind = i + 1 < desks;
        if (has_before) edges.emplace_back(up_to(i), up_to(i - 1));
        if (has_behind) edges.emplace_back(from(i), from(i + 1));
        if (desk.last_checkin != k_nothing) {
          edges.emplace_back(up_to(i), desk.last_checkin);
          edges.emplace_back(from(i), desk.last_checkin);
        }
        if (desk.open_checkout == k_nothing) continue;
        if (has_before) edges.emplace_back(desk.open_checkout, up_to(i - 1));
        if (has_behind) edges.emplace_back(desk.open_checkout, from(i + 1));
      }
      nodes += 2 * desks;
    }
    return {nodes, edges};
  }

  // Takes the records in replay order, but each after those that must precede it. In a knot, only the order within each
  // log counts.
  void visit_all() {
    const Graph graph = make_graph();
    const std::vector<std::uint32_t> knot_of = strong_components(graph);
    std::vector<bool> seen(graph.size());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> visits;  // node, and the index of its next edge
    const auto enter = [&](std::uint32_t node) {
      if (seen[node]) return;
      seen[node] = true;
      visits.emplace_back(node, 0);
    };
    for (std::uint32_t i = 0; i < size(); ++i) {
      enter(i);
      while (!visits.empty()) {
        const std::uint32_t node = visits.back().first;
        const std::span<const std::uint32_t> edges = graph.from(node);
        if (visits.back().second == edges.size()) {
          if (node < size()) m_places.push_back({node, false});
          visits.pop_back();
          continue;
        }
        const std::uint32_t to = edges[visits.back().second++];
        const bool is_within_log = node < size() && to < size();
        if (is_within_log || knot_of[node] != knot_of[to]) enter(to);
      }
    }
    m_place_of.resize(size());
    for (std::uint32_t place = 0; place < size(); ++place) m_place_of[m_places[place].record] = place;
  }

  void mark_moved(SharedItem& item) {
    std::sort(item.records.begin(), item.records.end(),
              [&](std::uint32_t a, std::uint32_t b) { return m_place_of[a] > m_place_of[b]; });
    LeastOfOthers checkouts;  // those that come after the record at hand
    for (const std::uint32_t i : item.records) {
      if (m_records[i].kind == Kind::checkout)
        checkouts.add(i, m_log_of[i]);
      else
        m_places[m_place_of[i]].is_moved = checkouts.besides(m_log_of[i]) < i;
    }
  }

  std::span<const MinuteRecord> m_records;
  std::vector<std::uint32_t> m_log_of;
  std::vector<SharedItem> m_items;
  std::vector<MinutePlace> m_places;
  std::vector<std::uint32_t> m_place_of;
};

}  // namespace

std::vector<MinutePlace> order_minute(std::span<const MinuteRecord> records) {
  return MinuteOrderer(records).run();
}

}  // namespace offcirc
