#include "loader/intake/merge.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <tuple>
#include <vector>

namespace offcirc {
namespace {

/// The first item of a run that has not been taken yet.
struct Head {
  RunItem key;
  std::uint32_t log_rank;
  std::uint32_t run;
  std::uint32_t item;
};

bool goes_before(const Head& a, const Head& b) {
  return std::tie(a.key.occurred_at, a.key.place, a.log_rank, a.key.position) <
         std::tie(b.key.occurred_at, b.key.place, b.log_rank, b.key.position);
}

// The heap functions of the standard library keep the greatest in front.
bool goes_behind(const Head& a, const Head& b) {
  return goes_before(b, a);
}

void require_ascending(const Run& run) {
  const auto wrong = [](const RunItem& a, const RunItem& b) {
    return b.occurred_at < a.occurred_at || b.position <= a.position;
  };
  if (std::ranges::adjacent_find(run.items, wrong) == run.items.end()) return;
  std::fputs("offcirc: a bug: merge_runs was given a run that does not ascend\n", stderr);
  std::abort();
}

std::vector<Head> heads_of(std::span<const Run> runs) {
  std::vector<Head> heads;
  for (std::uint32_t i = 0; i < runs.size(); ++i) {
    require_ascending(runs[i]);
    if (!runs[i].items.empty()) heads.push_back({runs[i].items[0], runs[i].log_rank, i, 0});
  }
  std::make_heap(heads.begin(), heads.end(), goes_behind);
  return heads;
}

}  // namespace

LargeVector<Merged> merge_runs(std::span<const Run> runs) {
  std::vector<Head> heads = heads_of(runs);
  std::size_t total = 0;
  for (const Run& run : runs) total += run.items.size();
  LargeVector<Merged> order;
  order.reserve(total);
  while (!heads.empty()) {
    std::pop_heap(heads.begin(), heads.end(), goes_behind);
    Head& head = heads.back();
    const std::span<const RunItem> items = runs[head.run].items;
    // A station often goes on for many lines before another has its turn: no need to ask the heap each time.
    bool first;
    do {
      order.push_back({head.run, head.item});
      if (++head.item == items.size()) break;
      head.key = items[head.item];
      first = heads.size() == 1 || goes_before(head, heads.front());
    } while (first);
    if (head.item == items.size()) {
      heads.pop_back();
    } else {
      std::push_heap(heads.begin(), heads.end(), goes_behind);
    }
  }
  return order;
}

}  // namespace offcirc
