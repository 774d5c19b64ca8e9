// Puts a log into its place in the batch: its library and station, its clock, and the notes on it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/intake/clock.hpp"
#include "loader/intake/intake.hpp"
#include "loader/intake/read_log.hpp"
#include "loader/memory/pages.hpp"
#include "loader/model/batch.hpp"
#include "loader/progress.hpp"

namespace offcirc {

// Finds for each transaction of a log where and when it happened, by the one clock that all logs share.

/// By the transactions of its log, in their order, unless said otherwise.
struct PlacedLog {
  std::vector<Whereabouts> places;      ///< one for each desk of the log, in order of first use
  LargeVector<std::uint32_t> place_of;  ///< index into places
  /// Where another log begins that was appended without a header (find_joins).
  std::vector<std::size_t> joins;
  LargeVector<Seconds> recorded_at;  ///< UTC, by the station's clock
  ClockedTimes times;
  std::vector<RecordTimes> unreadable;  ///< by ReadLog::unreadable, by the clock of the log's station
  bool has_no_seconds = false;          ///< all times are whole minutes, in a format that says no seconds, or need not
  std::vector<bool> clock_ran_ahead;    ///< Entry::clock_ran_ahead; empty where no clock did
};

/// Writes the words of the records (write_words), says of the log where it is from (name_log, else as the path says),
/// and notes on it that its clock was set or that it may have been recorded under the wrong library.
PlacedLog place_log(ReadLog& read, const IntakeOptions& options, const Config& config);

/// Of a log of that format.
LibraryNames library_names_of(std::string_view format);

/// Sets library and station of a log: those of its first transaction of which they are known, else `otherwise`.
void name_log(Log& log, const PlacedLog& placed, std::string_view library_otherwise,
              std::string_view station_otherwise);

// What staff need to know of a log as a whole, in sentences.

/// One note where the clock stepped back by more than is raised: at which line first, from when to when.
void note_clock(Log& log, const PlacedLog& placed, const BlockArray<Transaction>& transactions, const Zone& zone);

/// One note where transactions have a time that their log does not say: which, and from where.
void note_assumed_time(Log& log, const AssumedTime& assumed, const Zone& zone);

/// One note where transactions may have been recorded under the wrong library: how many, and what disagrees.
void note_mismatch(Log& log, const PlacedLog& placed);

/// One note where lines name a library by a name that no library has, and something else said which it is: whose names
/// a vendor has set up (LibraryNames::free).
void note_unknown_names(Log& log, const PlacedLog& placed, const Policy& policy);

// One log on its way into a batch, and the last step of intake: many of them put into one order.

/// A log of the batch with all that its entries are made of.
struct BatchLog {
  ReadLog read;
  PlacedLog placed;
};

/// `logs` are in bytewise order of path. `strip` are scanner characters that IDs lose (strip_id).
/// `ordered` counts them.
Batch merge_into_batch(std::vector<BatchLog> logs, std::string_view strip, LineCount& ordered);

}  // namespace offcirc
