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

/// The time that transactions were given because their log says none.
struct AssumedTime {
  Seconds time = 0;              ///< UTC
  bool is_of_file = false;       ///< when the file was last written; else what --at said
  std::size_t transactions = 0;  ///< so many; 0: none needed it
};

/// The place in a log of something that is not a transaction.
struct RecordPlace {
  std::uint64_t transactions = 0;  ///< so many come before it
  std::uint64_t records = 0;       ///< of all kinds
};

struct ReadLog {
  Log log;
  std::shared_ptr<LogStorage> storage;              ///< with the transactions; null where the log could not be read
  std::vector<Diagnostic> unreadable = {};          ///< in the order of the log
  std::vector<RecordPlace> unreadable_places = {};  ///< of the same
  std::vector<RecordPlace> headers = {};            ///< where another log may begin that was appended
  /// By unreadable record: the content of the strong record before it; 0: there is none. Set by identify_records().
  std::vector<std::uint64_t> anchors = {};
  bool is_list = false;         ///< no record says when it happened: its place in the list tells it from others
  bool has_no_seconds = false;  ///< LogFormat::has_no_seconds
  AssumedTime assumed_time = {};
};

/// `at` (UTC) is the time of transactions whose log has none. Without it the time at which the file was last written
/// is, where the format never has times; else they are unreadable. Afterwards every transaction has a time, as
/// `occurred` or `recorded` of form date, civil or absolute. `lines` counts the records. A log of more than
/// `max_records` that are not blank gets an error, and nothing of it is kept.
ReadLog read_log(OpenLog open, std::optional<Seconds> at, LineCount& lines,
                 std::uint64_t max_records = k_max_load_records);

}  // namespace offcirc
