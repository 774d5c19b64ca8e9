// Reads one log to its end: every record becomes a transaction, a diagnostic, or a blank that is only counted.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "formats/diagnostic.hpp"
#include "loader/intake/log_bytes.hpp"
#include "loader/intake/open_logs.hpp"
#include "loader/progress.hpp"

namespace offcirc {

/// The time that transactions were given because their log has none.
struct AssumedTime {
  Seconds time = 0;              ///< UTC
  bool is_of_file = false;       ///< when the file was last modified; otherwise the time from --at
  std::size_t transactions = 0;  ///< how many were given it; 0: none needed it
};

/// The place in a log of a record that is not a transaction.
struct RecordPlace {
  std::uint64_t transactions = 0;  ///< how many transactions come before it
  std::uint64_t records = 0;       ///< how many records of all kinds come before it
};

struct ReadLog {
  Log log;
  std::shared_ptr<LogStorage> storage;              ///< holds the transactions; null if the log was not read
  std::vector<Diagnostic> unreadable = {};          ///< in the order of the log
  std::vector<RecordPlace> unreadable_places = {};  ///< by unreadable record
  std::vector<RecordPlace> headers = {};            ///< where a log that was appended to another may begin
  /// By unreadable record: the content of the strong record before it; 0: none. Set by identify_records().
  std::vector<std::uint64_t> anchors = {};
  bool is_list = false;         ///< no record has a time: its position in the list tells it from others
  bool has_no_seconds = false;  ///< LogFormat::has_no_seconds
  AssumedTime assumed_time = {};
};

/// `at` (UTC) is the time of transactions whose log has none. Without `at`, they get the time at which the file was
/// last modified if the format never has times; otherwise they are unreadable. Afterwards every transaction has a time:
/// `occurred` or `recorded` is of form date, civil or absolute. `lines` counts the records. A log with more than
/// `max_records` records that are not blank gets an error, and nothing of it is kept.
ReadLog read_log(OpenLog open, std::optional<Seconds> at, LineCount& lines,
                 std::uint64_t max_records = k_max_load_records);

}  // namespace offcirc
