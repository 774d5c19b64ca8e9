#include "loader/intake/replay_order.hpp"

#include <algorithm>
#include <span>
#include <tuple>

#include "formats/ids.hpp"

namespace offcirc {
namespace {

using PlaceName = std::pair<std::string_view, std::string_view>;

PlaceName name_of_place(const Whereabouts& place) {
  return {place.library_code, place.station};
}

std::vector<PlaceName> all_places(const std::vector<BatchLog>& logs) {
  std::vector<PlaceName> names;
  for (const BatchLog& log : logs) {
    for (const Whereabouts& place : log.placed.places) names.push_back(name_of_place(place));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

// Decides only which of two copies of a record counts as the copy: the one in the shorter log. Paths decide between
// equal logs.
std::vector<std::uint32_t> rank_logs(const std::vector<BatchLog>& logs) {
  std::vector<std::uint32_t> order(logs.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](std::uint32_t i) {
    const Log& log = logs[i].read.log;
    return std::tuple(~log.records, std::string_view(log.digest), std::string_view(log.path));
  };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  std::vector<std::uint32_t> rank(logs.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  return rank;
}

}  // namespace

ReplayOrder::ReplayOrder(const std::vector<BatchLog>& logs, std::string_view strip) : m_logs(logs), m_strip(strip) {
  add_items();
  cut_into_runs();
  const auto without_seconds =
      std::count_if(logs.begin(), logs.end(), [](const BatchLog& log) { return log.placed.has_no_seconds; });
  m_orders_minutes = without_seconds > 1;
  m_merge.emplace(m_runs, [this](const Merged& a, const Merged& b) { return compare_written(a, b); });
}

void ReplayOrder::add_items() {
  const std::vector<PlaceName> places = all_places(m_logs);
  std::uint64_t lines = 0;
  for (const BatchLog& log : m_logs) lines += log.placed.recorded_at.size();
  m_items.reserve(lines);
  for (const BatchLog& log : m_logs) {
    std::vector<std::uint32_t> rank_of_place;
    for (const Whereabouts& place : log.placed.places) {
      const auto found = std::lower_bound(places.begin(), places.end(), name_of_place(place));
      rank_of_place.push_back(static_cast<std::uint32_t>(found - places.begin()));
    }
    const auto& times = log.placed.times.occurred_at;
    for (std::uint32_t i = 0; i < times.size(); ++i)
      m_items.push_back({times[i], rank_of_place[log.placed.place_of[i]], i});
  }
}

void ReplayOrder::cut_into_runs() {
  const std::vector<std::uint32_t> rank = rank_logs(m_logs);
  std::span<const RunItem> items = m_items;
  for (std::uint32_t log = 0; log < m_logs.size(); ++log) {
    const auto& starts = m_logs[log].placed.times.run_starts;
    const std::size_t count = m_logs[log].placed.times.occurred_at.size();
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const std::size_t end = i + 1 < starts.size() ? starts[i + 1] : count;
      m_runs.push_back({rank[log], items.subspan(starts[i], end - starts[i])});
      m_log_of_run.push_back(log);
    }
    items = items.subspan(count);
  }
}

// The line first: a retry knows on which line a record was, but not how many came before it.
std::weak_ordering ReplayOrder::compare_written(const Merged& a, const Merged& b) const {
  const auto key = [&](const Merged& of) {
    const std::uint32_t position = m_runs[of.run].items[of.item].position;
    const Transaction& transaction = m_logs[m_log_of_run[of.run]].read.storage->transactions[position];
    return std::tuple(transaction.line, position, transaction.identity);
  };
  return key(a) <=> key(b);
}

std::optional<OrderedRecord> ReplayOrder::next_merged() {
  const std::optional<Merged> merged = m_merge->next();
  if (!merged) return std::nullopt;
  return OrderedRecord{m_log_of_run[merged->run], m_runs[merged->run].items[merged->item].position, false};
}

std::optional<OrderedRecord> ReplayOrder::next() {
  if (!m_orders_minutes) return next_merged();
  if (m_given == m_minute.size()) {
    const std::optional<OrderedRecord> first = m_next_minute ? std::exchange(m_next_minute, {}) : next_merged();
    if (!first) return std::nullopt;
    take_minute(*first);
  }
  return m_minute[m_given++];
}

// Only what has the same time changes its order: occurred_at never descends.
void ReplayOrder::take_minute(OrderedRecord first) {
  m_minute = {first};
  m_given = 0;
  bool has_several_logs = false;
  for (m_next_minute = next_merged(); m_next_minute && time_of(*m_next_minute) == time_of(first);
       m_next_minute = next_merged()) {
    m_minute.push_back(*m_next_minute);
    has_several_logs = has_several_logs || m_next_minute->log != first.log;
  }
  if (!has_several_logs) return;
  std::vector<MinuteRecord> records;
  records.reserve(m_minute.size());
  for (const OrderedRecord& record : m_minute) records.push_back(minute_record(record));
  std::vector<OrderedRecord> ordered;
  ordered.reserve(m_minute.size());
  for (const MinutePlace& place : order_minute(records)) {
    ordered.push_back(m_minute[place.record]);
    ordered.back().is_moved = place.is_moved;
  }
  m_minute = std::move(ordered);
}

MinuteRecord ReplayOrder::minute_record(const OrderedRecord& of) const {
  const BatchLog& log = m_logs[of.log];
  const Transaction& transaction = log.read.storage->transactions[of.position];
  return {of.log, transaction.kind, log.placed.has_no_seconds && !transaction.time_is_assumed,
          strip_id(transaction.item_id, m_strip)};
}

Seconds ReplayOrder::time_of(const OrderedRecord& of) const {
  return m_logs[of.log].placed.times.occurred_at[of.position];
}

}  // namespace offcirc
