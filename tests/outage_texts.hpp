// Shared by the tests with random outages: an outage that a database can store, and texts by which two databases are
// compared.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "loader/model/result.hpp"
#include "loader/report/words.hpp"
#include "loader/time/iso8601.hpp"
#include "tests/model/plain_rules.hpp"
#include "tests/model/random_outage.hpp"

namespace offcirc::model {

/// In memory if possible: on a disk, each database waits for many syncs.
inline std::filesystem::path place_for_databases() {
  std::error_code none;
  return std::filesystem::is_directory("/dev/shm", none) ? std::filesystem::path("/dev/shm")
                                                         : std::filesystem::temp_directory_path();
}

/// The lines that appear in only one of the two texts; empty if they are equal.
inline std::string difference(const std::string& what, const std::string& expected, const std::string& found) {
  if (expected == found) return "";
  std::multiset<std::string> missing, added;
  std::istringstream expected_lines(expected), found_lines(found);
  for (std::string line; std::getline(expected_lines, line);) missing.insert(line);
  for (std::string line; std::getline(found_lines, line);) {
    auto same = missing.find(line);
    if (same == missing.end()) {
      added.insert(line);
    } else {
      missing.erase(same);
    }
  }
  std::string text = what + ":\n";
  for (const std::string& line : missing) text += "  expected " + line + "\n";
  for (const std::string& line : added) text += "  found    " + line + "\n";
  return missing.empty() && added.empty() ? text + "  the lines are in another order\n" : text;
}

/// The results of a replay, one transaction per line.
inline std::string results_text(const Results& results, const Zone& zone) {
  std::string text;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Result& result = results[i];
    text += std::to_string(i + 1) + " " + std::string(name_of(result.disposition)) + " due " +
            iso_time(result.due_at, zone) + " " + std::string(name_of(result.due_from)) + " bill " +
            std::to_string(result.made_bill) + " " + std::to_string(result.bill_cents);
    for (const Finding& finding : result.findings)
      text += " | " + std::string(facts_of(finding.outcome).code) + ": " + words_of(finding, zone);
    text += "\n";
  }
  return text;
}

/// An outage that a database can store: a claim's time is reduced to its day. Some of a user's bills have the same
/// second, so that the order in which the database returns them matters.
inline Outage storable_outage(std::uint64_t seed) {
  Outage outage = random_outage(seed);
  const Zone& zone = outage.policy.zone;
  for (auto& [item_id, charge] : outage.world.charges) {
    if (charge.is_claimed()) charge.claimed_at = zone.start_of(civil_day(zone, charge.claimed_at));
  }
  std::map<std::string, Seconds> last_billed;
  for (auto& [bill_id, bill] : outage.world.bills) {
    const auto last = last_billed.find(bill.user_id);
    if (last != last_billed.end() && seed % 2 == 0) bill.billed_at = last->second;
    last_billed[bill.user_id] = bill.billed_at;
  }
  // Only an earlier load's results say which copy it routed for a hold; no data file does.
  for (auto& [hold_id, hold] : outage.world.holds) hold.routed_copy.clear();
  return outage;
}

}  // namespace offcirc::model
