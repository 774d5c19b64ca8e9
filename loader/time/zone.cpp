#include "loader/time/zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>

#include "loader/progress.hpp"

namespace offcirc {

namespace {

// The last period that has begun at `utc`; the first one for all times before that.
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
  // No offset is longer than a day, so the period in question has not ended a day earlier.
  std::size_t at = period_at(m_periods, civil - k_day_seconds);
  while (at + 1 < m_periods.size() && civil - m_periods[at].offset >= m_periods[at + 1].starts_at) ++at;

  const Seconds first = civil - m_periods[at].offset;
  if (at > 0 && first < m_periods[at].starts_at) {
    // The time is in a gap. With the offset before the gap, it comes out later by the length of the gap.
    const Seconds moved = civil - m_periods[at - 1].offset;
    return {moved, moved};
  }
  if (at + 1 == m_periods.size()) return {first, first};
  const Seconds second = civil - m_periods[at + 1].offset;
  return {first, second >= m_periods[at + 1].starts_at ? second : first};
}

namespace {

constexpr Seconds k_hour_seconds = 3600;

// `M3.2.0/2` is the second Sunday of March at two o'clock; week 5 is the last of the month.
struct YearlyDay {
  int month = 0, week = 0, weekday = 0;
  Seconds into_day = 2 * k_hour_seconds;
};

struct YearlyRule {
  Seconds standard_offset = 0, saving_offset = 0;
  YearlyDay begins, ends;
};

class RuleText {
 public:
  explicit RuleText(std::string_view text) : m_rest(text) {}

  [[nodiscard]] bool at_end() const { return m_rest.empty(); }
  [[nodiscard]] bool at(char wanted) const { return !m_rest.empty() && m_rest.front() == wanted; }
  bool take(char wanted) {
    if (!at(wanted)) return false;
    m_rest.remove_prefix(1);
    return true;
  }
  // `CST`, or `<+1030>` if it is not made of letters.
  bool take_name() {
    const bool quoted = at('<');
    const auto end = quoted ? m_rest.find('>') : m_rest.find_first_of("0123456789+-,");
    if (end == 0 || end == std::string_view::npos) return false;
    m_rest.remove_prefix(end + (quoted ? 1 : 0));
    return true;
  }
  std::optional<int> take_number() {
    int number = 0;
    const auto read = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), number);
    if (read.ec != std::errc()) return std::nullopt;
    m_rest.remove_prefix(static_cast<std::size_t>(read.ptr - m_rest.data()));
    return number;
  }
  // `5`, `-3:30`, `+1:00:00`
  std::optional<Seconds> take_time() {
    const bool negative = take('-');
    if (!negative) take('+');
    Seconds seconds = 0;
    Seconds unit = k_hour_seconds;
    do {
      const auto number = take_number();
      if (!number || *number < 0 || unit == 0) return std::nullopt;
      seconds += *number * unit;
      unit /= 60;
    } while (take(':'));
    return negative ? -seconds : seconds;
  }

 private:
  std::string_view m_rest;
};

bool read_day(RuleText& text, YearlyDay& day) {
  if (!text.take(',') || !text.take('M')) return false;
  const auto month = text.take_number();
  if (!month || *month < 1 || *month > 12 || !text.take('.')) return false;
  const auto week = text.take_number();
  if (!week || *week < 1 || *week > 5 || !text.take('.')) return false;
  const auto weekday = text.take_number();
  if (!weekday || *weekday < 0 || *weekday > 6) return false;
  day.month = *month;
  day.week = *week;
  day.weekday = *weekday;
  if (!text.take('/')) return true;
  const auto time = text.take_time();
  if (time) day.into_day = *time;
  return time.has_value();
}

std::optional<YearlyRule> parse(std::string_view rule) {
  RuleText text(rule);
  YearlyRule parsed;
  if (!text.take_name()) return std::nullopt;
  const auto standard = text.take_time();  // in POSIX, the time to add to civil time to get UTC
  if (!standard || !text.take_name()) return std::nullopt;
  parsed.standard_offset = -*standard;
  parsed.saving_offset = parsed.standard_offset + k_hour_seconds;
  if (!text.at(',')) {
    const auto saving = text.take_time();
    if (!saving) return std::nullopt;
    parsed.saving_offset = -*saving;
  }
  if (!read_day(text, parsed.begins) || !read_day(text, parsed.ends) || !text.at_end()) return std::nullopt;
  return parsed;
}

// The civil time of that day in `year`.
Seconds civil_of(const YearlyDay& yearly, int year) {
  using namespace std::chrono;
  const auto month_of_year = std::chrono::year{year} / yearly.month;
  const weekday wanted{static_cast<unsigned>(yearly.weekday)};
  const sys_days day = yearly.week == 5 ? sys_days{month_of_year / wanted[last]}
                                        : sys_days{month_of_year / wanted[static_cast<unsigned>(yearly.week)]};
  return day.time_since_epoch().count() * k_day_seconds + yearly.into_day;
}

}  // namespace

std::vector<Zone::Period> yearly_changes(std::string_view rule, Seconds after, int last_year) {
  std::vector<Zone::Period> changes;
  const auto parsed = parse(rule);
  if (!parsed) return changes;
  const int first_year = static_cast<int>(1970 + after / (366 * k_day_seconds));
  for (int year = first_year; year <= last_year; ++year) {
    changes.push_back({civil_of(parsed->begins, year) - parsed->standard_offset, parsed->saving_offset});
    changes.push_back({civil_of(parsed->ends, year) - parsed->saving_offset, parsed->standard_offset});
  }
  std::erase_if(changes, [&](const Zone::Period& change) { return change.starts_at <= after; });
  std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.starts_at < b.starts_at; });
  return changes;
}

namespace {

using namespace date::literals;

constexpr date::sys_seconds k_begin = date::sys_days{1900_y / 1 / 1};
constexpr date::sys_seconds k_end = date::sys_days{2200_y / 1 / 1};
constexpr int k_last_year = 2199;

// The changes that the tz database lists.
std::vector<Zone::Period> listed_periods(const date::time_zone& zone) {
  std::vector<Zone::Period> periods;
  for (date::sys_seconds at = k_begin; at < k_end;) {
    const date::sys_info info = zone.get_info(at);
    // A change that affects only the name, such as from LMT to GMT, is skipped.
    if (periods.empty() || periods.back().offset != info.offset.count())
      periods.push_back({at.time_since_epoch().count(), info.offset.count()});
    at = info.end;
  }
  return periods;
}

// The listed changes end by 2037. The last line of the zone's file is the rule for all times after them, which the date
// library does not read.
std::string rule_behind_list(const std::string& name) {
  std::ifstream file("/usr/share/zoneinfo/" + name, std::ios::binary);
  std::string line, last;
  while (std::getline(file, line)) last.swap(line);
  return last;
}

}  // namespace

Zone load_zone(const std::string& name) {
  try {
    const date::time_zone& zone = *date::locate_zone(name);
    std::vector<Zone::Period> periods = listed_periods(zone);
    const auto later = yearly_changes(rule_behind_list(zone.name()), periods.back().starts_at, k_last_year);
    periods.insert(periods.end(), later.begin(), later.end());
    return Zone(name, std::move(periods));
  } catch (const std::runtime_error&) {
    throw RunError("There is no time zone '" + name + "'. Use a name from the tz database, such as America/Chicago.");
  }
}

}  // namespace offcirc
