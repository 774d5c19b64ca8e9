#include "loader/intake/joined_logs.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_map>
#include <utility>

#include "loader/intake/clock.hpp"
#include "loader/intake/record_words.hpp"

namespace offcirc {
namespace {

/// Goes through the stretches of a log in which the written time never steps back.
class JoinFinder {
 public:
  JoinFinder(ReadLog& read, const PlacedLog& placed) : m_read(read), m_placed(placed) {}

  std::vector<std::size_t> find(std::size_t first_step_back) {
    if (first_step_back < transactions().size()) look_from(first_step_back);
    return std::move(m_joins);
  }

 private:
  struct Match {
    std::size_t record, earlier;
  };

  [[nodiscard]] BlockArray<Transaction>& transactions() const { return m_read.storage->transactions; }
  [[nodiscard]] Seconds instant(std::size_t i) const { return transactions()[i].identity.recorded; }

  // The first record from `i` on whose instant is before its predecessor's; the number of records if there is none.
  [[nodiscard]] std::size_t next_step_back(std::size_t i) const {
    while (i < transactions().size() && instant(i) >= instant(i - 1)) ++i;
    return std::min(i, transactions().size());
  }

  void look_from(std::size_t first) {
    for (const DeskContext& place : m_placed.places) m_stations.push_back(hash_of_station(place));
    m_least = instant(first);
    for (std::size_t i = first; i < transactions().size(); ++i) m_least = std::min(m_least, instant(i));
    remember(0, first);
    for (std::size_t begin = first; begin < transactions().size();) {
      const std::size_t end = next_step_back(begin + 1);
      look_at(begin, end);
      remember(begin, end);
      begin = end;
    }
  }

  // Records without a time, or that bring their identity along, prove nothing.
  static bool takes_part(const Transaction& t) { return !t.time_is_assumed && !has_identity(t); }

  // Remembers only records that a later stretch can repeat: if the clock was set back by a minute in the evening, there
  // is no reason to remember the whole day.
  void remember(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Transaction& t = transactions()[i];
      if (takes_part(t) && instant(i) >= m_least) m_first_with.try_emplace(t.more, i);
    }
  }

  void look_at(std::size_t begin, std::size_t end) {
    const std::vector<Match> matches = find_matches(begin, end);
    const std::optional<std::size_t> before = std::exchange(m_earlier_of_last, {});
    if (!matches.empty() && matches.back().record + 1 == end) m_earlier_of_last = matches.back().earlier;
    if (proves_join(matches)) {
      const bool goes_on = before && matches.front().earlier > *before;
      if (!goes_on) m_joins.push_back(begin);
    } else if (instant(begin - 1) - instant(begin) <= k_step_back_seconds) {
      for (const Match& match : matches) transactions()[match.record].repeats_line = transactions()[match.earlier].line;
      m_read.log.has_unproved_repeats = m_read.log.has_unproved_repeats || !matches.empty();
    }
  }

  [[nodiscard]] std::vector<Match> find_matches(std::size_t begin, std::size_t end) const {
    std::vector<Match> matches;
    for (std::size_t i = begin; i < end; ++i) {
      if (!takes_part(transactions()[i])) continue;
      const auto found = m_first_with.find(transactions()[i].more);
      if (found != m_first_with.end()) matches.push_back({i, found->second});
    }
    return matches;
  }

  // Identical lines within a second match one and the same earlier record, which counts only once.
  [[nodiscard]] bool proves_join(const std::vector<Match>& matches) const {
    const std::size_t needed = m_read.has_no_seconds ? 2 : 1;
    std::size_t in_a_row = 0;
    bool has_strong = false;
    for (std::size_t i = 0; i < matches.size(); ++i) {
      const bool goes_on = i > 0 && matches[i].record == matches[i - 1].record + 1;
      if (!goes_on || matches[i].earlier < matches[i - 1].earlier) {
        in_a_row = 0;
        has_strong = false;
      }
      if (in_a_row == 0 || matches[i].earlier > matches[i - 1].earlier) ++in_a_row;
      has_strong = has_strong || is_strong_at(matches[i].record);
      if (has_strong && in_a_row >= needed) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_strong_at(std::size_t i) const {
    return is_strong(transactions()[i], m_stations[m_placed.place_of[i]], m_read.has_no_seconds);
  }

  ReadLog& m_read;
  const PlacedLog& m_placed;
  std::vector<std::uint64_t> m_stations;                        // by place
  Seconds m_least = 0;                                          // nothing after the first step back is earlier
  std::unordered_map<std::uint64_t, std::size_t> m_first_with;  // by words: the first record of the stretches so far
  std::optional<std::size_t> m_earlier_of_last;                 // what the last record of the previous stretch repeats
  std::vector<std::size_t> m_joins;
};

}  // namespace

std::vector<std::size_t> find_joins(ReadLog& read, const PlacedLog& placed, std::size_t first_step_back) {
  return JoinFinder(read, placed).find(first_step_back);
}

std::vector<std::size_t> find_log_begins(const ReadLog& read, const std::vector<std::size_t>& joins) {
  std::vector<std::size_t> of_headers;
  for (const RecordPlace& header : read.headers) of_headers.push_back(header.transactions);
  std::vector<std::size_t> begins;
  std::ranges::set_union(of_headers, joins, std::back_inserter(begins));
  begins.erase(std::unique(begins.begin(), begins.end()), begins.end());
  return begins;
}

}  // namespace offcirc
