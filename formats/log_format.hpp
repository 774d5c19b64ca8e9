// The contract of a log format: how to recognize it, and how to turn its text into records.
// To add one: formats/<name>.cpp, tests/test_format_<name>.cpp, samples/<name>.<extension>, and FORMAT(<name>) in
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

/// A record that says nothing about circulation: a header, a comment, an empty line, a response, a session command. A
/// parser must not turn a damaged record into a Blank.
struct Blank {
  bool begins_section = false;  ///< a header: the records after it may come from another log that was appended
};

/// One record, usually one line. `line` is the number of its first line, from 1.
struct Record {
  std::uint32_t line = 0;
  std::variant<Blank, Transaction, Diagnostic> content;
};

enum class DateOrder : std::uint8_t { mdy, dmy, ymd };

/// What a parser receives besides the text.
struct LogContext {
  TextArena& arena;
  Decoder& decoder;
  DateOrder date_order = DateOrder::mdy;  ///< for dates whose order is ambiguous
  IdPatterns ids = {};                    ///< for logs that do not say whether a barcode is a user's or an item's
  std::optional<Kind> list_kind = {};     ///< from --kind: what was done, for a list that does not say
};

/// Reads a log record by record. Every byte of the text belongs to exactly one record. An unreadable record becomes a
/// Diagnostic, and reading continues after it.
class LogParser {
 public:
  LogParser() = default;
  LogParser(const LogParser&) = delete;
  LogParser& operator=(const LogParser&) = delete;
  virtual ~LogParser() = default;

  /// Reads the next record; returns false at the end of the log.
  virtual bool next(Record& record) = 0;
  /// Notes about the log as a whole. Call it after the last record.
  [[nodiscard]] virtual std::vector<LogNote> notes() const { return {}; }
};

/// A parser, or the reason why the whole log is unusable (for example, a header row without a kind column).
using OpenedLog = std::variant<std::unique_ptr<LogParser>, Diagnostic>;

struct LogFormat {
  std::string_view name;       ///< the value of `--format`
  std::string_view summary;    ///< one line for `offcirc formats`
  std::string_view extension;  ///< of its sample and, usually, of its files
  /// True if a record itself shows that it is complete. In other formats, a last line without a newline may be cut
  /// short.
  bool has_end_mark;
  /// Returns whether a log that begins with `head` (its first 64 KiB, or all of it) is in this format.
  bool (*claims)(std::string_view head);
  /// `text` and whatever `context` refers to must outlive the parser and its records.
  OpenedLog (*open)(std::string_view text, const LogContext& context);
  /// No record has a time: it comes from --at or from the file's modification time, and a record is identified by its
  /// position in the log.
  bool has_no_times = false;
  /// Times may have no seconds (a sheet typed by hand), so two payments in the same minute can look alike.
  bool has_no_seconds = false;
  /// Called if no format claims the log: returns whether it is in this format, going by records that look like the
  /// library's IDs and nothing else. `list_kind`: --kind. May be null.
  bool (*claims_by_ids)(std::string_view head, const IdPatterns& ids, std::optional<Kind> list_kind) = nullptr;
  /// Called if no format claims the log: returns a sentence about what is missing in a log that is nearly in this
  /// format, or an empty string if it is not close. May be null.
  std::string (*near_miss)(std::string_view head, const IdPatterns& ids) = nullptr;
};

/// Longer lines are unreadable; no real line comes near this length.
inline constexpr std::size_t k_max_line_bytes = 64 * 1024;

}  // namespace offcirc
