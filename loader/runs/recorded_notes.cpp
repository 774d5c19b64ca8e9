#include "loader/runs/recorded_notes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <optional>
#include <vector>

#include "loader/journal/recorded_identities.hpp"
#include "loader/model/outcome.hpp"

namespace offcirc {

namespace {

// More sentences would hide the first.
constexpr std::size_t k_max_sentences = 3;

std::string place_name(std::string_view library, std::string_view station) {
  if (library.empty()) return station.empty() ? "no library" : fmt::format("workstation {} of no library", station);
  return station.empty() ? std::string(library) : fmt::format("{}, workstation {}", library, station);
}

std::string_view plural(std::uint64_t count) {
  return count == 1 ? "" : "s";
}

}  // namespace

bool lies_elsewhere(const RecordOfBatch& record, std::string_view library, std::string_view station) {
  const bool both_know = !station.empty() && !record.station.empty();
  return record.library != library || (both_know && record.station != station);
}

NewSentence sentence_of(const RecordOfBatch& record, const KnownResult& known) {
  return say<Form::loaded_elsewhere>(known.load, known.library, known.station, known.n, record.library, record.station);
}

NewSentence sentence_of(const RecordOfBatch& record, const RecordOfBatch& first, std::string_view path) {
  return say<Form::twice_in_load>(first.library, first.station, first.line, path, record.library, record.station);
}

void CopyNotes::count_elsewhere(const RecordOfBatch& record, const KnownResult& known) {
  m_loads_elsewhere.insert(known.load);
  ++m_elsewhere[fmt::format("load {} has them under {}, this log is under {}", known.load,
                            place_name(known.library, known.station), place_name(record.library, record.station))];
}

void CopyNotes::count_elsewhere(const RecordOfBatch& record, const RecordOfBatch& first, std::string_view path) {
  m_libraries.insert(place_name(first.library, first.station));
  m_libraries.insert(place_name(record.library, record.station));
  ++m_elsewhere[fmt::format("{} has them under {}, this log is under {}", path,
                            place_name(first.library, first.station), place_name(record.library, record.station))];
}

// Names both, since only people know which of them is wrong.
std::string CopyNotes::elsewhere_action(bool dry_run) const {
  if (!m_loads_elsewhere.empty())
    return fmt::format(
        "Find out which library the log is from. If the earlier load has the wrong one, undo load {}, then load this "
        "log again.",
        fmt::join(m_loads_elsewhere, ", "));
  const std::string libraries = fmt::format("{}", fmt::join(m_libraries, " or "));
  if (dry_run)
    return fmt::format(
        "Find out whether the log is from {}, and load only that copy, or name the library with --library.", libraries);
  return fmt::format(
      "Find out whether the log is from {}. If the wrong copy was loaded, undo this load and load only the other copy.",
      libraries);
}

void CopyNotes::add_to(Log& log, bool dry_run) const {
  if (!m_elsewhere.empty()) {
    std::uint64_t records = 0;
    std::string sentences;
    std::size_t named = 0;
    for (const auto& [sentence, count] : m_elsewhere) {
      records += count;
      if (named++ < k_max_sentences) sentences += fmt::format("{}{}", sentences.empty() ? "" : "; ", sentence);
    }
    log.notes.push_back(
        {std::string(facts_of(Outcome::library_mismatch).code),
         fmt::format("{} record{} of this log {} already loaded under another library or workstation: {}.", records,
                     plural(records), records == 1 ? "is" : "are", sentences),
         elsewhere_action(dry_run)});
  }
  if (!log.list.empty() && m_stored == log.list.size())
    log.notes.push_back({"list-known",
                         fmt::format("This whole list was already loaded, in load {}.", fmt::join(m_loads, ", ")),
                         "If it is another day's list with the same barcodes, load it as a new list (--as-new)."});
  if (m_repeated > 0)
    log.notes.push_back({"repeated",
                         fmt::format("{} record{} of this log {} repeated after another header or a step back in time. "
                                     "Only the first copy counts.",
                                     m_repeated, plural(m_repeated), m_repeated == 1 ? "is" : "are"),
                         "Nothing, if overlapping logs were joined."});
  if (m_perhaps > 0)
    log.notes.push_back(
        {std::string(facts_of(Outcome::perhaps_loaded_before).code),
         fmt::format("{} record{} of this log may have been loaded before; each names the other record.", m_perhaps,
                     plural(m_perhaps)),
         std::string(facts_of(Outcome::perhaps_loaded_before).action)});
}

namespace {

/// Keyed by log, then by load.
using Counts = std::map<std::uint32_t, std::map<std::int64_t, std::size_t>>;

Counts count_earlier(const Batch& batch, const Recorded& recorded, Database& database) {
  std::vector<std::uint32_t> entries;
  std::vector<Identity> identities;
  for (std::uint32_t i = 0; const Entry& entry : batch.entries) {
    if (entry.clock_ran_ahead && recorded.entries[i]) {
      entries.push_back(i);
      identities.push_back(entry.identity);
    }
    ++i;
  }
  Counts counts;
  if (identities.empty()) return counts;
  const std::vector<std::optional<RecordedAs>> earlier = find_recorded_as(database, identities);
  for (std::size_t k = 0; k < entries.size(); ++k) {
    const Entry& entry = batch.entries[entries[k]];
    if (earlier[k] && earlier[k]->is_loaded && earlier[k]->occurred_at == entry.occurred_at)
      ++counts[batch.desks[entry.desk].log][earlier[k]->load];
  }
  return counts;
}

}  // namespace

void note_earlier_by_fast_clock(Batch& batch, const Recorded& recorded, Database& database) {
  for (const auto& [log, loads] : count_earlier(batch, recorded, database)) {
    std::string message = "The clock was already ahead in an earlier load:", undo;
    for (const auto& [load, count] : loads) {
      message += fmt::format("{} load {} loaded {} record{} with the wrong time", undo.empty() ? "" : ",", load, count,
                             count == 1 ? "" : "s");
      undo += fmt::format("{}load {}", undo.empty() ? "" : ", ", load);
    }
    batch.logs[log].notes.push_back({std::string(facts_of(Outcome::clock_ahead).code), message + ".",
                                     fmt::format("Undo what was loaded with the wrong time ({}), then load the log "
                                                 "again with a clock correction (--clock).",
                                                 undo)});
  }
}

}  // namespace offcirc
