#include "loader/runs/changed_lists.hpp"
#include "loader/journal/recorded_identities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace offcirc {
namespace {

/// Another list, and how much a list has in common with it.
struct OtherList {
  std::uint64_t shared = 0;   ///< records of the list that say the same as one of the other
  std::uint64_t records = 0;  ///< of the other list
  std::string name;

  // Lists of different days may have a few records in common. The last record of a list is not compared.
  [[nodiscard]] bool is_much() const { return shared > 0 && shared * 3 + 1 >= records; }
};

class ChangedLists {
 public:
  ChangedLists(Batch& batch, const Recorded& recorded, Database& database) : m_batch(batch), m_database(database) {
    std::vector<bool> has_copies(batch.logs.size());
    for (std::size_t i = 0; i < batch.entries.size(); ++i)
      if (recorded.entries[i]) has_copies[batch.desks[batch.entries[i].desk].log] = true;
    for (std::size_t i = 0; i < batch.unreadable.size(); ++i)
      if (recorded.unreadable[i]) has_copies[batch.unreadable[i].log] = true;
    for (std::uint32_t log = 0; log < batch.logs.size(); ++log)
      if (!batch.logs[log].list.empty() && !has_copies[log]) m_lists.push_back(log);
  }

  void run() {
    for (const std::uint32_t log : m_lists) {
      const std::vector<std::uint64_t>& words = m_batch.logs[log].list;
      OtherList other = find_in_journal(words);
      if (OtherList before = find_before(words); before.shared > other.shared) other = std::move(before);
      if (other.is_much()) note(m_batch.logs[log], other);
      for (const std::uint64_t word : words) m_log_of_words.emplace(word, log);
    }
  }

 private:
  // The newest of the lists that have most in common with it.
  [[nodiscard]] OtherList find_in_journal(const std::vector<std::uint64_t>& words) {
    // By load and log: how many words it has, and the last one counted.
    std::map<std::pair<std::int64_t, std::int64_t>, std::pair<std::uint64_t, std::uint32_t>> counts;
    for (const SameWords& same : find_same_words(m_database, words)) {
      auto& [count, place] = counts[{same.known.load, same.known.log}];
      if (count == 0 || place != same.place) ++count;
      place = same.place;
    }
    OtherList most;
    for (const auto& [at, count] : counts) {
      if (count.first < most.shared) continue;
      most = {count.first, count_records_of_log(m_database, at.first, at.second),
              fmt::format("a list of load {}", at.first)};
    }
    return most;
  }

  [[nodiscard]] OtherList find_before(const std::vector<std::uint64_t>& words) const {
    std::map<std::uint32_t, std::uint64_t> counts;  // by log
    for (const std::uint64_t word : words)
      if (const auto found = m_log_of_words.find(word); found != m_log_of_words.end()) ++counts[found->second];
    OtherList most;
    for (const auto& [log, count] : counts)
      if (count > most.shared) most = {count, m_batch.logs[log].list.size(), m_batch.logs[log].path};
    return most;
  }

  static void note(Log& log, const OtherList& other) {
    const std::uint64_t records = log.list.size();
    log.notes.push_back(
        {"list-changed",
         fmt::format("{} of the {} record{} of this list {} also in {}, but this list is not a continuation of it, so "
                     "all of its records are loaded.",
                     other.shared, records, records == 1 ? "" : "s", other.shared == 1 ? "is" : "are", other.name),
         "If it is a corrected copy of that list, undo this load, and load only the new and corrected lines."});
  }

  Batch& m_batch;
  Database& m_database;
  std::vector<std::uint32_t> m_lists;                               // indices into Batch::logs
  std::unordered_map<std::uint64_t, std::uint32_t> m_log_of_words;  // of the earlier lists; the first
};

}  // namespace

void note_changed_lists(Batch& batch, const Recorded& recorded, Database& database) {
  const auto is_list = [](const Log& log) { return !log.list.empty(); };
  // Only a batch with lists needs a pass over all its entries.
  if (std::any_of(batch.logs.begin(), batch.logs.end(), is_list)) ChangedLists(batch, recorded, database).run();
}

}  // namespace offcirc
