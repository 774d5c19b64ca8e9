#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <random>
#include <tuple>
#include <vector>

#include "loader/intake/merge.hpp"

using namespace offcirc;

namespace {

using Items = std::vector<RunItem>;
using Key = std::tuple<Seconds, std::uint32_t, std::uint32_t, std::uint32_t>;

Key key_of(const Run& run, const RunItem& item) {
  return {item.occurred_at, item.place, item.position, run.log_rank};
}

// The rank of the log and the position of each item, in merge order; the order of the runs must not change it.
std::vector<std::pair<std::uint32_t, std::uint32_t>> merged(const std::vector<Run>& runs) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order;
  RunMerge merge(runs);
  while (const std::optional<Merged> m = merge.next())
    order.emplace_back(runs[m->run].log_rank, runs[m->run].items[m->item].position);
  return order;
}

// The naive way: an item never precedes its predecessor in the run, so it is sorted by the greatest key so far.
std::vector<std::pair<std::uint32_t, std::uint32_t>> sorted_naively(const std::vector<Run>& runs) {
  std::vector<std::pair<Key, std::pair<std::uint32_t, std::uint32_t>>> all;
  for (const Run& run : runs) {
    Key greatest{INT64_MIN, 0, 0, 0};
    for (const RunItem& item : run.items) {
      greatest = std::max(greatest, key_of(run, item));
      all.push_back({greatest, {run.log_rank, item.position}});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order;
  for (const auto& entry : all) order.push_back(entry.second);
  return order;
}

bool aborts(const Run& run) {
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);
    if (std::freopen("/dev/null", "w", stderr) == nullptr) ::_exit(1);
    const RunMerge merge({&run, 1});
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

using Order = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

}  // namespace

TEST_CASE("merging nothing yields nothing") {
  CHECK(merged({}).empty());
  CHECK(merged({{0, {}}}).empty());
}

TEST_CASE("the earlier transaction goes first, whatever the order of the runs") {
  const Items a{{100, 0, 0}, {300, 0, 1}}, b{{200, 1, 0}, {400, 1, 1}};
  const Order expected{{0, 0}, {1, 0}, {0, 1}, {1, 1}};
  CHECK(merged({{0, a}, {1, b}}) == expected);
  CHECK(merged({{1, b}, {0, a}}) == expected);
}

TEST_CASE("within a second, the place decides, then the position, then the rank of the log") {
  const Items later_place{{100, 2, 0}}, earlier_place{{100, 1, 0}};
  CHECK(merged({{0, later_place}, {1, earlier_place}}) == Order{{1, 0}, {0, 0}});
  CHECK(merged({{1, earlier_place}, {0, later_place}}) == Order{{1, 0}, {0, 0}});
  const Items same{{100, 1, 0}};
  CHECK(merged({{7, same}, {5, same}}) == Order{{5, 0}, {7, 0}});
  const Items second_run{{100, 1, 9}};
  CHECK(merged({{5, second_run}, {5, same}}) == Order{{5, 0}, {5, 9}});
  CHECK(merged({{5, second_run}, {7, same}}) == Order{{7, 0}, {5, 9}});
}

TEST_CASE("the order of ties decides between items of one time and place, and is queried for no others") {
  const Items a{{100, 1, 0}, {100, 1, 1}, {200, 1, 2}}, b{{100, 1, 0}, {100, 1, 1}, {201, 1, 2}};
  const std::vector<Run> runs{{0, a}, {1, b}};
  std::size_t asked = 0;
  // All of b goes before all of a.
  const auto order_of_ties = [&](const Merged& x, const Merged& y) -> std::weak_ordering {
    ++asked;
    CHECK(x.item < 2);
    CHECK(y.item < 2);
    return y.run <=> x.run;
  };
  RunMerge merge(runs, order_of_ties);
  std::vector<Merged> order;
  while (const std::optional<Merged> next = merge.next()) order.push_back(*next);
  CHECK(order == std::vector<Merged>{{1, 0}, {1, 1}, {0, 0}, {0, 1}, {0, 2}, {1, 2}});
  CHECK(asked > 0);
}

TEST_CASE("the written order within a run is kept if places alternate in the same second") {
  const Items a{{100, 5, 0}, {100, 1, 1}}, b{{100, 3, 0}, {100, 6, 1}};
  const Order expected{{1, 0}, {0, 0}, {0, 1}, {1, 1}};
  CHECK(merged({{0, a}, {1, b}}) == expected);
  CHECK(merged({{1, b}, {0, a}}) == expected);
}

TEST_CASE("on random runs in any order, merging equals sorting") {
  std::mt19937 random(20260612);
  for (int round = 0; round < 500; ++round) {
    std::vector<Items> items(random() % 6 + 1);
    std::vector<Run> runs;
    for (std::uint32_t log = 0; log < items.size(); ++log) {
      Seconds time = random() % 4;
      const std::size_t count = random() % 12;
      for (std::uint32_t i = 0; i < count; ++i) {
        time += random() % 3 == 0 ? random() % 3 : 0;
        items[log].push_back({time, static_cast<std::uint32_t>(random() % 3), i});
      }
    }
    for (std::uint32_t log = 0; log < items.size(); ++log) runs.push_back({log, items[log]});
    const Order expected = sorted_naively(runs);
    CHECK(merged(runs) == expected);
    std::reverse(runs.begin(), runs.end());
    CHECK(merged(runs) == expected);
    std::shuffle(runs.begin(), runs.end(), random);
    CHECK(merged(runs) == expected);
  }
}

TEST_CASE("a run that does not ascend is a bug and aborts the program") {
  const Items steps_back{{200, 0, 0}, {100, 0, 1}}, same_position{{100, 0, 4}, {200, 0, 4}},
      fine{{100, 0, 0}, {100, 0, 1}};
  CHECK(aborts({0, steps_back}));
  CHECK(aborts({0, same_position}));
  CHECK_FALSE(aborts({0, fine}));
}
