#include "loader/intake/merge.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace offcirc {
namespace {

void require_ascending(const Run& run) {
  const auto wrong = [](const RunItem& a, const RunItem& b) {
    return b.occurred_at < a.occurred_at || b.position <= a.position;
  };
  if (std::ranges::adjacent_find(run.items, wrong) == run.items.end()) return;
  std::fputs("offcirc: a bug: RunMerge was given a run that does not ascend\n", stderr);
  std::abort();
}

}  // namespace

bool RunMerge::goes_before(const Head& a, const Head& b) const {
  if (a.key.occurred_at != b.key.occurred_at) return a.key.occurred_at < b.key.occurred_at;
  if (a.key.place != b.key.place) return a.key.place < b.key.place;
  if (m_tie_order)
    if (const auto order = m_tie_order({a.run, a.item}, {b.run, b.item}); order != 0) return order < 0;
  if (a.key.position != b.key.position) return a.key.position < b.key.position;
  return a.log_rank < b.log_rank;
}

RunMerge::RunMerge(std::span<const Run> runs, TieOrder tie_order) : m_runs(runs), m_tie_order(std::move(tie_order)) {
  for (std::uint32_t i = 0; i < runs.size(); ++i) {
    require_ascending(runs[i]);
    if (!runs[i].items.empty()) m_heads.push_back({runs[i].items[0], runs[i].log_rank, i, 0});
  }
  std::make_heap(m_heads.begin(), m_heads.end(), goes_behind());
  take_least();
}

// The heap functions of the standard library keep the greatest in front.
void RunMerge::take_least() {
  if (!m_heads.empty()) std::pop_heap(m_heads.begin(), m_heads.end(), goes_behind());
}

std::optional<Merged> RunMerge::next() {
  if (m_heads.empty()) return std::nullopt;
  Head& head = m_heads.back();
  const Merged merged{head.run, head.item};
  const std::span<const RunItem> items = m_runs[head.run].items;
  if (++head.item == items.size()) {
    m_heads.pop_back();
    take_least();
    return merged;
  }
  head.key = items[head.item];
  // A station often goes on for many lines before another has its turn: no need to ask the heap each time.
  if (m_heads.size() == 1 || goes_before(head, m_heads.front())) return merged;
  std::push_heap(m_heads.begin(), m_heads.end(), goes_behind());
  take_least();
  return merged;
}

}  // namespace offcirc
