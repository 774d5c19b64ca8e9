#include "loader/runs/closed_unreadable.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "loader/intake/identity.hpp"
#include "loader/journal/recorded_identities.hpp"
#include "loader/memory/pages.hpp"

namespace offcirc {

namespace {

/// A log of an earlier load: the load, and the number of the log in it.
using EarlierLog = std::pair<std::int64_t, std::int64_t>;

struct PendingRange {
  std::size_t begin = 0, end = 0;
};

class ClosedFinder {
 public:
  explicit ClosedFinder(const ComparedBatch& compared)
      : m_compared(compared), m_batch(compared.batch), m_pending(find_pending_unreadable(compared.database)) {}

  std::vector<std::int64_t> run() {
    if (m_pending.empty()) return {};
    index_pending();
    index_batch();
    for (std::uint32_t log = 0; log < m_records.size(); ++log) {
      if (m_records[log].empty()) continue;
      if (m_batch.logs[log].list.empty())
        walk_log(log);
      else if (!m_compared.as_new)
        compare_list(log);
    }
    std::vector<std::int64_t> closed;
    for (std::size_t i = 0; i < m_pending.size(); ++i)
      if (m_is_closed[i]) closed.push_back(m_pending[i].result);
    return closed;
  }

 private:
  void index_pending() {
    m_is_closed.assign(m_pending.size(), false);
    for (std::size_t i = 0; i < m_pending.size(); ++i) {
      const PendingUnreadable& one = m_pending[i];
      PendingRange& range = m_of_log.try_emplace(EarlierLog{one.load, one.log}, PendingRange{i, i}).first->second;
      range.end = i + 1;
      m_by_line.emplace(content_in_context(one.anchor, one.line), i);
      m_alike.emplace(content_in_context(one.anchor, static_cast<std::uint64_t>(one.identity.recorded)), i);
    }
    const std::size_t entries = m_batch.entries.size();
    for (std::size_t i = 0; i < m_batch.unreadable.size(); ++i)
      m_still_unreadable.insert(m_batch.unreadable[i].diagnostic.identity.content);
    m_known.assign(entries, k_none);
    for (std::uint32_t i = 0; i < m_compared.known.size(); ++i) {
      const std::uint32_t place = m_compared.copies.stored[i].place;
      if (place < entries) m_known[place] = i;
    }
  }

  // Collects the records of the logs that have new ones, in the order of each log.
  void index_batch() {
    const auto entries = static_cast<std::uint32_t>(m_batch.entries.size());
    std::vector<bool> has_new(m_batch.logs.size(), false);
    for (std::uint32_t i = 0; i < entries; ++i)
      if (is_new(i)) has_new[log_of(i)] = true;
    m_records.resize(m_batch.logs.size());
    for (std::uint32_t i = 0; i < entries + m_batch.unreadable.size(); ++i)
      if (has_new[log_of(i)]) m_records[log_of(i)].push_back(i);
    for (std::vector<std::uint32_t>& records : m_records)
      std::stable_sort(records.begin(), records.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tuple(line_of(a), column_of(a)) < std::tuple(line_of(b), column_of(b));
      });
  }

  [[nodiscard]] bool is_readable(std::uint32_t place) const { return place < m_batch.entries.size(); }
  [[nodiscard]] bool is_new(std::uint32_t place) const { return !m_compared.copies.is_copy[place]; }
  [[nodiscard]] const UnreadableRecord& unreadable(std::uint32_t place) const {
    return m_batch.unreadable[place - m_batch.entries.size()];
  }
  [[nodiscard]] const BatchDesk& desk_of(std::uint32_t place) const {
    return m_batch.desks[m_batch.entries[place].desk];
  }
  [[nodiscard]] std::uint32_t log_of(std::uint32_t place) const {
    return is_readable(place) ? desk_of(place).log : unreadable(place).log;
  }
  [[nodiscard]] std::uint32_t line_of(std::uint32_t place) const {
    return is_readable(place) ? m_batch.entries[place].transaction->line : unreadable(place).diagnostic.line;
  }
  [[nodiscard]] std::uint32_t column_of(std::uint32_t place) const {
    return is_readable(place) ? 0 : unreadable(place).diagnostic.column;
  }
  [[nodiscard]] const KnownResult* known(std::uint32_t place) const {
    return m_known[place] == k_none ? nullptr : &m_compared.known[m_known[place]];
  }

  /// The new records of a log after the last one that an earlier load has, or from its beginning.
  struct Gap {
    std::uint64_t anchor = 0;             ///< content of the last strong record that an earlier load has; 0: none
    const KnownResult* before = nullptr;  ///< the last such record; null: the gap is at the beginning
    std::vector<std::uint32_t> records = {};
    bool before_is_strong = true;
    bool is_in_old_line = false;  ///< `before` has come again in its old line
    bool is_whole = true;         ///< has no unreadable record, and no duplicate of another record of the batch
  };

