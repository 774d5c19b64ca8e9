#include "loader/intake/fast_clock.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "loader/model/outcome.hpp"
#include "loader/model/policy.hpp"
#include "loader/progress.hpp"

namespace offcirc {

namespace {

// A longer list would bury what is wrong.
constexpr std::size_t k_max_listed = 20;

/// Stations under all the names that --clock may use for them, and under the one name by which they are listed.
struct Stations {
  std::set<std::string> names, listed;

  void add(const DeskContext& place) {
    const std::vector<std::string> all = names_of_station(place);
    names.insert(all.begin(), all.end());
    if (!all.empty()) listed.insert(place.station_library.empty() ? all.back() : all.front());
  }
};

// A log without transactions still comes from a station.
void add_by_path(const Log& log, const Policy& policy, Stations& stations) {
  const PathFacts path = read_path(log.full_path, policy);
  DeskContext place;
  place.station_library = log.library;
  place.logged_library = path.library();
  place.station = log.station;
  stations.add(place);
}

std::string list_of(const std::set<std::string>& stations) {
  if (stations.empty()) return "No log names its station; use --station.";
  const auto end = std::next(stations.begin(), static_cast<std::ptrdiff_t>(std::min(stations.size(), k_max_listed)));
  std::string text = fmt::format("The stations are {}", fmt::join(stations.begin(), end, ", "));
  if (stations.size() > k_max_listed) text += fmt::format(" and {} more", stations.size() - k_max_listed);
  return text + ": name one of these, or omit --clock.";
}

}  // namespace

void require_stations_of_clocks(const std::map<std::string, Seconds>& clock_offsets, const std::vector<BatchLog>& logs,
                                const Policy& policy) {
  if (clock_offsets.empty() || logs.empty()) return;
  Stations stations;
  for (const BatchLog& log : logs) {
    for (const DeskContext& place : log.placed.places) stations.add(place);
    if (log.placed.places.empty()) add_by_path(log.read.log, policy, stations);
  }
  std::vector<std::string_view> unknown;
  for (const auto& [name, offset] : clock_offsets)
    if (!stations.names.contains(name)) unknown.emplace_back(name);
  if (unknown.empty()) return;
  throw RunError(fmt::format("--clock: nothing here was recorded at station {}. {} Nothing was changed.",
                             fmt::join(unknown, ", "), list_of(stations.listed)));
}

namespace {

// More would bury the first.
constexpr std::size_t k_max_stations = 3;

/// What a run tells about the clock of one station.
struct ClockOfRun {
  FastClock clock;
  std::optional<Seconds> last_before_future, first_in_future;

  [[nodiscard]] bool was_right_before() const {
    return first_in_future && last_before_future && *first_in_future - *last_before_future >= k_clock_was_right_seconds;
  }
};

class FastClockFinder {
 public:
  FastClockFinder(const ReadLog& read, PlacedLog& placed, Seconds now, bool loads_them)
      : m_read(read),
        m_times(placed.times),
        m_placed(placed),
        m_earlier(read.storage->earlier_tries),
        m_now(now),
        m_loads_them(loads_them) {}

  std::vector<FastClock> find() {
    const auto& starts = m_times.run_starts;
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const std::size_t end = i + 1 < starts.size() ? starts[i + 1] : m_times.occurred_at.size();
      if (may_be_ahead(end - 1)) look_at_run(starts[i], end);
    }
    return std::move(m_found);
  }

 private:
  // The last record of a run is its latest, but retried records may each be compared with a different time.
  [[nodiscard]] bool may_be_ahead(std::size_t last) const { return !m_earlier.empty() || is_in_future(last); }
  [[nodiscard]] Seconds ahead(std::size_t i) const {
    return m_times.occurred_at[i] - (m_earlier.empty() ? m_now : m_earlier[i].first_loaded_at);
  }
  [[nodiscard]] bool is_in_future(std::size_t i) const { return ahead(i) > k_clock_tolerance_seconds; }

  void look_at_run(std::size_t begin, std::size_t end) {
    if (m_clock_of_place.empty()) number_clocks();
    std::unordered_map<std::uint32_t, ClockOfRun> clocks;
    std::vector<std::uint32_t> in_order;
    for (std::size_t i = begin; i < end; ++i) {
      if (!is_by_clock(i)) continue;
      const auto [found, is_new] = clocks.try_emplace(clock_of(i));
      if (is_new) in_order.push_back(clock_of(i));
      add_record(found->second, i);
    }
    bool marks_any = false;
    for (const std::uint32_t number : in_order) {
      const ClockOfRun& of_run = clocks.at(number);
      if (!of_run.first_in_future || of_run.was_right_before()) continue;
      m_found.push_back(of_run.clock);
      marks_any = marks_any || is_marked(of_run);
    }
    if (!marks_any) return;
    m_placed.clock_ran_ahead.resize(m_times.occurred_at.size());
    for (std::size_t i = begin; i < end; ++i)
      if (is_by_clock(i) && is_marked(clocks.at(clock_of(i)))) m_placed.clock_ran_ahead[i] = true;
  }

