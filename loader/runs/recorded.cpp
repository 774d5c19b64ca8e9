#include "loader/runs/recorded.hpp"

#include <deque>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "loader/intake/list_identity.hpp"
#include "loader/journal/recorded_identities.hpp"
#include "loader/memory/pages.hpp"
#include "loader/runs/closed_unreadable.hpp"
#include "loader/runs/perhaps_repeated.hpp"
#include "loader/runs/recorded_notes.hpp"

namespace offcirc {

namespace {

/// Finds the duplicates in a batch, then examines the records again now that duplicates are known.
class CopyFinder {
 public:
  CopyFinder(Batch& batch, const CopyOptions& how, Database& database)
      : m_batch(batch), m_how(how), m_database(database) {}

  Recorded run() {
    identify_lists(m_batch, known_lists(), m_how.as_new);
    const LargeVector<Identity> identities = all_identities();
    m_copies = find_copies(m_database, identities);
    const auto unreadable_from = m_copies.is_copy.begin() + static_cast<std::ptrdiff_t>(m_batch.entries.size());
    m_recorded.entries.assign(m_copies.is_copy.begin(), unreadable_from);
    m_recorded.unreadable.assign(unreadable_from, m_copies.is_copy.end());
    m_notes.resize(m_batch.logs.size());
    compare_stored();
    compare_within();
    find_perhaps_loaded();
    for (const std::int64_t result : find_closed_unreadable({m_batch, m_copies, m_known, m_how.as_new, m_database}))
      m_recorded.closed.push_back(result);
    for (std::size_t log = 0; log < m_notes.size(); ++log) m_notes[log].add_to(m_batch.logs[log], m_how.dry_run);
    return std::move(m_recorded);
  }

 private:
  /// The last duplicate in a log.
  struct LastCopy {
    std::uint32_t line = 0;
    const KnownResult* known = nullptr;
  };

  [[nodiscard]] KnownLists known_lists() {
    std::vector<std::uint64_t> digests;
    std::unordered_set<std::uint64_t> of_cut_lists;
    for (const Log& log : m_batch.logs) {
      for (const std::uint64_t digest : list_digests(log.list)) {
        digests.push_back(digest);
        digests.push_back(*of_cut_lists.insert(cut_list_digest(digest)).first);
      }
    }
    KnownLists known;
    for (const KnownListEnd& end : find_known_lists(m_database, digests)) {
      KnownList list{end.content};
      if (of_cut_lists.contains(end.digest)) list.cut = cut_behind(end.result);
      known.emplace(end.digest, list);
    }
    return known;
  }

  ListRecord cut_behind(std::int64_t result) {
    const KnownResult before = find_known_results(m_database, {&result, 1}).front();
    std::optional<CutRecord> cut = find_cut_record(m_database, before);
    if (!cut) return {};
    const CutRecord& kept = m_cut_records.emplace_back(std::move(*cut));
    return {kept.kind, kept.user_id, kept.item_id};
  }

  [[nodiscard]] LargeVector<Identity> all_identities() const {
    LargeVector<Identity> identities;
    identities.reserve(m_batch.entries.size() + m_batch.unreadable.size());
    for (const Entry& entry : m_batch.entries) identities.push_back(entry.identity);
    for (const UnreadableRecord& record : m_batch.unreadable) identities.push_back(record.diagnostic.identity);
    return identities;
  }

  [[nodiscard]] RecordOfBatch record_at(std::uint32_t place) const {
    if (place < m_batch.entries.size()) {
      const Entry& entry = m_batch.entries[place];
      const BatchDesk& desk = m_batch.desks[entry.desk];
      return {desk.log, entry.transaction->line, desk.library_code, desk.station};
    }
    const UnreadableRecord& record = m_batch.unreadable[place - m_batch.entries.size()];
    return {record.log, record.diagnostic.line, record.library, record.station};
  }

  void compare_stored() {
    std::vector<std::int64_t> results;
    for (const StoredCopy& copy : m_copies.stored) results.push_back(copy.result);
    m_known = find_known_results(m_database, results);
    const std::vector<KnownResult>& known = m_known;
    std::unordered_map<std::uint32_t, LastCopy> last_copies;  // by log
    for (std::size_t i = 0; i < known.size(); ++i) {
      const RecordOfBatch record = record_at(m_copies.stored[i].place);
      m_notes[record.log].count_stored(known[i].load);
      LastCopy& last = last_copies[record.log];
      if (record.line >= last.line) last = {record.line, &known[i]};
      if (!lies_elsewhere(record, known[i].library, known[i].station)) continue;
      m_recorded.elsewhere.push_back({m_copies.stored[i].place, sentence_of(record, known[i])});
      m_notes[record.log].count_elsewhere(record, known[i]);
    }
    for (const auto& [log, last] : last_copies) find_whole_of_cut(log, last);
  }

