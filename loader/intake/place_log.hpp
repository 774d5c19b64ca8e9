// Places a log in the batch: finds its library, station and clock, notes what staff need to know, and merges it with
// the other logs.
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

// Finds where and when each transaction of a log happened, on the one clock that all logs share.

/// Unless noted otherwise, a vector has an element for each transaction of the log, in order.
struct PlacedLog {
  std::vector<DeskContext> places;      ///< one for each desk of the log, in order of first use
  LargeVector<std::uint32_t> place_of;  ///< index into places
  /// Where logs begin that were appended without a header (find_joins).
  std::vector<std::size_t> joins;
  LargeVector<Seconds> recorded_at;  ///< UTC, uncorrected: as the station's clock said
  ClockedTimes times;
  std::vector<RecordTimes> unreadable;  ///< by ReadLog::unreadable, on the clock of the log's station
  bool has_no_seconds = false;          ///< all times are whole minutes, and the format has no seconds or may omit them
  std::vector<bool> clock_ran_ahead;    ///< Entry::clock_ran_ahead; empty if no clock did
};

/// Sets the words of the records (write_words), and the library and station of the log (name_log, with the path as
/// default). Notes on the log that its times were assumed, that its clock stepped back, or that it may have been
/// recorded under the wrong library.
PlacedLog place_log(ReadLog& read, const IntakeOptions& options, const Config& config);

/// What the library names in a log of that format may mean.
LibraryNames library_names_of(std::string_view format);

/// Sets the library and the station of a log, each to that of the first place where it is known; otherwise to the
/// default that is given.
void name_log(Log& log, const PlacedLog& placed, std::string_view library_otherwise,
              std::string_view station_otherwise);

// Notes: what staff need to know about a log as a whole, in sentences.

/// Adds one note if the clock stepped back by more than k_step_back_seconds: at which line first, and from when to
/// when.
void note_clock(Log& log, const PlacedLog& placed, const BlockArray<Transaction>& transactions, const Zone& zone);

/// Adds one note if transactions were given a time that their log does not have: which time, and where it is from.
void note_assumed_time(Log& log, const AssumedTime& assumed, const Zone& zone);

/// Adds one note if transactions may have been recorded under the wrong library: how many, and what disagrees.
void note_mismatch(Log& log, const PlacedLog& placed);

/// Adds one note if lines use a library name that no library has, so that something else decided which library it is.
/// Meant for formats whose names a vendor has set up (LibraryNames::free).
void note_unknown_names(Log& log, const PlacedLog& placed, const Policy& policy);

// The last step of intake: the logs are merged into one order.

/// A log of the batch with all that its entries are made from.
struct BatchLog {
  ReadLog read;
  PlacedLog placed;
};

/// `logs` are in bytewise order of path. `strip` holds the scanner characters to strip from IDs (strip_id). `ordered`
/// counts the entries.
Batch merge_into_batch(std::vector<BatchLog> logs, std::string_view strip, LineCount& ordered);

}  // namespace offcirc
