#include "loader/runs/own_uploads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/log_writer.hpp"
#include "formats/registry.hpp"
#include "loader/database/array_table.hpp"
#include "loader/journal/send_queue.hpp"

namespace offcirc {

namespace {

constexpr std::string_view k_unknown_station = "0000";  // what an upload file has where no station is known
constexpr Seconds k_minute_seconds = 60;
constexpr std::size_t k_fewest = 10;  // fewer records could agree by chance

Seconds minute_of(Seconds seconds) {
  return seconds / k_minute_seconds;
}

// Some formats write a renewal as another checkout.
Kind written_kind(Kind kind) {
  return kind == Kind::renewal ? Kind::checkout : kind;
}

bool agree(std::string_view a, std::string_view b) {
  return a.empty() || b.empty() || a == b || a == k_unknown_station || b == k_unknown_station;
}

/// A result of an earlier load.
struct Known {
  Seconds occurred_at = 0;
  Kind kind = Kind::checkout;
  std::string user_id, library, station;
  std::string format;       ///< of its log
  bool is_shifted = false;  ///< its clock was corrected
};

/// By item ID, or by user ID if there is no item.
using KnownResults = std::unordered_multimap<std::string, Known>;

std::string key_of(std::string_view item_id, std::string_view user_id) {
  return std::string(item_id.empty() ? user_id : item_id);
}

/// The entries of one log that no load is known to have.
struct NewEntries {
  std::vector<std::uint32_t> entries;
  bool has_no_seconds = false;
  bool moves_returns = false;  ///< the format has a return at its date of discharge, not at the time of the check-in
};

class UploadFinder {
 public:
  UploadFinder(Batch& batch, Recorded& recorded, Seconds since, Database& database)
      : m_batch(batch), m_recorded(recorded), m_since(since), m_database(database) {}

  void mark_by_digest() {
    for (std::uint32_t i = 0; i < m_batch.logs.size(); ++i) {
      const Log& log = m_batch.logs[i];
      const std::int64_t send = log.digest.empty() ? 0 : find_send_of_file(m_database, log.digest);
      if (send != 0)
        m_own.emplace(i, fmt::format("offcirc itself wrote this file, in send {}, from what it had loaded.", send));
    }
  }

  // Looks at a few records of each log first, because nearly all logs are new.
  void mark_by_content() {
    std::map<std::uint32_t, NewEntries> logs = new_entries();
    if (logs.empty()) return;
    constexpr std::size_t k_sample = 20;
    std::map<std::uint32_t, NewEntries> samples;
    for (const auto& [log, fresh] : logs) {
      NewEntries& sample = samples[log];
      sample = fresh;
      sample.entries.resize(std::min(sample.entries.size(), k_sample));
    }
    keep_known(samples, logs);
    if (!logs.empty()) keep_known(logs, logs);
    for (const auto& [log, fresh] : logs)
      m_own.emplace(log,
                    "Loads have these transactions already: this looks like a file that 'offcirc sort --as' wrote.");
  }

  void mark() {
    if (m_own.empty()) return;
    for (const auto& [log, message] : m_own)
      m_batch.logs[log].notes.push_back({"own-upload-file", message, "Upload it to the live system. Never load it."});
    for (std::uint32_t i = 0; i < m_batch.entries.size(); ++i)
      if (m_own.contains(m_batch.desks[m_batch.entries[i].desk].log)) m_recorded.entries[i] = true;
  }

 private:
  std::map<std::uint32_t, NewEntries> new_entries() const {
    const std::vector<std::string_view> written = written_formats();
    std::map<std::uint32_t, NewEntries> logs;
    for (std::uint32_t i = 0; i < m_batch.entries.size(); ++i) {
      const std::uint32_t log = m_batch.desks[m_batch.entries[i].desk].log;
      const std::string& format = m_batch.logs[log].format;
      if (m_own.contains(log) || std::find(written.begin(), written.end(), format) == written.end()) continue;
      NewEntries& of_log = logs[log];
      of_log.has_no_seconds = format == "aleph" || format == "sierra";
      of_log.moves_returns = of_log.has_no_seconds || format == "koc";
      if (!m_recorded.entries[i] && m_batch.entries[i].recorded_at != k_no_time) of_log.entries.push_back(i);
    }
    std::erase_if(logs, [](const auto& one) { return one.second.entries.size() < k_fewest; });
    return logs;
  }

