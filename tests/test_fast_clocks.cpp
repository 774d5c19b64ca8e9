#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "loader/intake/fast_clock.hpp"

using namespace offcirc;

namespace {

constexpr Seconds k_minute = 60, k_hour = 60 * k_minute;
constexpr Seconds k_now = 1'781'000'000;

DeskContext place_of(std::string_view station, std::string_view temporary_library = "") {
  DeskContext place;
  place.library_code = temporary_library.empty() ? "RID" : temporary_library;
  place.station_library = place.logged_library = "RID";
  place.station = station;
  return place;
}

PriorAttempt first_loaded_at(Seconds time) {
  PriorAttempt earlier;
  earlier.first_loaded_at = time;
  return earlier;
}

/// A log of one station; `after_now` is how far each record's time is ahead of the present.
struct LogOfTest {
  explicit LogOfTest(const std::vector<Seconds>& after_now) {
    read.storage = std::make_shared<LogStorage>(LogBytes{}, "windows-1252");
    placed.places.push_back(place_of("0102"));
    std::vector<Seconds> times;
    for (const Seconds after : after_now) {
      read.storage->transactions.push_back({});
      placed.place_of.push_back(0);
      placed.recorded_at.push_back(k_now + after);
      times.push_back(k_now + after);
    }
    placed.times = apply_clock_rules(times);
  }

  std::vector<FastClock> find(bool loads_them = false) {
    std::vector<FastClock> clocks = find_fast_clocks(read, placed, k_now, loads_them);
    note_fast_clocks(read.log, placed, clocks, loads_them);
    return clocks;
  }

  // `+` for each record marked as recorded by a fast clock, `-` for the others.
  std::string marks() const {
    std::string text;
    for (std::size_t i = 0; i < placed.place_of.size(); ++i)
      text += !placed.clock_ran_ahead.empty() && placed.clock_ran_ahead[i] ? '+' : '-';
    return text;
  }

  ReadLog read;
  PlacedLog placed;
};

}  // namespace

TEST_CASE("a clock that is not ahead, or by at most five minutes, is left alone") {
  LogOfTest log({-k_hour, 0, 5 * k_minute});
  CHECK(log.find().empty());
  CHECK(log.placed.clock_ran_ahead.empty());
  CHECK(log.read.log.notes.empty());
  CHECK(LogOfTest({}).find().empty());
}

TEST_CASE("if it is ahead by half an hour or more, the whole run was recorded by a fast clock") {
  LogOfTest log({-8 * k_hour, -k_hour, 30 * k_minute});
  const std::vector<FastClock> clocks = log.find();
  REQUIRE(clocks.size() == 1);
  CHECK(clocks[0].ahead == 30 * k_minute);
  CHECK(clocks[0].records == 3);
  CHECK(log.marks() == "+++");
  CHECK(log.read.log.notes.empty());
}

TEST_CASE("if it is ahead by less, the run is not marked, and the log has one note") {
  LogOfTest log({-8 * k_hour, -k_hour, 30 * k_minute - 1});
  CHECK(log.find().size() == 1);
  CHECK(log.marks() == "---");
  REQUIRE(log.read.log.notes.size() == 1);
  CHECK(log.read.log.notes[0].code == "clock-ahead");
  CHECK(log.read.log.notes[0].message ==
        "The clock of workstation RID/0102 was ahead by at least 00:29:59. 3 records are loaded with the times that it "
        "showed. "
        "Records in the future were not loaded.");
}

TEST_CASE("with fast_clock = \"load\" the run is marked however far it is ahead, and the log has one note") {
  for (const Seconds ahead : {6 * k_minute, 2 * k_hour}) {
    LogOfTest log({-k_hour, ahead});
    CHECK(log.find(true).size() == 1);
    CHECK(log.marks() == "++");
    CHECK(log.read.log.notes.size() == 1);
  }
}

TEST_CASE("if future records come twelve hours after the one before them, the clock was right until then") {
  LogOfTest jump({-20 * k_hour, -10 * k_hour, 2 * k_hour, 3 * k_hour});
  CHECK(jump.find().empty());
  CHECK(jump.marks() == "----");
  CHECK(jump.read.log.notes.empty());
  LogOfTest less({-20 * k_hour, -10 * k_hour + 1, 2 * k_hour, 3 * k_hour});
  CHECK(less.find().size() == 1);
  CHECK(less.marks() == "++++");
  LogOfTest all({2 * k_hour, 15 * k_hour});
  CHECK(all.find().size() == 1);
  CHECK(all.marks() == "++");
}

TEST_CASE("a run that ends in the past is from another clock, or from the same one after it was set") {
  LogOfTest log({-2 * k_hour, 60 * k_minute, 61 * k_minute, -k_minute, 0});
  CHECK(log.placed.times.run_starts.size() == 2);
  CHECK(log.find().size() == 1);
  CHECK(log.marks() == "+++--");
}

TEST_CASE("in a log of several stations, each has its own clock, whatever temporary library is set") {
  LogOfTest log({-3 * k_hour, -2 * k_hour, -k_hour, k_hour});
  log.placed.places.push_back(place_of("0101"));
  log.placed.places.push_back(place_of("0102", "OAK"));
  log.placed.place_of[1] = 1;
  log.placed.place_of[2] = 2;
  const std::vector<FastClock> clocks = log.find();
  REQUIRE(clocks.size() == 1);
  CHECK(clocks[0].records == 3);
  CHECK(log.marks() == "+-++");
}

TEST_CASE("a time given by --at is not from a clock") {
  LogOfTest log({k_hour, k_hour});
  for (Transaction& transaction : log.read.storage->transactions) transaction.time_is_assumed = true;
  log.read.assumed_time = {k_now + k_hour, false, 2};
  CHECK(log.find().empty());
  log.read.assumed_time.is_of_file = true;
  CHECK(log.find().size() == 1);
}

TEST_CASE("retried records are compared with the time when they were first loaded") {
  LogOfTest log({-k_hour, 40 * k_minute});
  log.read.storage->earlier_tries = {first_loaded_at(k_now), first_loaded_at(k_now)};
  CHECK(find_fast_clocks(log.read, log.placed, 0, false).size() == 1);
  CHECK(log.marks() == "++");
  LogOfTest later({-k_hour, 40 * k_minute});
  later.read.storage->earlier_tries = {first_loaded_at(k_now + k_hour), first_loaded_at(k_now + k_hour)};
  CHECK(find_fast_clocks(later.read, later.placed, 0, false).empty());
}

TEST_CASE("notes about many stations and runs stay short") {
  LogOfTest log({k_minute * 6, -2 * k_hour, k_minute * 6, -2 * k_hour, k_minute * 6, -2 * k_hour, k_minute * 6});
  std::vector<std::string> stations;
  for (int i = 0; i < 7; ++i) stations.push_back(std::to_string(1000 + i));
  for (std::uint32_t i = 1; i < 7; ++i) {
    log.placed.places.push_back(place_of(stations[i]));
    log.placed.place_of[i] = i;
  }
  log.find();
  REQUIRE(log.read.log.notes.size() == 1);
  CHECK(log.read.log.notes[0].message.ends_with("And 1 more workstation. Records in the future were not loaded."));
}
