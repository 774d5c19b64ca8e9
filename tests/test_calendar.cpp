#include <doctest/doctest.h>

#include "loader/model/calendar.hpp"

using namespace offcirc;

namespace {

constexpr Day k_friday = 20616;  // 2026-06-12
constexpr Day k_sunday = k_friday + 2;

constexpr std::array<bool, 7> k_no_weekdays{};
constexpr std::array<bool, 7> k_sundays{true};

}  // namespace

TEST_CASE("weekdays are counted from Sunday, also before 1970") {
  CHECK(weekday_of(0) == 4);
  CHECK(weekday_of(-4) == 0);
  CHECK(weekday_of(-5) == 6);
  CHECK(weekday_of(k_friday) == 5);
}

TEST_CASE("an empty calendar is always open") {
  const Calendar open;
  CHECK_FALSE(open.is_closed(k_sunday));
  CHECK(open.next_open(k_sunday) == k_sunday);
  CHECK(open.closed_days_between(k_friday, k_friday + 700) == 0);
}

TEST_CASE("the weekdays and the listed days are closed") {
  const Calendar calendar(k_sundays, {k_friday, k_friday + 1});
  CHECK(calendar.is_closed(k_friday));
  CHECK(calendar.is_closed(k_sunday));
  CHECK(calendar.is_closed(k_sunday - 700));
  CHECK_FALSE(calendar.is_closed(k_friday - 1));
  CHECK(calendar.next_open(k_friday) == k_sunday + 1);
  CHECK(calendar.next_open(k_friday - 1) == k_friday - 1);
}

TEST_CASE("a library that never opens has no next open day") {
  const Calendar shut({true, true, true, true, true, true, true}, {});
  CHECK(shut.next_open(k_friday) == k_friday);
  CHECK(shut.closed_days_between(k_friday, k_friday + 30) == 30);
}

TEST_CASE("closed days are counted after the first day, through the last, each once") {
  // One day is listed twice, and one is a Sunday anyway.
  const Calendar calendar(k_sundays, {k_friday, k_friday, k_sunday, k_friday + 10});
  CHECK(calendar.closed_days_between(k_friday, k_friday) == 0);
  CHECK(calendar.closed_days_between(k_friday, k_friday - 5) == 0);
  CHECK(calendar.closed_days_between(k_friday - 1, k_friday) == 1);
  CHECK(calendar.closed_days_between(k_friday, k_sunday - 1) == 0);
  CHECK(calendar.closed_days_between(k_friday, k_sunday) == 1);
  CHECK(calendar.closed_days_between(k_friday - 1, k_friday + 13) == 4);
}

TEST_CASE("counting by weeks equals counting day by day") {
  const Calendar calendar({true, false, false, true, false, false, true}, {k_friday + 3, k_friday + 4, k_friday - 20});
  for (Day after = k_friday - 30; after < k_friday + 30; ++after) {
    int closed = 0;
    for (Day until = after; until < after + 40; ++until) {
      if (until > after && calendar.is_closed(until)) ++closed;
      CHECK(calendar.closed_days_between(after, until) == closed);
    }
  }
}

TEST_CASE("without closed weekdays only the list counts") {
  const Calendar calendar(k_no_weekdays, {k_friday + 1});
  CHECK(calendar.closed_days_between(k_friday, k_friday + 14) == 1);
}
