#include <doctest/doctest.h>

#include <chrono>
#include <vector>

#include "loader/intake/clock.hpp"

using namespace offcirc;

namespace {

constexpr Seconds k_minute = 60, k_hour = 3600;

constexpr Seconds at(int month, int day, int hour, int minute, int second = 0) {
  using namespace std::chrono;
  const sys_days date = year{2026} / month / day;
  return Seconds{date.time_since_epoch().count()} * k_day_seconds + hour * k_hour + minute * k_minute + second;
}

// Central time: in 2026 daylight saving begins on March 8 and ends on November 1, at 2:00 local time.
Zone central() {
  return Zone("Central", {{INT64_MIN / 4, -6 * k_hour}, {at(3, 8, 8, 0), -5 * k_hour}, {at(11, 1, 7, 0), -6 * k_hour}});
}

Stamp civil(int month, int day, int hour, int minute, int second = 0) {
  return {StampForm::civil, at(month, day, hour, minute, second)};
}

LargeVector<Seconds> resolve(std::vector<Stamp> stamps) {
  return resolve_times(stamps, central());
}

LargeVector<Seconds> minutes(LargeVector<Seconds> times) {
  for (Seconds& time : times) time *= k_minute;
  return times;
}

ClockedTimes rules_on(LargeVector<Seconds> in_minutes) {
  return apply_clock_rules(minutes(std::move(in_minutes)));
}

using Flags = std::vector<bool>;
using Starts = std::vector<std::size_t>;

}  // namespace

TEST_CASE("civil times are converted to UTC by the zone; absolute ones are unchanged") {
  CHECK(
      resolve(
          {civil(1, 15, 9, 0), civil(6, 12, 9, 0), {StampForm::absolute, 1234}, {StampForm::date, at(6, 12, 0, 0)}}) ==
      LargeVector<Seconds>{at(1, 15, 15, 0), at(6, 12, 14, 0), 1234, at(6, 12, 5, 0)});
}

TEST_CASE("a time in the spring gap moves forward by the length of the gap") {
  CHECK(resolve({civil(3, 8, 1, 59), civil(3, 8, 2, 30), civil(3, 8, 3, 0)}) ==
        LargeVector<Seconds>{at(3, 8, 7, 59), at(3, 8, 8, 30), at(3, 8, 8, 0)});
}

TEST_CASE("a time that occurs twice in autumn means the first occurrence") {
  CHECK(resolve({civil(11, 1, 1, 30)}) == LargeVector<Seconds>{at(11, 1, 6, 30)});
  CHECK(resolve({civil(11, 1, 0, 50), civil(11, 1, 1, 30), civil(11, 1, 1, 45)}) ==
        LargeVector<Seconds>{at(11, 1, 5, 50), at(11, 1, 6, 30), at(11, 1, 6, 45)});
}

TEST_CASE("a time that occurs twice means the second occurrence if the first would step back") {
  CHECK(resolve({civil(11, 1, 1, 50), civil(11, 1, 1, 10), civil(11, 1, 1, 20), civil(11, 1, 2, 5)}) ==
        LargeVector<Seconds>{at(11, 1, 6, 50), at(11, 1, 7, 10), at(11, 1, 7, 20), at(11, 1, 8, 5)});
  CHECK(resolve({{StampForm::absolute, at(11, 1, 7, 40)}, civil(11, 1, 1, 30)}) ==
        LargeVector<Seconds>{at(11, 1, 7, 40), at(11, 1, 7, 30)});
}

TEST_CASE("if both occurrences would step back by more than the correctable amount, the first is meant") {
  CHECK(resolve({civil(11, 3, 9, 0), civil(11, 1, 1, 30)}) == LargeVector<Seconds>{at(11, 3, 15, 0), at(11, 1, 6, 30)});
}

TEST_CASE("ascending times are unchanged and form one run") {
  const ClockedTimes clocked = rules_on({0, 0, 10, 100});
  CHECK(clocked.occurred_at == minutes({0, 0, 10, 100}));
  CHECK(clocked.jumped == Flags{false, false, false, false});
  CHECK(clocked.went_backwards == Flags{false, false, false, false});
  CHECK(clocked.run_starts == Starts{0});
}

TEST_CASE("without times there are no runs") {
  CHECK(rules_on({}).run_starts.empty());
}

TEST_CASE("an outlier gets the time of its predecessor") {
  const ClockedTimes clocked = rules_on({10, 500, 11, 12});
  CHECK(clocked.occurred_at == minutes({10, 10, 11, 12}));
  CHECK(clocked.jumped == Flags{false, true, false, false});
  CHECK(clocked.went_backwards == Flags{false, false, false, false});
  CHECK(clocked.run_starts == Starts{0});
}

