// The only file that includes date/tz.h, which takes long to compile.
#include <date/tz.h>

#include <fstream>
#include <stdexcept>

#include "loader/run_error.hpp"
#include "loader/time/posix_rule.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {
namespace {

using namespace date::literals;

constexpr date::sys_seconds k_begin = date::sys_days{1900_y / 1 / 1};
constexpr date::sys_seconds k_end = date::sys_days{2200_y / 1 / 1};
constexpr int k_last_year = 2199;

// The changes that the tz database lists.
std::vector<Zone::Period> listed_periods(const date::time_zone& zone) {
  std::vector<Zone::Period> periods;
  for (date::sys_seconds at = k_begin; at < k_end;) {
    const date::sys_info info = zone.get_info(at);
    // A change of the name only, such as from LMT to GMT, is none of the offset.
    if (periods.empty() || periods.back().offset != info.offset.count())
      periods.push_back({at.time_since_epoch().count(), info.offset.count()});
    at = info.end;
  }
  return periods;
}

// The list ends in 2037 or before; the last line of the zone's file is the rule for all time after it, which the date
// library does not read.
std::string rule_behind_list(const std::string& name) {
  std::ifstream file("/usr/share/zoneinfo/" + name, std::ios::binary);
  std::string line, last;
  while (std::getline(file, line)) last.swap(line);
  return last;
}

}  // namespace

Zone load_zone(const std::string& name) {
  try {
    const date::time_zone& zone = *date::locate_zone(name);
    std::vector<Zone::Period> periods = listed_periods(zone);
    const auto later = yearly_changes(rule_behind_list(zone.name()), periods.back().starts_at, k_last_year);
    periods.insert(periods.end(), later.begin(), later.end());
    return Zone(name, std::move(periods));
  } catch (const std::runtime_error&) {
    throw RunError("There is no time zone '" + name + "'; use a name of the tz database, such as America/Chicago.");
  }
}

}  // namespace offcirc
