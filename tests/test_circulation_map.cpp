#include <doctest/doctest.h>

#include "loader/model/circulation_map.hpp"
#include "loader/model/policy.hpp"

using namespace offcirc;

namespace {

CirculationMap::Row row(std::string library, std::string profile, std::string type, std::uint32_t line) {
  return {std::move(library), std::move(profile), std::move(type), parse_rule("21D-10D-5M").value(), line};
}

// The line of the matching row; 0 if none matches.
std::uint32_t line_of(const CirculationMap& map, std::string_view library, std::string_view profile,
                      std::string_view type) {
  const auto* found = map.find(library, profile, type);
  return found == nullptr ? 0 : found->line;
}

}  // namespace

TEST_CASE("the first matching row from the bottom is used") {
  const CirculationMap map(
      {row("*", "*", "*", 2), row("OSH", "*", "BOOK", 3), row("*", "STAFF", "*", 4), row("OSH", "PUBLIC", "DVD", 5)});
  CHECK(line_of(map, "OSH", "PUBLIC", "DVD") == 5);
  CHECK(line_of(map, "OSH", "STAFF", "BOOK") == 4);
  CHECK(line_of(map, "OSH", "PUBLIC", "BOOK") == 3);
  CHECK(line_of(map, "NEE", "PUBLIC", "DVD") == 2);
  CHECK(line_of(map, "", "", "") == 2);
}

TEST_CASE("a general row at the bottom hides all above it") {
  const CirculationMap map({row("OSH", "*", "BOOK", 2), row("*", "*", "*", 3)});
  CHECK(line_of(map, "OSH", "PUBLIC", "BOOK") == 3);
}

TEST_CASE("if no row matches, there is none") {
  CHECK(CirculationMap().find("OSH", "PUBLIC", "BOOK") == nullptr);
  const CirculationMap map({row("OSH", "*", "*", 2)});
  CHECK(map.find("OS", "PUBLIC", "BOOK") == nullptr);
  CHECK(map.find("osh", "PUBLIC", "BOOK") == nullptr);
}

TEST_CASE("libraries and profiles are found by their exact names") {
  Policy policy;
  policy.libraries.resize(2);
  policy.libraries[1].code = "OSH";
  policy.profiles.resize(1);
  policy.profiles[0].name = "PUBLIC";
  CHECK(policy.find_library("OSH") == 1);
  CHECK(policy.find_library("OSHKOSH") == k_no_library);
  CHECK(policy.find_profile("PUBLIC") == 0);
  CHECK(policy.find_profile("PUBLIC2") == k_no_profile);
}

TEST_CASE("station numbers have four digits; other stations are unchanged") {
  CHECK(normal_station("1") == "0001");
  CHECK(normal_station("201") == "0201");
  CHECK(normal_station("0201") == "0201");
  CHECK(normal_station("00201") == "00201");
  CHECK(normal_station("DESK1") == "DESK1");
  CHECK(normal_station("2A") == "2A");
  CHECK(normal_station("") == "");
}
