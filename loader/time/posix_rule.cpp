#include "loader/time/posix_rule.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

namespace offcirc {
namespace {

constexpr Seconds k_hour_seconds = 3600;

// `M3.2.0/2`: the second Sunday of March at two o'clock; week 5 is the last.
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
  // `CST`, or `<+1030>` where it is not made of letters.
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
  const auto standard = text.take_time();  // in POSIX, what to add to civil time to get UTC
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

}  // namespace offcirc
