// Merges the records of all logs into replay order, and numbers the IDs that they name.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/stamp.hpp"
#include "loader/intake/minute_order.hpp"
#include "loader/intake/place_log.hpp"
#include "loader/memory/pages.hpp"
#include "loader/model/batch.hpp"

namespace offcirc {

// Merges the logs of many stations into one order, as if everything had been recorded at one desk.

/// What the order of a transaction depends on.
struct RunItem {
  Seconds occurred_at = 0;
  std::uint32_t place = 0;     ///< rank of (library code, station) among those of the batch; bytewise, empty first
  std::uint32_t position = 0;  ///< among the transactions of its log
};

/// A stretch of a log in which time never steps back.
struct Run {
  std::uint32_t log_rank = 0;  ///< the last tie-breaker, between copies of a record; the same for all runs of a log
  std::span<const RunItem> items;
};

struct Merged {
  std::uint32_t run;
  std::uint32_t item;

  friend bool operator==(const Merged&, const Merged&) = default;
};

/// Yields the items of all runs in replay order, one at a time: by occurred_at, place, TieOrder, position and log_rank.
/// Each run keeps its written order: an item that would sort before its predecessor follows it immediately. The order
/// of `runs` does not matter.
/// \pre In each run, occurred_at never descends and position ascends; no two items share both log_rank and position.
/// Aborts if one of the first two is violated.
class RunMerge {
 public:
  /// Compares two items by all that is known of them. It is called only for items with the same time and place.
  using TieOrder = std::function<std::weak_ordering(const Merged& a, const Merged& b)>;

  /// `runs` must outlive the merge.
  explicit RunMerge(std::span<const Run> runs, TieOrder tie_order = {});
  /// nullopt at the end.
  std::optional<Merged> next();

 private:
  /// The first item of a run that has not been taken yet.
  struct Head {
    RunItem key;
    std::uint32_t log_rank;
    std::uint32_t run;
    std::uint32_t item;
  };

  [[nodiscard]] bool goes_before(const Head& a, const Head& b) const;
  [[nodiscard]] auto goes_behind() const {
    return [this](const Head& a, const Head& b) { return goes_before(b, a); };
  }
  void take_least();

  std::span<const Run> m_runs;
  TieOrder m_tie_order;
  std::vector<Head> m_heads;  // a heap, followed by the head that is next
};

// The records of all logs of a load in replay order.

struct OrderedRecord {
  std::uint32_t log = 0;       ///< index
  std::uint32_t position = 0;  ///< among the transactions of the log
  bool is_moved = false;       ///< see order_minute()
};

/// Yields one record at a time: by occurred_at, library, station, line and position in the log, and identity, except
/// for those that order_minute() moves. File names and the order of `logs` do not matter.
class ReplayOrder {
 public:
  /// `logs` must outlive this. `strip` holds the scanner characters to strip from IDs (strip_id).
  ReplayOrder(const std::vector<BatchLog>& logs, std::string_view strip);
  ReplayOrder(const ReplayOrder&) = delete;
  ReplayOrder& operator=(const ReplayOrder&) = delete;

  /// nullopt at the end.
  std::optional<OrderedRecord> next();
  [[nodiscard]] std::uint64_t size() const { return m_items.size(); }

 private:
  void add_items();
  void cut_into_runs();
  [[nodiscard]] std::weak_ordering compare_written(const Merged& a, const Merged& b) const;
  [[nodiscard]] std::optional<OrderedRecord> next_merged();
  void take_minute(OrderedRecord first);
  [[nodiscard]] MinuteRecord minute_record(const OrderedRecord& of) const;
  [[nodiscard]] const Transaction& transaction_of(const OrderedRecord& of) const;
  [[nodiscard]] Seconds time_of(const OrderedRecord& of) const;

  const std::vector<BatchLog>& m_logs;
  std::string_view m_strip;
  LargeVector<RunItem> m_items;  // log by log
  std::vector<Run> m_runs;
  std::vector<std::uint32_t> m_log_of_run;
  bool m_orders_minutes = false;  // there are several logs without seconds
  std::optional<RunMerge> m_merge;
  std::optional<OrderedRecord> m_next_minute;  // the first record after m_minute
  std::vector<OrderedRecord> m_minute;         // the records of one time, in replay order
  std::size_t m_given = 0;                     // how many of m_minute have been returned
};

// Numbers the users and items that a batch names, so that from here on an ID is an index and no texts are compared.

/// Numbers texts in order of first use.
class TextNumbering {
 public:
  /// The most texts that number() takes at once.
  static constexpr std::size_t k_block = 64;

  /// Each distinct text is copied into `memory` and added to `texts`.
  TextNumbering(LargeVector<std::string_view>& texts, std::pmr::memory_resource& memory)
      : m_texts(texts), m_memory(memory) {}

  /// Reserves room for at most `count` texts, most of them distinct.
  void expect(std::size_t count) {
    m_texts.reserve(count);
    make_room_for(count / 2);
  }

  /// Sets numbers[i] for each block[i]: k_none if it is empty. Both have the same length, at most k_block.
  void number(std::span<const std::string_view> block, std::span<std::uint32_t> numbers);

 private:
  struct Slot {
    std::uint32_t hash = 0;  // lets a search skip another text's slot without looking at the text
    std::uint32_t number = k_none;
    [[nodiscard]] bool may_be(std::uint32_t wanted) const { return number != k_none && hash == wanted; }
  };

  Slot& first_slot(std::uint32_t hash) { return m_slots[hash & (m_slots.size() - 1)]; }
  void make_room_for(std::size_t texts);
  std::uint32_t find(std::string_view text, std::uint32_t hash);
  std::string_view kept(std::string_view text);

  LargeVector<std::string_view>& m_texts;
  std::pmr::memory_resource& m_memory;
  LargeVector<Slot> m_slots;  // their number is a power of two; at least half of them are free
};

/// Sets user_key and item_key of entries, and makes equal IDs share one text. Entries must not move until finish().
class IdNumbering {
 public:
  /// `entries` is how many entries to expect, usually each with a different item.
  IdNumbering(BatchIds& ids, std::size_t entries)
      : m_ids(ids), m_user_numbers(ids.users, *ids.text), m_item_numbers(ids.items, *ids.text) {
    m_item_numbers.expect(entries);
  }

  void add(Entry& entry) {
    m_entries[m_count++] = &entry;
    if (m_count == m_entries.size()) finish();
  }
  /// Numbers the entries that have been added since the last call.
  void finish();

 private:
  void number(TextNumbering& numbering, const LargeVector<std::string_view>& ids, std::string_view Entry::*id,
              std::uint32_t Entry::*key);

  BatchIds& m_ids;
  TextNumbering m_user_numbers, m_item_numbers;
  std::array<Entry*, TextNumbering::k_block> m_entries{};
  std::size_t m_count = 0;
};

}  // namespace offcirc
