#include "loader/time/zone.hpp"

#include <algorithm>
#include <iterator>

namespace offcirc {
namespace {

// The last period that has begun at `utc`; the first for all times before it.
std::size_t period_at(const std::vector<Zone::Period>& periods, Seconds utc) {
  const auto later = std::upper_bound(periods.begin(), periods.end(), utc,
                                      [](Seconds time, const Zone::Period& period) { return time < period.starts_at; });
  return later == periods.begin() ? 0 : static_cast<std::size_t>(later - periods.begin()) - 1;
}

}  // namespace

Zone::Zone(std::string name, std::vector<Period> periods) : m_name(std::move(name)), m_periods(std::move(periods)) {
  if (m_periods.empty()) m_periods.push_back({INT64_MIN / 4, 0});
}

Seconds Zone::offset_at(Seconds utc) const {
  return m_periods[period_at(m_periods, utc)].offset;
}

Day Zone::day_of(Seconds utc) const {
  const Seconds civil = to_civil(utc);
  const Seconds into_day = (civil % k_day_seconds + k_day_seconds) % k_day_seconds;
  return static_cast<Day>((civil - into_day) / k_day_seconds);
}

std::pair<Seconds, Seconds> Zone::both_utc(Seconds civil) const {
  // No offset is longer than a day, so the period in question is not over a day before.
  std::size_t at = period_at(m_periods, civil - k_day_seconds);
  while (at + 1 < m_periods.size() && civil - m_periods[at].offset >= m_periods[at + 1].starts_at) ++at;

  const Seconds first = civil - m_periods[at].offset;
  if (at > 0 && first < m_periods[at].starts_at) {
    // In the gap: counted on from before it, the time comes out later by the gap.
    const Seconds moved = civil - m_periods[at - 1].offset;
    return {moved, moved};
  }
  if (at + 1 == m_periods.size()) return {first, first};
  const Seconds second = civil - m_periods[at + 1].offset;
  return {first, second >= m_periods[at + 1].starts_at ? second : first};
}

}  // namespace offcirc