  /// Removes a log from `logs` if fewer than nine in ten of its `asked` entries are known.
  void keep_known(const std::map<std::uint32_t, NewEntries>& asked, std::map<std::uint32_t, NewEntries>& logs) const {
    const KnownResults known = find_known(asked);
    std::set<std::uint32_t> own;
    for (const auto& [log, fresh] : asked) {
      std::size_t count = 0;
      for (const std::uint32_t entry : fresh.entries) count += is_known(entry, fresh, known) ? 1 : 0;
      if (count * 10 >= fresh.entries.size() * 9) own.insert(log);
    }
    std::erase_if(logs, [&](const auto& one) { return !own.contains(one.first); });
  }

  bool is_known(std::uint32_t index, const NewEntries& fresh, const KnownResults& known) const {
    const Entry& entry = m_batch.entries[index];
    const BatchDesk& desk = m_batch.desks[entry.desk];
    const auto [first, last] = known.equal_range(key_of(entry.item_id, entry.user_id));
    return std::any_of(first, last, [&](const auto& one) {
      const Known& result = one.second;
      // A record in the same format and by the same clock would have been recognized by its identity.
      const bool is_rewritten = result.is_shifted || result.format != m_batch.logs[desk.log].format;
      return is_rewritten && is_same_time(entry, result, fresh) &&
             written_kind(result.kind) == written_kind(entry.kind) && agree(result.user_id, entry.user_id) &&
             agree(result.library, desk.library_code) && agree(result.station, desk.station);
    });
  }

  // By the time in the file, because that is the corrected one.
  static bool is_same_time(const Entry& entry, const Known& result, const NewEntries& fresh) {
    if (fresh.moves_returns && entry.kind == Kind::checkin) return result.occurred_at >= entry.recorded_at;
    return fresh.has_no_seconds ? minute_of(result.occurred_at) == minute_of(entry.recorded_at)
                                : result.occurred_at == entry.recorded_at;
  }

  // One pass over the results of recent loads; their rows have no index by item or time.
  KnownResults find_known(const std::map<std::uint32_t, NewEntries>& asked) const {
    std::set<std::string_view> ids;
    for (const auto& [log, fresh] : asked)
      for (const std::uint32_t entry : fresh.entries)
        ids.insert(m_batch.entries[entry].item_id.empty() ? m_batch.entries[entry].user_id
                                                          : m_batch.entries[entry].item_id);
    const std::vector<std::string_view> all(ids.begin(), ids.end());
    const ArrayTable wanted(m_database, "wanted", "id TEXT", all.size(),
                            [&](std::size_t row, RowCells& cells) { cells.add(all[row]); });
    Statement rows(m_database, R"sql(
SELECT r.occurred_at, r.kind, coalesce(x.item_id, i.item_id, ''), coalesce(x.user_id, u.user_id, ''),
  coalesce(d.placed_library, ''), coalesce(d.placed_station, ''), coalesce(g.format, ''), coalesce(r.clock_shift, 0) <> 0
FROM loads l
CROSS JOIN result_rows r ON r.result BETWEEN l.first_result AND l.first_result + l.result_count - 1
LEFT JOIN result_details x ON x.result = r.result AND (r.item_no IS NULL OR r.user_no IS NULL)
LEFT JOIN items i ON i.item_no = r.item_no
LEFT JOIN users u ON u.user_no = r.user_no
LEFT JOIN load_desks d ON d.load = r.load AND d.desk = r.desk
LEFT JOIN load_logs g ON g.load = r.load AND g.log = d.log
WHERE l.started_at >= ?1 AND l.undone_at IS NULL AND r.disposition <> 3 AND r.kind IS NOT NULL AND r.occurred_at IS NOT NULL
  AND (r.item_no IN (SELECT item_no FROM items WHERE item_id IN (SELECT id FROM wanted))
    OR x.item_id IN (SELECT id FROM wanted)
    OR (r.item_no IS NULL AND r.user_no IN (SELECT user_no FROM users WHERE user_id IN (SELECT id FROM wanted))))
)sql");
    rows.with(m_since);
    KnownResults known;
    while (rows.next())
      known.emplace(
          key_of(rows.text(2), rows.text(3)),
          Known{rows.integer(0), static_cast<Kind>(rows.integer(1)), std::string(rows.text(3)),
                std::string(rows.text(4)), std::string(rows.text(5)), std::string(rows.text(6)), rows.integer(7) != 0});
    return known;
  }

  Batch& m_batch;
  Recorded& m_recorded;
  Seconds m_since;
  Database& m_database;
  std::map<std::uint32_t, std::string> m_own;  // by index of the log: what to say about it
};

}  // namespace

void mark_own_uploads(Batch& batch, Recorded& recorded, Seconds since, Database& database) {
  UploadFinder finder(batch, recorded, since, database);
  finder.mark_by_digest();
  finder.mark_by_content();
  finder.mark();
}

}  // namespace offcirc
