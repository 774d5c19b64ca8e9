// The contract of a log format: how it is told from others, and how its text becomes records.
// To add one: formats/<name>.cpp, tests/test_format_<name>.cpp, samples/<name>.<extension>, FORMAT(<name>) in
// formats.def.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "formats/decoder.hpp"
#include "formats/diagnostic.hpp"
#include "formats/ids.hpp"
#include "formats/text_arena.hpp"
#include "formats/transaction.hpp"

namespace offcirc {

/// A record that says nothing about circulation: a header, a comment, an empty line, an answer, a session command.
/// Damage never makes one of a record.
struct Blank {
  bool begins_section = false;  ///< a header: what follows may be another log that was appended
};

/// One record: mostly a line; `line` is its first, from 1.
struct Record {
  std::uint32_t line = 0;
  std::variant<Blank, Transaction, Diagnostic> content;
};

enum class DateOrder : std::uint8_t { mdy, dmy, ymd };

/// What a parser is given beside the text.
struct LogContext {
  TextArena& arena;
  Decoder& decoder;
  DateOrder date_order = DateOrder::mdy;  ///< of dates that do not say
  IdPatterns ids = {};                    ///< for logs that do not say whose a barcode is
  std::optional<Kind> list_kind = {};     ///< --kind: of a list that does not say what was done
};

/// Reads a log record by record. Every byte of the text belongs to exactly one record; what can't be read becomes a
/// Diagnostic and the reading goes on behind it.
class LogParser {
 public:
  LogParser() = default;
  LogParser(const LogParser&) = delete;
  LogParser& operator=(const LogParser&) = delete;
  virtual ~LogParser() = default;

  /// The next record, or false at the end of the log.
  virtual bool next(Record& record) = 0;
  /// What is to be said of the log as a whole; asked at its end.
  [[nodiscard]] virtual std::vector<LogNote> notes() const { return {}; }
};

/// A parser, or why nothing in the log can be used (say, a header row that names no kind).
using OpenedLog = std::variant<std::unique_ptr<LogParser>, Diagnostic>;

struct LogFormat {
  std::string_view name;       ///< as in `--format`
  std::string_view summary;    ///< one line for `offcirc formats`
  std::string_view extension;  ///< of its sample, and of files usually called so
  /// A record shows by itself that it is whole. In the others a last line without a newline may be cut.
  bool has_end_mark;
  /// Whether a log that begins with `head` (its first 64 KiB, or all of it) is of this format.
  bool (*claims)(std::string_view head);
  /// `text` and what `context` refers to outlive the parser and its records.
  OpenedLog (*open)(std::string_view text, const LogContext& context);
  /// No record says when it happened: then --at says it, or the time at which the file was last written; and what a
  /// record is known again by is its place in the log.
  bool has_no_times = false;
  /// Times are to the minute, or may be (a sheet typed by hand): two payments in one minute can look alike.
  bool has_no_seconds = false;
  /// Asked where no format claims the log by itself: records that look like nothing but the library's IDs. `list_kind`:
  /// --kind. May be null.
  bool (*claims_by_ids)(std::string_view head, const IdPatterns& ids, std::optional<Kind> list_kind) = nullptr;
  /// Asked where no format claims the log: what is missing in one that is nearly of this format, in a sentence; empty:
  /// it is not. May be null.
  std::string (*near_miss)(std::string_view head, const IdPatterns& ids) = nullptr;
};

/// Longer lines are unreadable: no real one comes near.
inline constexpr std::size_t k_max_line_bytes = 64 * 1024;

}  // namespace offcirc
