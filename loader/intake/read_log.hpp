// Reads one log to its end: every record becomes a transaction, a diagnostic, or a blank that is only counted.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "formats/diagnostic.hpp"
#include "loader/intake/log_storage.hpp"
#include "loader/intake/open_logs.hpp"

namespace offcirc {

struct ReadLog {
  Log log;
  std::shared_ptr<LogStorage> storage;  ///< with the transactions; null where the log could not be read
  std::vector<Diagnostic> unreadable;   ///< in the order of the log
};

/// `at` (UTC) is the time of transactions whose log has none; without it they are unreadable. Afterwards every
/// transaction has a time, as `occurred` or `recorded` of form date, civil or absolute, and every identity a number.
ReadLog read_log(OpenLog open, std::optional<Seconds> at);

}  // namespace offcirc
