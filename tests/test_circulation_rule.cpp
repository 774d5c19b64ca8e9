#include <doctest/doctest.h>

#include "loader/model/circulation_map.hpp"

using namespace offcirc;

TEST_CASE("a rule states the loan period, the fine, and the maximum fine") {
  const auto rule = parse_rule("21D-10D-5M");
  REQUIRE(rule.has_value());
  CHECK(*rule == CirculationRule{21, false, 10, false, 500, "21D-10D-5M"});
}

TEST_CASE("hours, loans by the hour with fines by the day, caps with cents, no cap, no loan") {
  CHECK(parse_rule("4H-25H-10M") == CirculationRule{4, true, 25, true, 1000, "4H-25H-10M"});
  CHECK(parse_rule("4H-25D-10M") == CirculationRule{4, true, 25, false, 1000, "4H-25D-10M"});
  CHECK(parse_rule("7D-5H-2.50M") == CirculationRule{7, false, 5, true, 250, "7D-5H-2.50M"});
  CHECK(parse_rule("21D-0D-0M") == CirculationRule{21, false, 0, false, 0, "21D-0D-0M"});
  CHECK(parse_rule("0D-0D-0M") == CirculationRule{0, false, 0, false, 0, "0D-0D-0M"});
}

TEST_CASE("texts that are not rules") {
  for (const char* text : {"",
                           "-",
                           "--M",
                           "21D",
                           "21D-10D",
                           "21D-10D-5",
                           "21D-10D-M",
                           "21-10D-5M",
                           "21D-10-5M",
                           "21d-10d-5m",
                           "21X-10D-5M",
                           "-21D-10D-5M",
                           "21D--10D-5M",
                           "21D-10D-5M ",
                           " 21D-10D-5M",
                           "21D-10D-5M-1D",
                           "2.5D-10D-5M",
                           "100000D-10D-5M",
                           "21D-100000D-5M",
                           "99999999999D-1D-1M",
                           "D-D-M",
                           "21D-10D-1234567890M",
                           "21D-10D-5.123M"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_rule(text).has_value());
  }
}
