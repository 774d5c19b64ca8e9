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

// Identifies a file and its state, to tell whether it has changed since it was read.

struct FileMark {
  dev_t device = 0;
  ino_t number = 0;
  off_t size = 0;
  std::int64_t written_seconds = 0, written_nanoseconds = 0;

  friend bool operator==(const FileMark&, const FileMark&) = default;
};

/// None if it is not a regular file.
inline std::optional<FileMark> mark_of(const struct stat& status) {
  if (!S_ISREG(status.st_mode)) return std::nullopt;
  return FileMark{status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

// The prior attempt of a retried transaction: its result in an earlier load, and the limits on age that applied then.

struct PriorAttempt {
  std::int64_t result = 0;  ///< number of the row
  std::int64_t load = 0;
  std::uint64_t n = 0;                    ///< in the report of that load
  Seconds first_loaded_at = 0;            ///< UTC: nothing was recorded after it, and its age is counted from it
  std::optional<Seconds> accepted_since;  ///< UTC; what --since said then
  NewSentence perhaps_loaded = {};        ///< what PerhapsLoaded said of it then; empty: nothing
};

inline constexpr std::uint32_t k_none = std::numeric_limits<std::uint32_t>::max();

/// A file that the load found: a log, or an archive of several.
struct BatchFile {
  std::string path;                 ///< as given, or found below a folder that was given
  std::string below;                ///< its path below the folder that was given; its name where it was given itself
  std::optional<FileMark> read_as;  ///< what it was when all of it was read; none where it was not, or is no file
};

/// One log of the load, read or not.
struct Log {
  std::string path;       ///< as given, or found below a folder or in an archive that was given; `-` for standard input
  std::string full_path;  ///< the same, absolute; what its folder says stays known wherever it is read again
  std::string given_library;  ///< --library; empty: not given, likewise below
  std::string given_station;  ///< --station
  std::string format;         ///< name; empty where it was not read
  std::string library;        ///< of its station as lines, folder, name or --library say; empty = not known
  std::string station;        ///< four digits where it is a number; empty = not known
  std::string digest;         ///< of its text, unpacked: 32 hex digits
  std::uint64_t records = 0;  ///< all of them, blank ones included
  std::uint64_t blank = 0;
  std::optional<std::string> error;  ///< why nothing of it was read
  std::vector<LogNote> notes;
  /// Of a list without times: what each of its records says, in their order; empty of all others.
  std::vector<std::uint64_t> list;
  /// First lines of its sections but the first: after a header, a step back of more than an hour, or a join.
  std::vector<std::uint32_t> section_lines;
  bool has_unproved_repeats = false;  ///< Transaction::repeats_line is set for some of its records
  bool last_may_be_cut = false;       ///< the last line does not end, and nothing shows that it is whole
  std::uint32_t file = k_none;        ///< index into Batch::files
};

/// A transaction at its place in the batch.
struct Entry {
  Transaction* transaction = nullptr;
  Seconds recorded_at = k_no_time;  ///< UTC, by the station's clock
  Seconds occurred_at = k_no_time;  ///< UTC, corrected; the only time that is ever compared
  Identity identity;
  const PriorAttempt* earlier = nullptr;  ///< null unless a rejected transaction is retried
  std::string_view user_id;               ///< stripped of scanner start and stop characters
  std::string_view item_id;
  std::uint32_t desk = k_none;      ///< index into Batch::desks
  std::uint32_t user_key = k_none;  ///< index into BatchIds::users; k_none where the transaction names no user
  std::uint32_t item_key = k_none;  ///< index into BatchIds::items
  Kind kind = Kind::checkout;       ///< the same as the transaction's, kept here because that is far away in memory
  bool time_is_given = false;       ///< the log itself says a corrected time: no clock is added to recorded_at
  bool needs_context = false;       ///< the transaction's
  bool clock_jumped = false;
  bool clock_went_backwards = false;
  /// Recorded by a clock that ran ahead over a whole run of its log, so its time is wrong even if it has passed.
  bool clock_ran_ahead = false;
  bool order_assumed = false;  ///< moved before a checkout of the same item and minute, at another desk
};

/// Of one record, in UTC; k_no_time where its log says no time.
struct RecordTimes {
  Seconds recorded_at = k_no_time;  ///< by the station's clock
  Seconds occurred_at = k_no_time;  ///< corrected
};

/// A record that can't be read.
struct UnreadableRecord {
  std::uint32_t log = 0;
  Diagnostic diagnostic;  ///< its identity is numbered, and its IDs are stripped
  std::string library;    ///< of the log
  std::string station;
  std::uint64_t anchor = 0;  ///< content of the strong record before it in the log; 0: none
  RecordTimes times = {};    ///< as far as they can be read
};

/// Where lines of a log were recorded; lines that say the same share it.
struct BatchDesk {
  Desk desk;                                  ///< as the lines say
  std::optional<Seconds> given_clock_offset;  ///< what --clock said of it
  std::uint32_t log = 0;                      ///< index into Batch::logs
  LibraryIndex library = k_no_library;  ///< whose policy applies; k_no_library: none, or `library_code` is unknown
  std::string_view library_code;        ///< as the log says; empty: it says none
  std::string_view station;             ///< empty: not known
  std::string_view library_mismatch;    ///< the sentence that says what disagrees; empty: nothing does
  Seconds clock_offset_seconds = 0;     ///< what is added to recorded_at, but for a clock that jumped or went backwards
};

/// The distinct IDs that the entries name, in order of first use.
struct BatchIds {
  LargeVector<std::string_view> users, items;
  /// What they point into.
  TextMemory text = make_text_memory();
};

/// Owns the bytes of the logs and whatever the entries point into.
class LogStorage;

/// Records that may have been loaded before: the same words are known from another place.
class PerhapsLoaded {
 public:
  /// `other` is a clause that names the other record: "line 7 of OSH/standlog.0201 says the same".
  void add(std::uint32_t entry, NewSentence other) { m_other.emplace(entry, std::move(other)); }
  /// Null if it was not. What was found for a prior attempt still holds.
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
  std::vector<Log> logs;                     ///< likewise
  BlockArray<Entry> entries;                 ///< in replay order
  std::vector<std::uint32_t> registrations;  ///< indices of those that register a user
  BatchIds ids;
  std::vector<UnreadableRecord> unreadable;  ///< by log and line
  std::vector<BatchDesk> desks;              ///< by log; each has an entry
  PerhapsLoaded perhaps_loaded;
  std::vector<std::shared_ptr<LogStorage>> storage;
};

}  // namespace offcirc
