#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "formats/stamp.hpp"
#include "loader/progress.hpp"
#include "loader/time/iso8601.hpp"
#include "loader/time/zone.hpp"

using namespace offcirc;

namespace {

Seconds seconds(std::string_view text) {
  return parse_iso_stamp(text).value().seconds();
}

// The UTC times of a civil time in Chicago, as text.
std::string both(const Zone& zone, std::string_view civil) {
  const auto [first, second] = zone.both_utc(seconds(civil));
  const std::string one = iso_time(first, zone);
  return first == second ? one : one + " or " + iso_time(second, zone);
}

}  // namespace

TEST_CASE("a zone without changes is UTC") {
  const Zone zone;
  CHECK(zone.name() == "UTC");
  CHECK(zone.offset_at(0) == 0);
  CHECK(zone.both_utc(1234) == std::pair<Seconds, Seconds>(1234, 1234));
}

TEST_CASE("civil time in Chicago follows daylight saving") {
  const Zone chicago = load_zone("America/Chicago");
  CHECK(chicago.name() == "America/Chicago");
  CHECK(chicago.offset_at(seconds("2026-01-15T12:00:00Z")) == -6 * 3600);
  CHECK(chicago.offset_at(seconds("2026-03-08T07:59:59Z")) == -6 * 3600);
  CHECK(chicago.offset_at(seconds("2026-03-08T08:00:00Z")) == -5 * 3600);
  CHECK(chicago.offset_at(seconds("2026-11-01T06:59:59Z")) == -5 * 3600);
  CHECK(chicago.offset_at(seconds("2026-11-01T07:00:00Z")) == -6 * 3600);
}

TEST_CASE("a civil time is one instant, except in the repeated hour of autumn; in the spring gap it moves forward") {
  const Zone chicago = load_zone("America/Chicago");
  CHECK(both(chicago, "2026-06-12T10:12:31") == "2026-06-12T10:12:31-05:00");
  CHECK(both(chicago, "2026-11-01T00:59:59") == "2026-11-01T00:59:59-05:00");
  CHECK(both(chicago, "2026-11-01T01:00:00") == "2026-11-01T01:00:00-05:00 or 2026-11-01T01:00:00-06:00");
  CHECK(both(chicago, "2026-11-01T01:59:59") == "2026-11-01T01:59:59-05:00 or 2026-11-01T01:59:59-06:00");
  CHECK(both(chicago, "2026-11-01T02:00:00") == "2026-11-01T02:00:00-06:00");
  CHECK(both(chicago, "2026-03-08T01:59:59") == "2026-03-08T01:59:59-06:00");
  CHECK(both(chicago, "2026-03-08T02:00:00") == "2026-03-08T03:00:00-05:00");
  CHECK(both(chicago, "2026-03-08T02:59:59") == "2026-03-08T03:59:59-05:00");
  CHECK(both(chicago, "2026-03-08T03:00:00") == "2026-03-08T03:00:00-05:00");
}

TEST_CASE("every civil time survives conversion to UTC and back, except those that do not exist") {
  for (const char* name :
       {"America/Chicago", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "Asia/Tokyo"}) {
    CAPTURE(name);
    const Zone zone = load_zone(name);
    int wrong = 0;
    for (Seconds utc = seconds("2010-12-25T00:00:00Z"); utc < seconds("2013-01-02T00:00:00Z"); utc += 911) {
      const auto [first, second] = zone.both_utc(zone.to_civil(utc));
      const bool right = (first == utc || second == utc) && zone.to_civil(first) == zone.to_civil(second);
      wrong += right ? 0 : 1;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("the day of an instant is the civil one, also before 1970") {
  const Zone chicago = load_zone("America/Chicago");
  CHECK(chicago.day_of(seconds("1970-01-01T05:59:59Z")) == -1);
  CHECK(chicago.day_of(seconds("1970-01-01T06:00:00Z")) == 0);
  CHECK(iso_date(chicago.day_of(seconds("2026-06-12T04:59:59Z"))) == "2026-06-11");
  CHECK(iso_date(chicago.day_of(seconds("2026-06-12T05:00:00Z"))) == "2026-06-12");
  CHECK(iso_time(chicago.start_of(chicago.day_of(seconds("2026-06-12T05:00:00Z"))), chicago) ==
        "2026-06-12T00:00:00-05:00");
}

TEST_CASE("daylight saving continues after the last change listed in the tz database") {
  const Zone chicago = load_zone("America/Chicago");
  CHECK(iso_time(chicago.to_utc(seconds("2096-07-01T12:00:00")), chicago) == "2096-07-01T12:00:00-05:00");
  CHECK(iso_time(chicago.to_utc(seconds("2096-12-01T12:00:00")), chicago) == "2096-12-01T12:00:00-06:00");
  const Zone tokyo = load_zone("Asia/Tokyo");
  CHECK(tokyo.offset_at(seconds("2096-07-01T12:00:00Z")) == 9 * 3600);
}

TEST_CASE("a yearly POSIX rule gives its changes in order") {
  const Seconds new_year = seconds("2040-01-01T00:00:00Z");
  const auto chicago = yearly_changes("CST6CDT,M3.2.0,M11.1.0", new_year, 2040);
  REQUIRE(chicago.size() == 2);
  CHECK(chicago[0].starts_at == seconds("2040-03-11T08:00:00Z"));
  CHECK(chicago[0].offset == -5 * 3600);
  CHECK(chicago[1].starts_at == seconds("2040-11-04T07:00:00Z"));
  CHECK(chicago[1].offset == -6 * 3600);

  // In Ireland, winter time is the exception; on Lord Howe Island, the clock moves by half an hour.
  const auto dublin = yearly_changes("IST-1GMT0,M10.5.0,M3.5.0/1", new_year, 2040);
  REQUIRE(dublin.size() == 2);
  CHECK(dublin[0].starts_at == seconds("2040-03-25T01:00:00Z"));
  CHECK(dublin[0].offset == 3600);
  const auto lord_howe = yearly_changes("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", new_year, 2040);
  REQUIRE(lord_howe.size() == 2);
  CHECK(lord_howe[0].starts_at == seconds("2040-03-31T15:00:00Z"));
  CHECK(lord_howe[0].offset == 37'800);
}

TEST_CASE("a rule without daylight saving, or of another kind, gives no changes") {
  for (const char* rule : {"", "JST-9", "<+03>-3", "CST6CDT", "CST6CDT,J60,J300", "CST6CDT,M3.2.0",
                           "CST6CDT,M13.2.0,M11.1.0", "CST6CDT,M3.6.0,M11.1.0", "CST6CDT,M3.2.7,M11.1.0",
                           "CST6CDT,M3.2.0/x,M11.1.0", "CST6CDT,M3.2.0,M11.1.0 ", "6,M3.2.0,M11.1.0"}) {
    CAPTURE(rule);
    CHECK(yearly_changes(rule, 0, 1971).empty());
  }
}

TEST_CASE("an unknown zone stops the run") {
  for (const char* name : {"America/Chicgo", "", "../passwd"}) {
    CAPTURE(name);
    try {
      load_zone(name);
      FAIL("it was found");
    } catch (const RunError& error) {
      CHECK(std::string(error.what()) == std::string("There is no time zone '") + name +
                                             "'. Use a name from the tz database, such as America/Chicago.");
    }
  }
}
