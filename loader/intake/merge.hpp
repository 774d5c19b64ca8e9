// Merges the records of all logs into the order in which they are replayed, and numbers the IDs that they name.
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

// Puts the logs of many stations into one order: as if all of it had been recorded at one desk.

/// One transaction, as far as the order is concerned.
struct RunItem {
  Seconds occurred_at = 0;
  std::uint32_t place = 0;     ///< rank of (library code, station) among those of the batch; bytewise, nothing first
  std::uint32_t position = 0;  ///< among the transactions of its log
};

/// A stretch of a log in which time never steps back.
struct Run {
  std::uint32_t log_rank = 0;  ///< decides last, between copies of one record; the same for all runs of a log
  std::span<const RunItem> items;
};

struct Merged {
  std::uint32_t run;
  std::uint32_t item;

  friend bool operator==(const Merged&, const Merged&) = default;
};

/// Gives all items of all runs in replay order, one after the other: by occurred_at, place, the order of ties,
/// position and log_rank. The written order within a run is kept: an item that would go before its predecessor follows
/// it at once. The order of `runs` has no influence.
/// \pre In each run occurred_at does not descend and position ascends; no two items have both log_rank and position in
/// common. Aborts where the first two are not so.
class RunMerge {
 public:
  /// Compares two items of one time and place by all that is known of them, and is asked for no others.
  using TieOrder = std::function<std::weak_ordering(const Merged& a, const Merged& b)>;

  /// The runs stay where they are.
  explicit RunMerge(std::span<const Run> runs, TieOrder tie_order = {});
  /// None: that was all.
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
  std::vector<Head> m_heads;  // behind a heap of the others the one that is next
};

// The records of all logs of a load in the order in which they are replayed.

struct OrderedRecord {
  std::uint32_t log = 0;       ///< index
  std::uint32_t position = 0;  ///< among the transactions of the log
  bool is_moved = false;       ///< see order_minute()
};

/// Gives one record after the other: by occurred_at, library, station, position in the log and identity, but for what
/// order_minute() moves. Names of files and the order of `logs` have no influence.
class ReplayOrder {
 public:
  /// The logs stay where they are. `strip` are scanner characters that IDs lose (strip_id).
  ReplayOrder(const std::vector<BatchLog>& logs, std::string_view strip);
  ReplayOrder(const ReplayOrder&) = delete;
  ReplayOrder& operator=(const ReplayOrder&) = delete;

  /// None: that was all.
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
  LargeVector<RunItem> m_items;  // of one log after the other
  std::vector<Run> m_runs;
  std::vector<std::uint32_t> m_log_of_run;
  bool m_orders_minutes = false;  // there are several logs without seconds
  std::optional<RunMerge> m_merge;
  std::optional<OrderedRecord> m_next_minute;  // the first record after m_minute
  std::vector<OrderedRecord> m_minute;         // of one time, in their order
  std::size_t m_given = 0;                     // so many of m_minute
};

// Numbers the users and items that a batch names, so that from then on an ID is an index and no text is compared.

/// Numbers texts in order of first use.
class TextNumbering {
 public:
  /// At most so many at once.
  static constexpr std::size_t k_block = 64;

  /// The distinct texts are added to `texts`, and copied into `memory`.
  TextNumbering(LargeVector<std::string_view>& texts, std::pmr::memory_resource& memory)
      : m_texts(texts), m_memory(memory) {}

  /// Not more than so many texts will come, most of them distinct.
  void expect(std::size_t count) {
    m_texts.reserve(count);
    make_room_for(count / 2);
  }

  /// Sets numbers[i] of each block[i], k_none of an empty one. Both are of one length, at most k_block.
  void number(std::span<const std::string_view> block, std::span<std::uint32_t> numbers);

 private:
  struct Slot {
    std::uint32_t hash = 0;  // so that another text's slot is passed over without looking at the text
    std::uint32_t number = k_none;
    [[nodiscard]] bool may_be(std::uint32_t wanted) const { return number != k_none && hash == wanted; }
  };

  Slot& first_slot(std::uint32_t hash) { return m_slots[hash & (m_slots.size() - 1)]; }
  void make_room_for(std::size_t texts);
  std::uint32_t find(std::string_view text, std::uint32_t hash);
  std::string_view kept(std::string_view text);

  LargeVector<std::string_view>& m_texts;
  std::pmr::memory_resource& m_memory;
  LargeVector<Slot> m_slots;  // as many as a power of two, of which at least half are free
};

/// Sets user_key and item_key of entries, and has their IDs be the one text of each. Entries stay at their places until
/// it is finished.
class IdNumbering {
 public:
  /// Of so many entries, as a rule each of another item.
  IdNumbering(BatchIds& ids, std::size_t entries)
      : m_ids(ids), m_user_numbers(ids.users, *ids.text), m_item_numbers(ids.items, *ids.text) {
    m_item_numbers.expect(entries);
  }

  void add(Entry& entry) {
    m_entries[m_count++] = &entry;
    if (m_count == m_entries.size()) finish();
  }
  /// Those that have been added are numbered.
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
