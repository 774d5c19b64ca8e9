// Notes on logs that earlier loads have taken records of.
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

// What staff are told of a log that holds copies: once for the log, with numbers, and what to do.

/// A record of the batch and where it is from.
struct RecordOfBatch {
  std::uint32_t log = 0;  ///< index into Batch::logs
  std::uint32_t line = 0;
  std::string_view library, station;
};

/// Whether the library or the station of a record is another than that of its copy. A station that only one of the two
/// knows is none.
bool lies_elsewhere(const RecordOfBatch& record, std::string_view library, std::string_view station);

/// `Load 1 has this record as one of BEL (1:3); now it is under RID`
NewSentence sentence_of(const RecordOfBatch& record, const KnownResult& known);
/// The same of a record of this load, in the log of that path.
NewSentence sentence_of(const RecordOfBatch& record, const RecordOfBatch& first, std::string_view path);

/// Counts what is found of one log.
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
  std::map<std::string, std::uint64_t> m_elsewhere;  ///< by sentence
  std::set<std::int64_t> m_loads_elsewhere;
  std::set<std::string> m_libraries;  ///< that this load has its records under, this log's among them
};

// Says of logs whose clock turned out to be ahead which earlier loads have taken records of it, before that could be
// seen.

/// One note on each such log: how many records which loads have loaded with the time that the clock said, and that
/// these loads have to be undone. Records that have another time by now, by --clock, are as they should be.
void note_earlier_by_fast_clock(Batch& batch, const Recorded& recorded, Database& database);

}  // namespace offcirc
