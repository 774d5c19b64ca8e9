// Finds the duplicates in a batch: records that an earlier load (one that was not undone) or an earlier line has
// recorded; and records that say the same as known ones, but at another place.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "formats/transaction.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

/// A record of the batch that a load has recorded. `place` is an index into the identities asked for.
struct StoredCopy {
  std::uint32_t place = 0;
  std::int64_t result = 0;  ///< number of the row
};

/// A record of the batch that is another one's copy.
struct CopyWithin {
  std::uint32_t place = 0;
  std::uint32_t first = 0;  ///< the place of the one that counts
};

struct Copies {
  std::vector<bool> is_copy;       ///< by identity; of those that are equal, all but the first are copies
  std::vector<StoredCopy> stored;  ///< without those that are copies within the batch
  std::vector<CopyWithin> within;  ///< in ascending order of identities
};

Copies find_copies(Database& database, std::span<const Identity> identities);

/// A result of an earlier load, as far as copies have to do with it.
struct KnownResult {
  std::int64_t result = 0;
  std::int64_t load = 0, n = 0;
  std::int64_t log = 0;  ///< of the load
  std::uint32_t line = 0;
  std::string library, station;
};

/// By `results`, which are numbers of rows.
std::vector<KnownResult> find_known_results(Database& database, std::span<const std::int64_t> results);

/// A record by whose digest a list is known.
struct KnownListEnd {
  std::uint64_t digest = 0;
  std::uint64_t content = 0;
  std::int64_t result = 0;
};
std::vector<KnownListEnd> find_known_lists(Database& database, std::span<const std::uint64_t> digests);

/// A readable record with the same words as one that was asked for.
struct SameWords {
  std::uint32_t place = 0;  ///< index into the words asked for
  KnownResult known;
  Seconds loaded_at = 0;  ///< UTC
  std::string path;       ///< of its log
};
std::vector<SameWords> find_same_words(Database& database, std::span<const std::uint64_t> words);

/// How many records that are not blank a log of an earlier load has.
std::uint64_t count_records_of_log(Database& database, std::int64_t load, std::int64_t log);

/// An unreadable record of a load that was not undone, which nobody has dismissed.
struct PendingUnreadable {
  std::int64_t result = 0;
  Identity identity;
  std::uint64_t anchor = 0;  ///< content of the strong record before it; 0: none, or a record of a list
  std::string user_id, item_id;
  std::int64_t load = 0;
  std::int64_t log = 0;  ///< of the load
  std::uint32_t line = 0;
  std::string library, station, format;
};
/// By load, log and line.
std::vector<PendingUnreadable> find_pending_unreadable(Database& database);

/// A record of a log that was loaded, as far as it tells which record of another log it is.
struct LoggedRecord {
  std::int64_t result = 0;
  std::string user_id, item_id;
  bool is_readable = false;
};
/// All records of that log in its order, if none of them has a time and they are at most `limit`; else none.
std::vector<LoggedRecord> find_list_records(Database& database, std::int64_t load, std::int64_t log, std::size_t limit);

/// The last record of a log that an earlier load found without a line end.
struct CutRecord {
  KnownResult known;
  std::optional<Kind> kind;  ///< none: it can't be read
  std::string user_id, item_id;
};
/// What that log has after the record `before`, if that is one record and the log does not end with a line end.
std::optional<CutRecord> find_cut_record(Database& database, const KnownResult& before);

/// What became of a record, by the newest load that was not undone and had it.
struct RecordedAs {
  std::int64_t load = 0;
  Seconds occurred_at = k_no_time;  ///< UTC
  bool is_loaded = false;           ///< it was, with or without something to do
};

/// By `identities`; none of what no load has recorded.
std::vector<std::optional<RecordedAs>> find_recorded_as(Database& database, std::span<const Identity> identities);

}  // namespace offcirc
