#include "loader/intake/merge.hpp"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "formats/ids.hpp"
#include "loader/memory/pages.hpp"
#include "loader/memory/text_hash.hpp"

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

// The standard heap functions keep the greatest in front, so they are given the reverse order.
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
  // One station often has many lines in a row, so the heap is left alone unless another station is next.
  if (m_heads.size() == 1 || goes_before(head, m_heads.front())) return merged;
  std::push_heap(m_heads.begin(), m_heads.end(), goes_behind());
  take_least();
  return merged;
}

namespace {

using PlaceName = std::pair<std::string_view, std::string_view>;

PlaceName name_of_place(const DeskContext& place) {
  return {place.library_code, place.station};
}

std::vector<PlaceName> all_places(const std::vector<BatchLog>& logs) {
  std::vector<PlaceName> names;
  for (const BatchLog& log : logs) {
    for (const DeskContext& place : log.placed.places) names.push_back(name_of_place(place));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

// The rank decides only which of two equal records counts as the copy: the one in the shorter log. Between equal logs,
// their paths decide.
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
    for (const DeskContext& place : log.placed.places) {
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

// The line comes first, because a retry knows a record's line but not how many records came before it.
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

// Orders the records of one time. Only records of the same time change places, so occurred_at never descends.
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
  std::set<Identity> seen;
  for (const OrderedRecord& record : m_minute) {
    records.push_back(minute_record(record));
    const bool is_copy = !seen.insert(transaction_of(record).identity).second;
    // A copy changes nothing, so it does not tell what came first.
    if (is_copy) records.back().has_minute_only = false;
  }
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
  const Transaction& transaction = transaction_of(of);
  return {of.log, transaction.kind, log.placed.has_no_seconds && !transaction.time_is_assumed,
          strip_id(transaction.item_id, m_strip)};
}

const Transaction& ReplayOrder::transaction_of(const OrderedRecord& of) const {
  return m_logs[of.log].read.storage->transactions[of.position];
}

Seconds ReplayOrder::time_of(const OrderedRecord& of) const {
  return m_logs[of.log].placed.times.occurred_at[of.position];
}

// With a million IDs, nearly all of the time is spent waiting for memory. Each step therefore handles a whole block of
// texts and prefetches what the next step will read, which is three times as fast as one text at a time.
void TextNumbering::number(std::span<const std::string_view> block, std::span<std::uint32_t> numbers) {
  make_room_for(m_texts.size() + block.size());
  std::array<std::uint32_t, k_block> hashes;
  for (std::size_t i = 0; i < block.size(); ++i) {
    hashes[i] = text_hash(block[i]);
    prefetch(&first_slot(hashes[i]));
  }
  for (std::size_t i = 0; i < block.size(); ++i)
    if (first_slot(hashes[i]).may_be(hashes[i])) prefetch(&m_texts[first_slot(hashes[i]).number]);
  for (std::size_t i = 0; i < block.size(); ++i)
    if (first_slot(hashes[i]).may_be(hashes[i])) prefetch(m_texts[first_slot(hashes[i]).number].data());
  for (std::size_t i = 0; i < block.size(); ++i) numbers[i] = block[i].empty() ? k_none : find(block[i], hashes[i]);
}

// At least half of the slots stay free, so that every search ends soon.
void TextNumbering::make_room_for(std::size_t texts) {
  if (2 * texts < m_slots.size()) return;
  const LargeVector<Slot> before = std::move(m_slots);
  m_slots = LargeVector<Slot>(std::max(4 * k_block, std::bit_ceil(2 * texts + 1)));
  for (const Slot& slot : before) {
    if (slot.number == k_none) continue;
    std::uint32_t at = slot.hash;
    while (first_slot(at).number != k_none) ++at;
    first_slot(at) = slot;
  }
}

std::uint32_t TextNumbering::find(std::string_view text, std::uint32_t hash) {
  for (std::uint32_t at = hash;; ++at) {
    Slot& slot = first_slot(at);
    if (slot.may_be(hash) && m_texts[slot.number] == text) return slot.number;
    if (slot.number != k_none) continue;
    slot = {hash, static_cast<std::uint32_t>(m_texts.size())};
    m_texts.push_back(kept(text));
    return slot.number;
  }
}

// Copies the text next to the others, since any line may be compared with it; the bytes of the logs are scattered.
std::string_view TextNumbering::kept(std::string_view text) {
  auto* const copy = static_cast<char*>(m_memory.allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

void IdNumbering::finish() {
  number(m_user_numbers, m_ids.users, &Entry::user_id, &Entry::user_key);
  number(m_item_numbers, m_ids.items, &Entry::item_id, &Entry::item_key);
  m_count = 0;
}

void IdNumbering::number(TextNumbering& numbering, const LargeVector<std::string_view>& ids,
                         std::string_view Entry::*id, std::uint32_t Entry::*key) {
  std::array<std::string_view, TextNumbering::k_block> texts;
  std::array<std::uint32_t, TextNumbering::k_block> numbers;
  for (std::size_t i = 0; i < m_count; ++i) texts[i] = m_entries[i]->*id;
  numbering.number(std::span(texts).first(m_count), std::span(numbers).first(m_count));
  for (std::size_t i = 0; i < m_count; ++i) {
    m_entries[i]->*key = numbers[i];
    if (numbers[i] != k_none) m_entries[i]->*id = ids[numbers[i]];
  }
}

}  // namespace offcirc
