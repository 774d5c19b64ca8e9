#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "tests/bench/load/world.hpp"

namespace offcirc::bench {
namespace {

constexpr std::string_view k_head = R"([system]
name = "Benchmark Library System"
timezone = "America/Chicago"
database = "circ.db"
circulation_map = "circmap.csv"
date_order = "mdy"
max_age_days = 7

[ids]
user = '^2\d{13}$'
item = '^3\d{13}$'
strip = "Aa"
check_digit = true

[locations]
missing = ["MISSING"]
lost = ["LOST"]
transit = ["INTRANSIT"]
hold_shelf = ["HOLDS"]

[[profile]]
name = "PUBLIC"
bill_threshold = "10.00"
overdue_threshold = 10

[[profile]]
name = "JUVENILE"
bill_threshold = "5.00"

[[profile]]
name = "STAFF"

[[profile]]
name = "TEACHER"
)";

}  // namespace

void write_config(const WorldSize& size, const std::filesystem::path& folder) {
  std::ofstream config(folder / "offcirc.toml");
  config << k_head;
  for (std::uint32_t library = 0; library < library_count(size); ++library) {
    config << fmt::format("\n[[library]]\ncode = \"{}\"\nname = \"Library {}\"\nstations = [", library_code(library),
                          library + 1);
    const std::uint32_t first = library * k_stations_of_library;
    for (std::uint32_t station = first; station < std::min(first + k_stations_of_library, size.stations); ++station)
      config << fmt::format("{}\"{:04}\"", station == first ? "" : ", ", station + 1);
    config << "]\n";
  }
  std::ofstream map(folder / "circmap.csv");
  map << "library,user_profile,item_type,rule\n*,*,*,21D-10D-5M\n*,*,DVD,7D-100D-10M\n*,*,CD,14D-25D-10M\n"
         "*,STAFF,*,42D-0D-0M\n*,TEACHER,BOOK,42D-10D-5M\n*,*,LAPTOP,4H-25H-10M\n";
  for (std::uint32_t library = 0; library < library_count(size); library += 3)
    map << fmt::format("{},JUVENILE,*,21D-0D-0M\n", library_code(library));
}

}  // namespace offcirc::bench