  void walk_log(std::uint32_t log) {
    const std::vector<std::uint32_t>& sections = m_batch.logs[log].section_lines;
    auto section = sections.begin();
    Gap gap;
    for (const std::uint32_t place : m_records[log]) {
      // After a header or a step back, another log may begin.
      for (; section != sections.end() && *section <= line_of(place); ++section) {
        close_alike(gap);
        gap = {.is_whole = false};
      }
      if (is_readable(place) && is_new(place)) {
        gap.records.push_back(place);
      } else if (!is_readable(place) || known(place) == nullptr) {
        gap.is_whole = false;
      } else {
        if (!close_between(gap, place)) close_alike(gap);
        const Entry& entry = m_batch.entries[place];
        gap = {entry.needs_context ? gap.anchor : entry.identity.content,
               known(place),
               {},
               !entry.needs_context,
               line_of(place) == known(place)->line};
      }
    }
    close_alike(gap);
  }

  // Closes the records that were unreadable between two neighbors that have come again.
  bool close_between(const Gap& gap, std::uint32_t after) {
    if (gap.records.empty() || !gap.is_whole) return false;
    const KnownResult& next = *known(after);
    const auto range = m_of_log.find({next.load, next.log});
    if (range == m_of_log.end()) return false;
    if (gap.before == nullptr && line_of(after) != next.line) return false;
    // If the weak record before the gap is of another log, nothing tells on which side of it the unreadable one was.
    if (!gap.before_is_strong && !is_of_same_log(gap.before, next)) return false;
    std::vector<std::size_t> between;
    for (std::size_t i = first_from(range->second, gap, next); i < range->second.end; ++i) {
      if (m_pending[i].line > next.line) break;
      if (is_after(m_pending[i], gap, next) && is_of_log(m_pending[i], gap)) between.push_back(i);
    }
    if (between.size() > gap.records.size()) return false;
    for (const std::size_t i : between) m_is_closed[i] = true;
    return !between.empty();
  }

  [[nodiscard]] std::size_t first_from(const PendingRange& range, const Gap& gap, const KnownResult& next) const {
    if (!is_of_same_log(gap.before, next)) return range.begin;
    const auto first = m_pending.begin();
    const auto found = std::lower_bound(
        first + static_cast<std::ptrdiff_t>(range.begin), first + static_cast<std::ptrdiff_t>(range.end),
        gap.before->line, [](const PendingUnreadable& one, std::uint32_t line) { return one.line < line; });
    return static_cast<std::size_t>(found - first);
  }

  // Whether it was after the record before the gap: a strong one is recognized by its content, any other by its place.
  static bool is_after(const PendingUnreadable& pending, const Gap& gap, const KnownResult& next) {
    if (pending.anchor == gap.anchor) return true;
    return is_of_same_log(gap.before, next) && gap.before->line < pending.line;
  }

  static bool is_of_same_log(const KnownResult* before, const KnownResult& next) {
    return before != nullptr && before->load == next.load && before->log == next.log;
  }

  // In a merged log, or one of several desks, the gap may have records of other desks.
  [[nodiscard]] bool is_of_log(const PendingUnreadable& pending, const Gap& gap) const {
    if (m_still_unreadable.contains(pending.identity.content)) return false;
    return std::all_of(gap.records.begin(), gap.records.end(),
                       [&](std::uint32_t place) { return may_be_of_desk(pending, place); });
  }

  [[nodiscard]] bool may_be_of_desk(const PendingUnreadable& pending, std::uint32_t place) const {
    const BatchDesk& desk = desk_of(place);
    const auto may_be = [](std::string_view a, std::string_view b) { return a.empty() || b.empty() || a == b; };
    return m_batch.logs[desk.log].format == pending.format && !desk.desk.is_settled &&
           may_be(desk.library_code, pending.library) && may_be(desk.station, pending.station);
  }

  // Closes the record that was in the line of a new one, if the neighbor before it is in its old line too: a log only
  // grows.
  void close_in_line(const Gap& gap) {
    if (gap.before == nullptr || gap.anchor == 0 || !gap.is_in_old_line) return;
    for (const std::uint32_t place : gap.records) {
      const auto [begin, end] = m_by_line.equal_range(content_in_context(gap.anchor, line_of(place)));
      for (auto one = begin; one != end; ++one) {
        const PendingUnreadable& pending = m_pending[one->second];
        if (m_still_unreadable.contains(pending.identity.content) || !may_be_of_desk(pending, place)) continue;
        if (!is_another(m_batch.entries[place], pending)) m_is_closed[one->second] = true;
      }
    }
  }

