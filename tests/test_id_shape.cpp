#include "loader/hints/id_shape.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace offcirc;

namespace {

IdPatterns codabar() { return {R"(^2\d{13}$)", R"(^3\d{13}$)", "Aa", true}; }

}  // namespace

TEST_CASE("an ID of the other kind is told by its pattern") {
  const IdShapes shapes(codabar());
  CHECK(shapes.oddity("31221000000013", IdKind::user) == "It looks like an item ID.");
  CHECK(shapes.oddity("21221000000015", IdKind::item) == "It looks like a user ID.");
}

TEST_CASE("the check digit is looked at only where the pattern fits and the config asks for it") {
  const IdShapes shapes(codabar());
  CHECK(has_right_check_digit("21221000000015") == shapes.oddity("21221000000015", IdKind::user).empty());
  CHECK(shapes.oddity("21221000000016", IdKind::user) == "The check digit is wrong.");
  IdPatterns without = codabar();
  without.check_digit = false;
  CHECK(IdShapes(without).oddity("21221000000016", IdKind::user) == "");
}

TEST_CASE("modulus 10 finds every single wrong digit") {
  REQUIRE(has_right_check_digit("79927398713"));
  CHECK_FALSE(has_right_check_digit("79927398710"));
  CHECK_FALSE(has_right_check_digit("7992739871x"));
  CHECK_FALSE(has_right_check_digit(""));
  for (const std::string& miss : near_misses("79927398713"))
    if (std::count(miss.begin(), miss.end(), '1') != 1) CHECK_FALSE(has_right_check_digit(miss));
}

TEST_CASE("an ID that more digits would complete is cut short") {
  const IdShapes shapes(codabar());
  CHECK(shapes.oddity("2122100000001", IdKind::user) == "It is cut short: 1 digit is missing.");
  CHECK(shapes.oddity("21221", IdKind::user) == "It is cut short: 9 digits are missing.");
  CHECK(shapes.oddity("212210000000155", IdKind::user) == "");
  CHECK(shapes.oddity("LARSEN", IdKind::user) == "");
}

TEST_CASE("without patterns nothing is said") {
  const IdShapes shapes(IdPatterns{});
  CHECK(shapes.oddity("31221000000013", IdKind::user) == "");
  CHECK(shapes.oddity("1", IdKind::item) == "");
}

TEST_CASE("near misses are one digit off or two neighbours swapped, each once, never the ID itself") {
  CHECK(near_misses("7") == std::vector<std::string>{"0", "1", "2", "3", "4", "5", "6", "8", "9"});
  CHECK(near_misses("AB") == std::vector<std::string>{"BA"});
  const auto misses = near_misses("12");
  CHECK(misses.size() == 18 + 1);
  CHECK(std::find(misses.begin(), misses.end(), "21") != misses.end());
  CHECK(std::find(misses.begin(), misses.end(), "12") == misses.end());
  CHECK(near_misses("").empty());
}
