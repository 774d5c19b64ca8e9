// Finds duplicates in a batch: records that an earlier load (one that was not undone) or an earlier line has recorded.
// Also finds recorded records that say the same as new ones but are in another place.
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

/// A record of the batch that an earlier load has recorded. `place` is an index into the identities asked for.
struct StoredCopy {
  std::uint32_t place = 0;
  std::int64_t result = 0;  ///< row number of the recorded result
};

/// A record of the batch that duplicates another record of the batch.
struct CopyWithin {
  std::uint32_t place = 0;
  std::uint32_t first = 0;  ///< place of the one that counts
};

struct Copies {
  std::vector<bool> is_copy;       ///< by place: recorded by a load, or equal to an identity before it
  std::vector<StoredCopy> stored;  ///< without those in `within`
  std::vector<CopyWithin> within;  ///< in ascending order of identity
};

/// Finds the identities that repeat another one, as a load into an empty database does.
Copies find_copies_within(std::span<const Identity> identities);

/// Finds the identities that the database has, and those that repeat another one.
Copies find_copies(Database& database, std::span<const Identity> identities);

/// A result of an earlier load, with what is needed to compare and name it.
struct KnownResult {
  std::int64_t result = 0;
  std::int64_t load = 0, n = 0;
  std::int64_t log = 0;  ///< number of its log in the load, from 0
  std::uint32_t line = 0;
  std::string library, station;
};

/// In the order of `results`, which are row numbers.
std::vector<KnownResult> find_known_results(Database& database, std::span<const std::int64_t> results);

/// A recorded record by whose digest a list is known.
struct KnownListEnd {
  std::uint64_t digest = 0;
  std::uint64_t content = 0;
  std::int64_t result = 0;
};
/// In order of result; only those whose digest is among `digests`.
std::vector<KnownListEnd> find_known_lists(Database& database, std::span<const std::uint64_t> digests);

/// A recorded, readable record that says the same as one asked for.
struct SameWords {
  std::uint32_t place = 0;  ///< index into the words asked for
  KnownResult known;
  Seconds loaded_at = 0;  ///< UTC; when its load began
  std::string path;       ///< of its log
};
/// In order of place, then of result.
std::vector<SameWords> find_same_words(Database& database, std::span<const std::uint64_t> words);

/// How many records, blank ones not counted, a log of an earlier load has.
std::uint64_t count_records_of_log(Database& database, std::int64_t load, std::int64_t log);

/// An unreadable record that nobody has dismissed, of a load that was neither undone nor pruned.
struct PendingUnreadable {
  std::int64_t result = 0;
  Identity identity;
  /// Content of the strong record before it or, in a list, a digest by which the list is known; 0: neither.
  std::uint64_t anchor = 0;
  std::string user_id, item_id;
  std::int64_t load = 0;
  std::int64_t log = 0;  ///< number of its log in the load, from 0
  std::uint32_t line = 0;
  std::string library, station, format;
};
/// In order of load, log and line.
std::vector<PendingUnreadable> find_pending_unreadable(Database& database);

/// A record of a log that was loaded, with what tells which record of another log it is.
struct LoggedRecord {
  std::int64_t result = 0;
  std::string user_id, item_id;
  bool is_readable = false;
};
/// All records of that log in its order, if none of them has a time and there are at most `limit`; otherwise none.
std::vector<LoggedRecord> find_list_records(Database& database, std::int64_t load, std::int64_t log, std::size_t limit);

/// The last record of an earlier load's log that did not end with a line end, so that it may be cut short.
struct CutRecord {
  KnownResult known;
  std::optional<Kind> kind;  ///< none: the record is unreadable
  std::string user_id, item_id;
};
/// The record after `before` in its log, if it is the only one and the log does not end with a line end; otherwise
/// nullopt.
std::optional<CutRecord> find_cut_record(Database& database, const KnownResult& before);

/// What became of a record, according to the newest load that had it and was not undone.
struct RecordedAs {
  std::int64_t load = 0;
  Seconds occurred_at = k_no_time;  ///< UTC
  bool is_loaded = false;           ///< loaded, with or without something left to do
};

/// In the order of `identities`; nullopt for a record that no load has recorded.
std::vector<std::optional<RecordedAs>> find_recorded_as(Database& database, std::span<const Identity> identities);

}  // namespace offcirc
