#include "formats/ids.hpp"

#include <doctest/doctest.h>

#include <regex>

using namespace offcirc;

TEST_CASE("a pattern fits if it is found in the ID") {
  const IdPattern user(R"(^2\d{13}$)");
  CHECK(user.is_given());
  CHECK(user.text() == R"(^2\d{13}$)");
  CHECK(user.fits("21221000000015"));
  CHECK_FALSE(user.fits("31221000000015"));
  CHECK_FALSE(user.fits("212210000000155"));
  CHECK_FALSE(user.fits(""));
  CHECK(IdPattern("22").fits("21221"));
  const IdPattern copy = user;
  CHECK(copy.fits("21221000000015"));
}

TEST_CASE("nothing fits a pattern that is not set") {
  const IdPattern none;
  CHECK_FALSE(none.is_given());
  CHECK(none.text().empty());
  CHECK_FALSE(none.fits(""));
  CHECK_FALSE(none.fits("1"));
}

TEST_CASE("a text too long for an ID fits nothing, whatever the pattern") {
  const IdPattern any("^.*$");
  CHECK(any.fits(std::string(64, '1')));
  CHECK_FALSE(any.fits(std::string(65, '1')));
  CHECK_FALSE(any.fits(std::string(1'000'000, '1')));
}

TEST_CASE("an invalid regular expression is refused") {
  CHECK_THROWS_AS(IdPattern("("), std::regex_error);
}

TEST_CASE("an ID loses blanks, and start and stop characters if it has both") {
  CHECK(strip_id("  21221000000015\t", "Aa") == "21221000000015");
  CHECK(strip_id("A21221000000015a", "Aa") == "21221000000015");
  CHECK(strip_id(" A 21221000000015 A ", "Aa") == "21221000000015");
  CHECK(strip_id("A21221000000015", "Aa") == "A21221000000015");
  CHECK(strip_id("21221000000015A", "Aa") == "21221000000015A");
  CHECK(strip_id("AA1AA", "Aa") == "A1A");
  CHECK(strip_id("AA", "Aa") == "AA");
  CHECK(strip_id("A21221000000015A", "") == "A21221000000015A");
  CHECK(strip_id("   ", "Aa").empty());
  CHECK(strip_id("", "Aa").empty());
}

TEST_CASE("no-break spaces at the ends of an ID are blanks") {
  CHECK(strip_id("\u00A021221000000015\u202F \u2007", "Aa") == "21221000000015");
  CHECK(strip_id("A\u00A021221000000015 A", "Aa") == "21221000000015");
  CHECK(strip_id("21221\u00A0000000015", "Aa") == "21221\u00A0000000015");
  CHECK(strip_id("\u00E0 \u00A0", "") == "\u00E0");
  CHECK(strip_id("\u00A0", "Aa").empty());
}