TEST_CASE("an outlier is later than its three neighbors by more than five minutes") {
  const auto jumped = [](LargeVector<Seconds> seconds) -> bool { return apply_clock_rules(seconds).jumped[1]; };
  CHECK(jumped({0, 301, 0, 0}));
  CHECK_FALSE(jumped({0, 300, 0, 0}));
  CHECK_FALSE(jumped({1, 301, 0, 0}));
  CHECK_FALSE(jumped({0, 301, 1, 0}));
  CHECK_FALSE(jumped({0, 301, 0, 1}));
}

TEST_CASE("an outlier needs a predecessor and two followers") {
  const ClockedTimes first = rules_on({50, 11, 12, 13});
  CHECK(first.jumped == Flags{false, false, false, false});
  CHECK(first.occurred_at == minutes({50, 50, 50, 50}));
  const ClockedTimes last_but_one = rules_on({10, 50, 11});
  CHECK(last_but_one.jumped == Flags{false, false, false});
  CHECK(last_but_one.occurred_at == minutes({10, 50, 50}));
}

TEST_CASE("two consecutive lines that are ahead are not outliers: each has the other as a neighbor") {
  const ClockedTimes clocked = rules_on({10, 50, 51, 12, 13});
  CHECK(clocked.jumped == Flags{false, false, false, false, false});
  CHECK(clocked.occurred_at == minutes({10, 50, 51, 51, 51}));
}

TEST_CASE("a step back of up to an hour is raised, and so are later times that stay below") {
  const ClockedTimes clocked = rules_on({100, 40, 70, 99, 100, 101});
  CHECK(clocked.occurred_at == minutes({100, 100, 100, 100, 100, 101}));
  CHECK(clocked.went_backwards == Flags{false, true, true, true, false, false});
  CHECK(clocked.run_starts == Starts{0});
}

TEST_CASE("a step back of more than an hour begins a new run with its own times") {
  const ClockedTimes clocked = rules_on({500, 501, 440, 441, 440});
  CHECK(clocked.occurred_at == minutes({500, 501, 440, 441, 441}));
  CHECK(clocked.run_starts == Starts{0, 2});
  CHECK(clocked.went_backwards == Flags{false, false, false, false, true});
}

TEST_CASE("clock rules do not cross from one log into another that was appended") {
  const Starts begins = {2, 4};
  const ClockedTimes clocked = apply_clock_rules(minutes({10, 500, 11, 400, 20, 10, 30}), begins);
  CHECK(clocked.occurred_at == minutes({10, 500, 11, 400, 20, 20, 30}));
  CHECK(clocked.jumped == Flags{false, false, false, false, false, false, false});
  CHECK(clocked.went_backwards == Flags{false, false, false, false, false, true, false});
  CHECK(clocked.run_starts == Starts{0, 2, 4});
  // Alone, the second record would be an outlier; one within the appended log is detected.
  CHECK(rules_on({10, 500, 11, 400}).jumped == Flags{false, true, false, false});
  CHECK(apply_clock_rules(minutes({10, 500, 10, 500, 11, 12}), Starts{2}).jumped ==
        Flags{false, false, false, true, false, false});
  const std::vector<Stamp> autumn = {civil(11, 1, 1, 50), civil(11, 1, 1, 10)};
  CHECK(resolve_times(autumn, central(), Starts{1}) == LargeVector<Seconds>{at(11, 1, 6, 50), at(11, 1, 6, 10)});
}

TEST_CASE("the clock offset of a station: --clock for the library, for the station, the config's, none") {
  Policy policy;
  policy.libraries.push_back({"OSH", "", {}, {}, {}, {}, {}, {{"0202", 420}}});
  const std::map<std::string, Seconds> given{{"0202", 2}, {"APP/0202", 3}};
  const auto offset = [&](DeskContext place, const std::map<std::string, Seconds>& clock_offsets) {
    if (place.logged_library.empty()) place.logged_library = place.station_library;
    return clock_of_station(place, clock_offsets, policy).offset_seconds;
  };
  const auto at = [](std::string_view library, std::string_view station, std::string_view logged_library = {}) {
    DeskContext place;
    place.station_library = library;
    place.logged_library = logged_library;
    place.station = station;
    return place;
  };
  CHECK(offset(at("APP", "0202"), given) == 3);
  CHECK(offset(at("OSH", "0202"), given) == 2);
  CHECK(offset(at("OSH", "0202"), {}) == 420);
  CHECK(offset(at("OSH", "0201"), {}) == 0);
  CHECK(offset(at("APP", "0202"), {}) == 0);
  CHECK(offset(at("OSH", ""), {{"", 9}, {"OSH/", 9}}) == 0);
  // The library from --library is tried first, then the one in the log, then the number alone.
  CHECK(offset(at("NEE", "0202", "APP"), given) == 3);
  CHECK(offset(at("NEE", "0202", "OSH"), given) == 2);
  CHECK(offset(at("NEE", "0202", "APP"), {{"NEE/0202", 4}, {"APP/0202", 3}}) == 4);
  CHECK(offset(at("OSH", "0202", "APP"), {}) == 420);
}
