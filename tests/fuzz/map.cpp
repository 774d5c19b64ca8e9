// The circulation map: its valid rows, and the errors in the others.
#include "loader/config/map_file.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace offcirc {
namespace {

Policy small_policy() {
  Policy policy;
  for (const char* code : {"OSH", "APP", "NEE"}) policy.libraries.emplace_back().code = code;
  for (const char* name : {"PUBLIC", "STAFF"}) policy.profiles.emplace_back().name = name;
  return policy;
}

void check_row(const CirculationMap::Row& row, const Policy& policy) {
  promise(row.library == "*" || policy.find_library(row.library) != k_no_library, "A row has a library of nobody.");
  promise(row.user_profile == "*" || policy.find_profile(row.user_profile) != k_no_profile, "A row has no profile.");
  promise(parse_rule(row.rule.text) == row.rule, "A rule is not what its text says: " + row.rule.text);
  promise(row.rule.loan >= 0 && row.rule.rate_cents >= 0 && row.rule.cap_cents >= 0, "A rule has less than nothing.");
}

}  // namespace

void fuzz(std::string_view input) {
  static const Policy policy = small_policy();
  TroubleList troubles("circmap.csv");
  const CirculationMap map = parse_circulation_map(input, policy, troubles);
  std::uint32_t line = 0;
  for (const CirculationMap::Row& row : map.rows()) {
    promise(row.line > line, "The lines of the rows do not ascend.");
    line = row.line;
    check_row(row, policy);
    promise(map.find(row.library, row.user_profile, row.item_type) != nullptr, "A row is not found by what it is for.");
  }
  if (troubles.empty()) return;
  promise(troubles.text().starts_with("circmap.csv:"), "A trouble has no place: " + troubles.text());
}

}  // namespace offcirc