  void compare_within() {
    for (const auto& [place, first] : m_copies.within) {
      const RecordOfBatch record = record_at(place), other = record_at(first);
      if (record.log == other.log) m_notes[record.log].count_repeated();
      if (!lies_elsewhere(record, other.library, other.station)) continue;
      const std::string& path = m_batch.logs[other.log].path;
      m_recorded.elsewhere.push_back({place, sentence_of(record, other, path)});
      m_notes[record.log].count_elsewhere(record, other, path);
    }
  }

  // If a list that people type did not end with a line end, its last record may have been cut short. Here that record
  // is whole: it is the first new record of the log.
  void find_whole_of_cut(std::uint32_t log, const LastCopy& last) {
    const std::string& format = m_batch.logs[log].format;
    if (format != "csv" && format != "scan") return;
    const std::optional<std::uint32_t> next = first_new_behind(log, last.line);
    if (!next) return;
    const std::optional<CutRecord> cut = find_cut_record(m_database, *last.known);
    if (!cut) return;
    const Entry& entry = m_batch.entries[*next];
    const ListRecord beginning{cut->kind, cut->user_id, cut->item_id};
    if (!may_be_beginning(beginning, {entry.kind, entry.user_id, entry.item_id})) return;
    if (cut->kind)
      add_perhaps(*next, say<Form::perhaps_cut_short>(cut->known.load, cut->known.n));
    else
      m_recorded.closed.push_back(cut->known.result);
  }

  [[nodiscard]] std::optional<std::uint32_t> first_new_behind(std::uint32_t log, std::uint32_t line) const {
    std::optional<std::uint32_t> found;
    for (std::uint32_t i = 0; i < m_batch.entries.size(); ++i) {
      const Entry& entry = m_batch.entries[i];
      if (m_batch.desks[entry.desk].log != log || m_recorded.entries[i] || entry.transaction->line < line) continue;
      if (!found || entry.transaction->line < m_batch.entries[*found].transaction->line) found = i;
    }
    return found;
  }

  void add_perhaps(std::uint32_t entry, NewSentence other) {
    m_batch.perhaps_loaded.add(entry, std::move(other));
    m_notes[m_batch.desks[m_batch.entries[entry].desk].log].count_perhaps();
  }

  // Examines records that only their neighbors distinguish from others, in the order of the batch.
  void find_perhaps_loaded() {
    const std::vector<std::uint32_t> places = entries_in_context(m_batch, m_recorded.entries);
    std::vector<std::uint64_t> words;
    for (const std::uint32_t place : places) words.push_back(m_batch.entries[place].transaction->more);
    std::unordered_set<std::uint32_t> told;
    for (const SameWords& same : find_same_words(m_database, words)) {
      const std::uint32_t entry = places[same.place];
      if (told.insert(entry).second)
        add_perhaps(entry, say<Form::same_in_load>(same.known.load, m_how.zone.day_of(same.loaded_at), same.known.n,
                                                   same.known.line, same.path));
    }
    std::vector<PerhapsRepeated> repeated = find_perhaps_repeated(m_batch, m_recorded.entries, std::move(told));
    for (PerhapsRepeated& one : repeated) add_perhaps(one.entry, std::move(one.other));
  }

  Batch& m_batch;
  const CopyOptions& m_how;
  Database& m_database;
  Copies m_copies;
  std::vector<KnownResult> m_known;  // by m_copies.stored
  Recorded m_recorded;
  std::vector<CopyNotes> m_notes;       // by log
  std::deque<CutRecord> m_cut_records;  // what known lists point into
};

}  // namespace

Recorded find_recorded(Batch& batch, const CopyOptions& how, Database& database) {
  return CopyFinder(batch, how, database).run();
}

void note_copies_elsewhere(const Recorded& recorded, Results& results) {
  for (const CopyElsewhere& copy : recorded.elsewhere)
    if (copy.record < results.size())
      results[copy.record].findings.push_back({Outcome::library_mismatch, copy.sentence});
}

Results results_of_unreadable(const Batch& batch, const Recorded& recorded) {
  Results results(batch.unreadable.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    const bool is_copy = recorded.unreadable[i];
    results[i].disposition = is_copy ? Disposition::already_loaded : Disposition::unreadable;
    if (is_copy)
      results[i].findings = FindingList{Finding{Outcome::already_loaded}};
    else
      results[i].findings = {{Outcome::unreadable, say<Form::worded>(batch.unreadable[i].diagnostic.message)}};
  }
  const std::size_t entries = recorded.entries.size();
  for (const CopyElsewhere& copy : recorded.elsewhere)
    if (copy.record >= entries)
      results[copy.record - entries].findings.push_back({Outcome::library_mismatch, copy.sentence});
  return results;
}

}  // namespace offcirc
