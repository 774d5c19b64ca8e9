#include "loader/intake/batch_log.hpp"

#include <utility>

#include "loader/intake/id_numbering.hpp"
#include "loader/intake/replay_order.hpp"
#include "loader/memory/fetch_ahead.hpp"

namespace offcirc {
namespace {

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

Entry make_entry(Transaction& transaction, const BatchLog& log, std::uint32_t first_desk, std::uint32_t position,
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
  entry.clock_ran_ahead = !log.placed.clock_ran_ahead.empty() && log.placed.clock_ran_ahead[position];
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
  ReplayOrder order(logs, strip);
  ordered.begin(Stage::ordering, order.size());
  const std::vector<std::uint32_t> first_desk = add_desks(logs, batch);
  IdNumbering numbering(batch.ids, order.size());
  while (const std::optional<OrderedRecord> next = order.next()) {
    const auto [log, position, is_moved] = *next;
    fetch_lines_ahead(logs[log].read.storage->transactions, position);
    const auto index = static_cast<std::uint32_t>(batch.entries.size());
    Transaction& transaction = logs[log].read.storage->transactions[position];
    Entry& entry = batch.entries.emplace_back(make_entry(transaction, logs[log], first_desk[log], position, strip));
    entry.order_assumed = is_moved;
    if (entry.kind == Kind::registration) batch.registrations.push_back(index);
    numbering.add(entry);
    ordered.add_one();
  }
  numbering.finish();
}

void hand_over(BatchLog& from, std::string_view strip, Batch& batch) {
  const auto log = static_cast<std::uint32_t>(batch.logs.size());
  for (std::size_t i = 0; Diagnostic & diagnostic : from.read.unreadable) {
    const std::uint64_t anchor = i < from.read.anchors.size() ? from.read.anchors[i] : 0;
    diagnostic.user_id = strip_id(diagnostic.user_id, strip);
    diagnostic.item_id = strip_id(diagnostic.item_id, strip);
    batch.unreadable.push_back(
        {log, std::move(diagnostic), from.read.log.library, from.read.log.station, anchor, from.placed.unreadable[i]});
    ++i;
  }
  if (from.read.storage != nullptr) batch.storage.push_back(std::move(from.read.storage));
  batch.logs.push_back(std::move(from.read.log));
}

}  // namespace

Batch merge_into_batch(std::vector<BatchLog> logs, std::string_view strip, LineCount& ordered) {
  Batch batch;
  merge_logs(logs, strip, ordered, batch);
  for (BatchLog& log : logs) hand_over(log, strip, batch);
  return batch;
}

}  // namespace offcirc