  void add_record(ClockOfRun& of_run, std::size_t i) const {
    of_run.clock.place = m_placed.place_of[i];
    ++of_run.clock.records;
    of_run.clock.ahead = std::max(of_run.clock.ahead, ahead(i));
    if (of_run.first_in_future) return;
    (is_in_future(i) ? of_run.first_in_future : of_run.last_before_future) = m_times.occurred_at[i];
  }

  [[nodiscard]] bool is_marked(const ClockOfRun& of_run) const {
    return of_run.first_in_future && !of_run.was_right_before() &&
           (m_loads_them || of_run.clock.ahead >= k_fast_clock_seconds);
  }

  // A temporary library makes a different place, but not a different clock.
  void number_clocks() {
    std::map<std::pair<std::string_view, std::string_view>, std::uint32_t> numbers;
    for (const DeskContext& place : m_placed.places) {
      const auto next = static_cast<std::uint32_t>(numbers.size());
      m_clock_of_place.push_back(numbers.try_emplace({place.station_library, place.station}, next).first->second);
    }
  }
  [[nodiscard]] std::uint32_t clock_of(std::size_t i) const { return m_clock_of_place[m_placed.place_of[i]]; }

  // A time from --at was not read from a station's clock.
  [[nodiscard]] bool is_by_clock(std::size_t i) const {
    return m_read.assumed_time.transactions == 0 || m_read.assumed_time.is_of_file ||
           !m_read.storage->transactions[i].time_is_assumed;
  }

  const ReadLog& m_read;
  const ClockedTimes& m_times;
  PlacedLog& m_placed;
  const std::vector<PriorAttempt>& m_earlier;
  Seconds m_now;
  bool m_loads_them;
  std::vector<std::uint32_t> m_clock_of_place;
  std::vector<FastClock> m_found;
};

std::string name_of_clock(const DeskContext& place) {
  const std::vector<std::string> names = names_of_station(place);
  if (names.empty()) return "the workstation";
  return "workstation " + (place.station_library.empty() ? names.back() : names.front());
}

std::string sentence_of(const std::string& station, const FastClock& clock) {
  return fmt::format(
      "The clock of {} was ahead by at least {:02}:{:02}:{:02}. {} record{} loaded with the times that it showed.",
      station, clock.ahead / 3600, clock.ahead / 60 % 60, clock.ahead % 60, clock.records,
      clock.records == 1 ? " is" : "s are");
}

}  // namespace

std::vector<FastClock> find_fast_clocks(const ReadLog& read, PlacedLog& placed, Seconds now, bool loads_them) {
  if (read.storage == nullptr) return {};
  return FastClockFinder(read, placed, now, loads_them).find();
}

void note_fast_clocks(Log& log, const PlacedLog& placed, const std::vector<FastClock>& clocks, bool loads_them) {
  // Grouped by station, since a hostile log may begin a run at every other record.
  std::map<std::string, FastClock> loaded;
  for (const FastClock& clock : clocks) {
    if (!loads_them && clock.ahead >= k_fast_clock_seconds) continue;
    FastClock& of_station = loaded[name_of_clock(placed.places[clock.place])];
    of_station.ahead = std::max(of_station.ahead, clock.ahead);
    of_station.records += clock.records;
  }
  if (loaded.empty()) return;
  std::string message;
  for (std::size_t i = 0; const auto& [station, clock] : loaded)
    if (i++ < k_max_stations) message += (message.empty() ? "" : " ") + sentence_of(station, clock);
  if (const std::size_t more = loaded.size() - std::min(loaded.size(), k_max_stations); more > 0)
    message += fmt::format(" And {} more workstation{}.", more, more == 1 ? "" : "s");
  if (!loads_them) message += " Records in the future were not loaded.";
  log.notes.push_back({std::string(facts_of(Outcome::clock_ahead).code), std::move(message),
                       "Set the workstation's clock. If the times matter, undo the load, then load the log with a "
                       "clock correction (--clock)."});
}

}  // namespace offcirc
