// Notes on logs that have duplicates or whose records earlier loads have taken: one for each log and reason, with
// counts and what to do.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "loader/database/sqlite.hpp"
#include "loader/journal/recorded_identities.hpp"
#include "loader/model/batch.hpp"
#include "loader/runs/recorded.hpp"

namespace offcirc {

/// A record of the batch, and where it was recorded.
struct RecordOfBatch {
  std::uint32_t log = 0;  ///< index into Batch::logs
  std::uint32_t line = 0;
  std::string_view library, station;
};

/// Whether the library or the station of a record differs from that of its duplicate. Stations are compared only if
/// both are known.
bool lies_elsewhere(const RecordOfBatch& record, std::string_view library, std::string_view station);

/// `Load 1 has this record as one of BEL (1:3); now it is under RID`
NewSentence sentence_of(const RecordOfBatch& record, const KnownResult& known);
/// The same for a duplicate of another record of this load, in the log at `path`.
NewSentence sentence_of(const RecordOfBatch& record, const RecordOfBatch& first, std::string_view path);

/// Counts the findings about one log.
class CopyNotes {
 public:
  void count_stored(std::int64_t load) {
    ++m_stored;
    m_loads.insert(load);
  }
  void count_elsewhere(const RecordOfBatch& record, const KnownResult& known);
  void count_elsewhere(const RecordOfBatch& record, const RecordOfBatch& first, std::string_view path);
  void count_repeated() { ++m_repeated; }
  void count_perhaps() { ++m_perhaps; }

  void add_to(Log& log, bool dry_run) const;

 private:
  [[nodiscard]] std::string elsewhere_action(bool dry_run) const;

  std::uint64_t m_stored = 0, m_repeated = 0, m_perhaps = 0;
  std::set<std::int64_t> m_loads;
  std::map<std::string, std::uint64_t> m_elsewhere;  ///< keyed by sentence
  std::set<std::int64_t> m_loads_elsewhere;
  std::set<std::string> m_libraries;  ///< under which this load has its records, that of this log among them
};

/// Adds one note to each log whose clock turned out to be ahead only after earlier loads had taken records of it: how
/// many records which loads loaded with the time of that clock, and that these loads must be undone. Records whose time
/// was corrected by --clock in the meantime are not counted.
void note_earlier_by_fast_clock(Batch& batch, const Recorded& recorded, Database& database);

}  // namespace offcirc