  // A damaged time or ID may be wrong, but not all of them, so one that agrees is enough.
  static bool is_another(const Entry& entry, const PendingUnreadable& pending) {
    const bool knows_time = pending.identity.recorded != 0;
    if (!knows_time && pending.user_id.empty() && pending.item_id.empty()) return false;
    const auto begins = [](std::string_view whole, std::string_view part) {
      return !part.empty() && whole.starts_with(part);
    };
    return !(knows_time && pending.identity.recorded == entry.identity.recorded) &&
           !begins(entry.user_id, pending.user_id) && !begins(entry.item_id, pending.item_id);
  }

  // Closes records that agree, as far as they could be read, with a new record after the same neighbor. Each new record
  // closes one.
  void close_alike(const Gap& gap) {
    if (gap.records.empty()) return;
    close_in_line(gap);
    for (const std::uint32_t place : gap.records)
      if (const Seconds time = m_batch.entries[place].identity.recorded; time != 0) close_one(gap.anchor, time, place);
    // A record that has lost its time as well is recognized only right after its neighbor.
    if (gap.anchor != 0) close_one(gap.anchor, 0, gap.records.front());
  }

  void close_one(std::uint64_t anchor, Seconds time, std::uint32_t place) {
    // More that are alike can't be told apart, and examining all of them would take too long.
    constexpr std::size_t k_max_alike = 100;
    auto [one, end] = m_alike.equal_range(content_in_context(anchor, static_cast<std::uint64_t>(time)));
    for (std::size_t i = 0; one != end && i < k_max_alike; ++one, ++i) {
      const PendingUnreadable& pending = m_pending[one->second];
      if (m_is_closed[one->second] || m_still_unreadable.contains(pending.identity.content)) continue;
      if (!is_whole_of(place, pending)) continue;
      m_is_closed[one->second] = true;
      return;
    }
  }

  [[nodiscard]] bool is_whole_of(std::uint32_t place, const PendingUnreadable& pending) const {
    const Entry& entry = m_batch.entries[place];
    // At the beginning of a log, only the desk distinguishes it from records of other logs.
    const bool names_something = !pending.user_id.empty() || !pending.item_id.empty();
    if (pending.anchor == 0 &&
        (!names_something || desk_of(place).library_code != pending.library || !may_be_of_desk(pending, place)))
      return false;
    const bool knows_something = pending.identity.recorded != 0 || names_something;
    return knows_something && entry.user_id.starts_with(pending.user_id) && entry.item_id.starts_with(pending.item_id);
  }

  void compare_list(std::uint32_t log) {
    const std::vector<std::uint32_t>& records = m_records[log];
    for (const auto& [earlier, range] : m_of_log) {
      const PendingUnreadable& first = m_pending[range.begin];
      if (first.identity.recorded != 0) continue;
      if (first.format != m_batch.logs[log].format || first.library != m_batch.logs[log].library) continue;
      const std::vector<LoggedRecord> list =
          find_list_records(m_compared.database, earlier.first, earlier.second, records.size());
      for (std::size_t i = 0; i < list.size(); ++i) {
        if (!may_be_same(list[i], records[i])) break;
        if (i + 1 == list.size()) close_list(list, range);
      }
    }
  }

  [[nodiscard]] bool may_be_same(const LoggedRecord& earlier, std::uint32_t place) const {
    if (!is_readable(place)) return false;
    const Entry& entry = m_batch.entries[place];
    if (earlier.is_readable) return entry.user_id == earlier.user_id && entry.item_id == earlier.item_id;
    return (earlier.user_id.empty() || earlier.user_id == entry.user_id) &&
           (earlier.item_id.empty() || earlier.item_id == entry.item_id);
  }

  // A record of which nothing could be read is recognized by the others alone, so at least one of them must name an ID.
  void close_list(const std::vector<LoggedRecord>& list, const PendingRange& range) {
    if (std::all_of(list.begin(), list.end(),
                    [](const LoggedRecord& one) { return one.user_id.empty() && one.item_id.empty(); }))
      return;
    for (std::size_t i = range.begin; i < range.end; ++i) m_is_closed[i] = true;
  }

  const ComparedBatch& m_compared;
  const Batch& m_batch;
  std::vector<PendingUnreadable> m_pending;  // by load, log and line
  std::vector<bool> m_is_closed;             // by m_pending
  std::map<EarlierLog, PendingRange> m_of_log;
  std::unordered_multimap<std::uint64_t, std::size_t> m_alike;    // by preceding neighbor and time
  std::unordered_multimap<std::uint64_t, std::size_t> m_by_line;  // by preceding neighbor and line
  std::unordered_set<std::uint64_t> m_still_unreadable;           // their contents
  LargeVector<std::uint32_t> m_known;                             // by entry: index into the known results
  std::vector<std::vector<std::uint32_t>> m_records;              // by log; only of logs with new records
};

}  // namespace

std::vector<std::int64_t> find_closed_unreadable(const ComparedBatch& compared) {
  return ClosedFinder(compared).run();
}

}  // namespace offcirc
