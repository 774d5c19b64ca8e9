#include <doctest/doctest.h>

#include "loader/time/iso8601.hpp"

using namespace offcirc;

TEST_CASE("a time is written with the offset of its zone") {
  const Zone chicago = load_zone("America/Chicago");
  CHECK(iso_time(1781277151, chicago) == "2026-06-12T10:12:31-05:00");
  CHECK(iso_time(1781277151, Zone()) == "2026-06-12T15:12:31+00:00");
  CHECK(iso_time(1781277151, load_zone("Asia/Kolkata")) == "2026-06-12T20:42:31+05:30");
  CHECK(iso_time(-1, Zone()) == "1969-12-31T23:59:59+00:00");
  CHECK(iso_time(k_never, chicago) == "NEVER");
  CHECK(iso_time(k_no_time, chicago).empty());
}

TEST_CASE("an offset with seconds is written in whole minutes, and the text denotes the same instant") {
  const Zone old_paris("Paris", {{INT64_MIN / 4, 561}});  // UTC+00:09:21, until 1911
  const Seconds instant = -2'000'000'000;
  CHECK(iso_time(instant, old_paris) == "1906-08-16T20:35:40+00:09");
  const Stamp back = parse_iso(iso_time(instant, old_paris)).value();
  CHECK(back.form() == StampForm::absolute);
  CHECK(back.seconds() == instant);
}

TEST_CASE("a day is written as a date") {
  CHECK(iso_date(0) == "1970-01-01");
  CHECK(iso_date(-1) == "1969-12-31");
  CHECK(iso_date(20616) == "2026-06-12");
}

TEST_CASE("the accepted forms") {
  CHECK(parse_iso("2026-06-12") == Stamp(StampForm::date, 1781222400));
  CHECK(parse_iso("2026-06-12T10:12") == Stamp(StampForm::civil, 1781259120));
  CHECK(parse_iso("2026-06-12 10:12:31") == Stamp(StampForm::civil, 1781259151));
  CHECK(parse_iso("2026-06-12T10:12:31.5-05:00") == Stamp(StampForm::absolute, 1781277151));
  CHECK(parse_iso("2026-06-12T15:12:31Z") == Stamp(StampForm::absolute, 1781277151));
  CHECK(parse_iso("never") == Stamp(StampForm::never, 0));
  CHECK_FALSE(parse_iso("12.6.2026").has_value());
  CHECK_FALSE(parse_iso("2026-02-30").has_value());
  CHECK_FALSE(parse_iso("").has_value());
}

TEST_CASE("a stamp becomes an instant of the zone") {
  const Zone chicago = load_zone("America/Chicago");
  CHECK(utc_of(Stamp(StampForm::date, 1781222400), chicago) == 1781240400);
  CHECK(utc_of(Stamp(StampForm::civil, 1781259151), chicago) == 1781277151);
  CHECK(utc_of(Stamp(StampForm::absolute, 1781277151), chicago) == 1781277151);
  CHECK(utc_of(Stamp(StampForm::never, 0), chicago) == k_never);
  CHECK(utc_of(Stamp(), chicago) == k_no_time);
  CHECK(utc_of(Stamp(StampForm::unreadable, 0), chicago) == k_no_time);
}
