// Opens the logs of a load and settles the format of each, before any is read: what is wrong with one that was named
// stops the run.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "formats/log_format.hpp"
#include "loader/config/config.hpp"
#include "loader/intake/intake.hpp"
#include "loader/intake/load_limits.hpp"
#include "loader/intake/log_storage.hpp"

namespace offcirc {

/// A log with a parser that stands at its beginning; without one it is empty, or `log.error` says why it is not read.
struct OpenLog {
  Log log;
  const LogFormat* format = nullptr;    ///< null as the parser
  std::shared_ptr<LogStorage> storage;  ///< null where the log could not be read
  std::unique_ptr<LogParser> parser;
};

/// All that was found, and the logs in it.
struct OpenLogs {
  std::vector<BatchFile> files;  ///< in bytewise order of path
  std::vector<OpenLog> logs;     ///< likewise
};

/// A log that would make all of them together more than `max_bytes` is left out, with an error. Throws RunError with a
/// line for each log that was named and can't be used.
OpenLogs open_logs(const IntakeOptions& options, const Config& config, std::uint64_t max_bytes = k_max_load_bytes);

/// The format of a log by its content, or a sentence that says why there is none or which several. `ids`: what the
/// library's IDs look like.
std::variant<const LogFormat*, std::string> choose_format(std::string_view text, const IdPatterns& ids = {});

}  // namespace offcirc
