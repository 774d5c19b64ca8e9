#include "loader/intake/batch_log.hpp"

#include <algorithm>
#include <span>
#include <tuple>
#include <utility>

#include "loader/intake/id_numbering.hpp"
#include "loader/intake/merge.hpp"
#include "loader/memory/fetch_ahead.hpp"

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

void add_items(const PlacedLog& placed, const std::vector<PlaceName>& places, LargeVector<RunItem>& items) {
  std::vector<std::uint32_t> rank_of_place;
  for (const Whereabouts& place : placed.places) {
    const auto found = std::lower_bound(places.begin(), places.end(), name_of_place(place));
    rank_of_place.push_back(static_cast<std::uint32_t>(found - places.begin()));
  }
  const auto& times = placed.times.occurred_at;
  for (std::uint32_t i = 0; i < times.size(); ++i) items.push_back({times[i], rank_of_place[placed.place_of[i]], i});
}

// Where two logs of one station have lines of the same second, the name decides, wherever the logs lie.
std::vector<std::uint32_t> rank_logs(const std::vector<BatchLog>& logs) {
  std::vector<std::uint32_t> order(logs.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](std::uint32_t i) {
    const Log& log = logs[i].read.log;
    return std::tuple(name_of_log(log.path), std::string_view(log.digest), std::string_view(log.path));
  };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  std::vector<std::uint32_t> rank(logs.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  return rank;
}

/// A run and the log it is of, by the same index.
struct Runs {
  std::vector<Run> runs;
  std::vector<std::uint32_t> log_of_run;
};

// `items`: of one log behind the other.
Runs cut_into_runs(const std::vector<BatchLog>& logs, std::span<const RunItem> items) {
  Runs all;
  const std::vector<std::uint32_t> rank = rank_logs(logs);
  for (std::uint32_t log = 0; log < logs.size(); ++log) {
    const auto& starts = logs[log].placed.times.run_starts;
    const std::size_t count = logs[log].placed.times.occurred_at.size();
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const std::size_t end = i + 1 < starts.size() ? starts[i + 1] : count;
      all.runs.push_back({rank[log], items.subspan(starts[i], end - starts[i])});
      all.log_of_run.push_back(log);
    }
    items = items.subspan(count);
  }
  return all;
}

BatchDesk make_desk(const Whereabouts& place, std::uint32_t log) {
  BatchDesk desk;
  desk.desk = *place.desk;
  if (place.clock.is_given) desk.given_clock_offset = place.clock.offset_seconds;
  desk.log = log;
  desk.library = place.library;
  desk.library_code = place.library_code;
  desk.station = place.station;
  desk.library_mismatch = place.library_mismatch;
  desk.clock_offset_seconds = place.clock.offset_seconds;
  return desk;
}

// Each place is a desk. Returns the index of the first of each log.
std::vector<std::uint32_t> add_desks(const std::vector<BatchLog>& logs, Batch& batch) {
  std::vector<std::uint32_t> first;
  for (std::uint32_t log = 0; log < logs.size(); ++log) {
    first.push_back(static_cast<std::uint32_t>(batch.desks.size()));
    for (const Whereabouts& place : logs[log].placed.places) batch.desks.push_back(make_desk(place, log));
  }
  return first;
}

Entry make_entry(const Transaction& transaction, const BatchLog& log, std::uint32_t first_desk, std::uint32_t position,
                 std::string_view strip) {
  Entry entry;
  entry.transaction = &transaction;
  entry.kind = transaction.kind;
  entry.needs_context = transaction.needs_context;
  entry.recorded_at = log.placed.recorded_at[position];
  entry.occurred_at = log.placed.times.occurred_at[position];
  entry.identity = transaction.identity;
  if (!log.read.storage->earlier_tries.empty()) entry.earlier = &log.read.storage->earlier_tries[position];
  entry.user_id = strip_id(transaction.user_id, strip);
  entry.item_id = strip_id(transaction.item_id, strip);
  entry.desk = first_desk + log.placed.place_of[position];
  entry.time_is_given = transaction.occurred.is(StampForm::absolute);
  entry.clock_jumped = log.placed.times.jumped[position] || transaction.clock_jumped;
  entry.clock_went_backwards = log.placed.times.went_backwards[position] || transaction.clock_went_backwards;
  return entry;
}

// A log's lines follow each other, but those of all logs in turns come from too many places for a processor to guess.
void fetch_lines_ahead(const BlockArray<Transaction>& transactions, std::uint32_t position) {
  constexpr std::size_t k_lines_ahead = 4, k_texts_ahead = 2;
  if (position + k_lines_ahead < transactions.size()) fetch_ahead(&transactions[position + k_lines_ahead]);
  if (position + k_texts_ahead < transactions.size())
    fetch_ahead(transactions[position + k_texts_ahead].item_id.data());
}

void merge_logs(const std::vector<BatchLog>& logs, std::string_view strip, LineCount& ordered, Batch& batch) {
  std::uint64_t lines = 0;
  for (const BatchLog& log : logs) lines += log.placed.recorded_at.size();
  ordered.begin(Stage::ordering, lines);
  const std::vector<PlaceName> places = all_places(logs);
  LargeVector<RunItem> items;
  items.reserve(lines);
  for (const BatchLog& log : logs) add_items(log.placed, places, items);
  const Runs all = cut_into_runs(logs, items);
  const std::vector<std::uint32_t> first_desk = add_desks(logs, batch);
  RunMerge merge(all.runs);
  IdNumbering numbering(batch.ids, lines);
  while (const std::optional<Merged> next = merge.next()) {
    const std::uint32_t log = all.log_of_run[next->run];
    const std::uint32_t position = all.runs[next->run].items[next->item].position;
    fetch_lines_ahead(logs[log].read.storage->transactions, position);
    const auto index = static_cast<std::uint32_t>(batch.entries.size());
    const Transaction& transaction = batch.transactions.emplace_back(logs[log].read.storage->transactions[position]);
    Entry& entry = batch.entries.emplace_back(make_entry(transaction, logs[log], first_desk[log], position, strip));
    if (entry.kind == Kind::registration) batch.registrations.push_back(index);
    numbering.add(entry);
    ordered.add_one();
  }
  numbering.finish();
}

void hand_over(BatchLog& from, Batch& batch) {
  const auto log = static_cast<std::uint32_t>(batch.logs.size());
  for (std::size_t i = 0; Diagnostic& diagnostic : from.read.unreadable) {
    const std::uint64_t anchor = i < from.read.anchors.size() ? from.read.anchors[i] : 0;
    batch.unreadable.push_back(
        {log, std::move(diagnostic), from.read.log.library, from.read.log.station, anchor});
    ++i;
  }
  if (from.read.storage != nullptr) {
    from.read.storage->transactions.clear();
    batch.storage.push_back(std::move(from.read.storage));
  }
  batch.logs.push_back(std::move(from.read.log));
}

}  // namespace

Batch merge_into_batch(std::vector<BatchLog> logs, std::string_view strip, LineCount& ordered) {
  Batch batch;
  merge_logs(logs, strip, ordered, batch);
  for (BatchLog& log : logs) hand_over(log, batch);
  return batch;
}

}  // namespace offcirc
