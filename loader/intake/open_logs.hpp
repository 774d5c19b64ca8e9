// Opens the logs of a load and determines the format of each before any is read, so that a problem with a named log
// stops the run early.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "formats/decoder.hpp"
#include "formats/log_format.hpp"
#include "formats/text_arena.hpp"
#include "loader/config/config.hpp"
#include "loader/intake/intake.hpp"
#include "loader/intake/log_bytes.hpp"
#include "loader/model/batch.hpp"

namespace offcirc {

/// Keeps the contents of a log as long as its batch lives: its bytes, its decoded text and its transactions. It can't
/// be moved, because parsers, desks and transactions point into it.
class LogStorage {
  static constexpr std::size_t k_usual_line_bytes = 110;

 public:
  LogStorage(LogBytes log_bytes, const std::string& encoding) : bytes(std::move(log_bytes)), decoder(encoding, arena) {
    transactions.expect(bytes.view().size() / k_usual_line_bytes);
  }
  LogStorage(const LogStorage&) = delete;
  LogStorage& operator=(const LogStorage&) = delete;

  LogBytes bytes;
  TextArena arena;
  Decoder decoder;
  BlockArray<Transaction> transactions;     ///< in the order of the log; entries of the batch point to them
  std::vector<PriorAttempt> earlier_tries;  ///< by transaction, if they are retried; otherwise empty
};

/// A log with a parser at its beginning. Without a parser, the log is empty or was left alone, or `log.error` says why
/// it is not read.
struct OpenLog {
  Log log;
  const LogFormat* format = nullptr;    ///< null if it was not determined
  std::shared_ptr<LogStorage> storage;  ///< null if the log could not be read
  std::unique_ptr<LogParser> parser;
};

/// All files that were found, and the logs in them.
struct OpenLogs {
  std::vector<BatchFile> files;  ///< in bytewise order of path
  std::vector<OpenLog> logs;     ///< in bytewise order of path
};

/// Opens all logs. A log that would bring their total size above `max_bytes` is left out, with an error. Throws
/// RunError with a line for each named log that can't be used.
OpenLogs open_logs(const IntakeOptions& options, const Config& config, std::uint64_t max_bytes = k_max_load_bytes);

/// The format of a log, recognized by its content, or a sentence that says why none fits or which ones do. `ids` says
/// what the library's IDs look like. `list_kind` is --kind.
std::variant<const LogFormat*, std::string> choose_format(std::string_view text, const IdPatterns& ids = {},
                                                          std::optional<Kind> list_kind = {});

}  // namespace offcirc
