// The transactions of one load: read from many logs, put on one clock and into one order.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "formats/diagnostic.hpp"
#include "formats/stamp.hpp"
#include "formats/transaction.hpp"
#include "loader/memory/block_array.hpp"
#include "loader/memory/pages.hpp"
#include "loader/model/finding.hpp"
#include "loader/model/policy.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

/// Identifies a file and its state, to detect whether it was replaced or written to since it was read.
struct FileMark {
  dev_t device = 0;
  ino_t number = 0;
  off_t size = 0;
  std::int64_t written_seconds = 0, written_nanoseconds = 0;

  friend bool operator==(const FileMark&, const FileMark&) = default;
};

/// Returns nullopt unless `status` is of a regular file.
inline std::optional<FileMark> mark_of(const struct stat& status) {
  if (!S_ISREG(status.st_mode)) return std::nullopt;
  return FileMark{status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

// The prior attempt at a transaction that is retried: its result in an earlier load, and the time limits of that load.

struct PriorAttempt {
  std::int64_t result = 0;  ///< number of the row
  std::int64_t load = 0;
  std::uint64_t n = 0;  ///< number of the result in the report of that load
  /// UTC time of the first attempt. The transaction can't have been recorded after it, and its age is measured from it.
  Seconds first_loaded_at = 0;
  std::optional<Seconds> accepted_since;  ///< UTC; the --since of the prior attempts
  NewSentence perhaps_loaded = {};        ///< what PerhapsLoaded had at the prior attempt; empty: nothing
};

inline constexpr std::uint32_t k_none = std::numeric_limits<std::uint32_t>::max();

/// A file that the load found: a log, or an archive of several.
struct BatchFile {
  std::string path;                 ///< as given, or as found below a given folder
  std::string below;                ///< path below the given folder; the file name if the file itself was given
  std::optional<FileMark> read_as;  ///< state of the file when all of it was read; none if it was not, or is not a file
};

/// One log of the load, read or not.
struct Log {
  std::string path;       ///< as given, or as found below a given folder or in a given archive; `-` for standard input
  std::string full_path;  ///< absolute `path`, so that a retry still knows what the log's folder says
  std::string given_library;  ///< --library; empty if not given
  std::string given_station;  ///< --station; empty if not given
  std::string format;         ///< name; empty if the log was not read
  std::string library;        ///< the station's library, by lines, folder, file name or --library; empty = unknown
  std::string station;        ///< four digits if it is a number; empty = unknown
  std::string digest;         ///< of the unpacked text: 32 hex digits
  std::uint64_t records = 0;  ///< including blank ones
  std::uint64_t blank = 0;
  std::optional<std::string> error;  ///< why none of it was read
  std::vector<LogNote> notes;
  /// For a log without times: a hash of the content of each record, in order. Empty for other logs.
  std::vector<std::uint64_t> list;
  /// First line of each section except the first: after a header, a step back of more than an hour, or a join.
  std::vector<std::uint32_t> section_lines;
  bool has_unproved_repeats = false;  ///< Transaction::repeats_line is set for some of its records
  bool last_may_be_cut = false;       ///< the last line has no line end, and nothing shows that it is complete
  std::uint32_t file = k_none;        ///< index into Batch::files
};

/// A transaction in the batch.
struct Entry {
  Transaction* transaction = nullptr;
  Seconds recorded_at = k_no_time;  ///< UTC, by the station's clock
  Seconds occurred_at = k_no_time;  ///< UTC, corrected; the only time that is compared
  Identity identity;
  const PriorAttempt* earlier = nullptr;  ///< the prior attempt, if this is a retry; otherwise null
  std::string_view user_id;               ///< stripped of scanner start and stop characters
  std::string_view item_id;
  std::uint32_t desk = k_none;      ///< index into Batch::desks
  std::uint32_t user_key = k_none;  ///< index into BatchIds::users; k_none if the transaction names no user
  std::uint32_t item_key = k_none;  ///< index into BatchIds::items
  Kind kind = Kind::checkout;       ///< copied from the transaction, which is elsewhere in memory
  bool time_is_given = false;       ///< the log has a corrected time, so no clock offset is added to recorded_at
  bool needs_context = false;       ///< copied from the transaction
  bool clock_jumped = false;
  bool clock_went_backwards = false;
  /// The clock was ahead during a whole run of the log, so the time is wrong even if it is not in the future.
  bool clock_ran_ahead = false;
  bool order_assumed = false;  ///< moved before a checkout of the same item in the same minute in another log
};

/// The times of one record, in UTC; k_no_time if its log has none.
struct RecordTimes {
  Seconds recorded_at = k_no_time;  ///< by the station's clock
  Seconds occurred_at = k_no_time;  ///< corrected
};

/// A record that can't be read.
struct UnreadableRecord {
  std::uint32_t log = 0;
  Diagnostic diagnostic;  ///< with its identity's ordinal set, and its IDs stripped
  std::string library;    ///< of the log
  std::string station;
  std::uint64_t anchor = 0;  ///< content of the strong record before it (loader/intake/identity.hpp); 0: none
  RecordTimes times = {};    ///< as far as they are readable
};

/// Where lines of a log were recorded. Lines of one log that name the same desk share one.
struct BatchDesk {
  Desk desk;                                  ///< as the lines name it
  std::optional<Seconds> given_clock_offset;  ///< --clock for this desk
  std::uint32_t log = 0;                      ///< index into Batch::logs
  LibraryIndex library = k_no_library;  ///< whose policy applies; k_no_library if `library_code` is empty or unknown
  std::string_view library_code;        ///< according to the log; empty if it names none
  std::string_view station;             ///< empty if unknown
  std::string_view library_mismatch;    ///< the sentence that says what disagrees; empty if nothing does
  Seconds clock_offset_seconds = 0;     ///< added to recorded_at, unless the clock jumped or went backwards
};

/// The IDs that the entries name, each once, in order of first use.
struct BatchIds {
  LargeVector<std::string_view> users, items;
  /// What `users` and `items` point into.
  TextMemory text = make_text_memory();
};

/// Owns the bytes of the logs and everything else that the entries point into.
class LogStorage;

/// Records that may have been loaded before, because the same text is known from another place.
class PerhapsLoaded {
 public:
  /// `other` is a clause that names the other record, such as "line 7 of OSH/standlog.0201 says the same".
  void add(std::uint32_t entry, NewSentence other) { m_other.emplace(entry, std::move(other)); }
  /// Null if there is no such record. For a retry, the finding of the prior attempt still holds.
  [[nodiscard]] const NewSentence* of(const Entry& entry, std::uint32_t index) const {
    if (entry.earlier != nullptr)
      return entry.earlier->perhaps_loaded.empty() ? nullptr : &entry.earlier->perhaps_loaded;
    if (m_other.empty()) return nullptr;
    const auto found = m_other.find(index);
    return found == m_other.end() ? nullptr : &found->second;
  }
  [[nodiscard]] const std::unordered_map<std::uint32_t, NewSentence>& all() const { return m_other; }

 private:
  std::unordered_map<std::uint32_t, NewSentence> m_other;  // by index of the entry
};

struct Batch {
  std::vector<BatchFile> files;              ///< in bytewise order of path
  std::vector<Log> logs;                     ///< in bytewise order of path
  BlockArray<Entry> entries;                 ///< in replay order
  std::vector<std::uint32_t> registrations;  ///< indices of the entries that register a user or edit a registration
  BatchIds ids;
  std::vector<UnreadableRecord> unreadable;  ///< by log and line
  std::vector<BatchDesk> desks;              ///< by log; each has at least one entry
  PerhapsLoaded perhaps_loaded;
  std::vector<std::shared_ptr<LogStorage>> storage;
};

}  // namespace offcirc
