// Opens the logs of a load and settles the format of each, before any is read.
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

// Keeps what a log was read into as long as its batch lives: its bytes, its decoded text, its transactions.

/// Stays at its place: parsers, desks and transactions point into it.
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
  BlockArray<Transaction> transactions;   ///< in the order of the log; entries of the batch point to them
  std::vector<EarlierTry> earlier_tries;  ///< by transaction, where they are run again; else empty
};

// Opens the logs of a load and settles the format of each, before any is read: what is wrong with one that was named
// stops the run.

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
/// library's IDs look like. `list_kind`: --kind.
std::variant<const LogFormat*, std::string> choose_format(std::string_view text, const IdPatterns& ids = {},
                                                          std::optional<Kind> list_kind = {});

}  // namespace offcirc
