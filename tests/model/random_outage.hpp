// A small, dense, invented outage for each seed: few users, few items, and many transactions that interfere with each
// other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "loader/model/policy.hpp"
#include "loader/rules/replay.hpp"
#include "tests/model/dice.hpp"
#include "tests/model/world.hpp"

namespace offcirc::model {

struct Outage {
  Policy policy;
  ReplayOptions options;
  World world;  ///< before the load
  std::vector<PlainTransaction> transactions;
  Day first_day = 0;
  Seconds starts_at = 0;  ///< UTC
};

/// The same seed gives the same outage, on every machine.
Outage random_outage(std::uint64_t seed);

/// The parts of random_outage, in order; each fills what its name says.
void add_policy(Outage& outage, Dice& dice);
void add_users(Outage& outage, Dice& dice);
void add_items(Outage& outage, Dice& dice);
void add_charges(Outage& outage, Dice& dice);
void add_holds(Outage& outage, Dice& dice);
void add_bills(Outage& outage, Dice& dice);
void add_transactions(Outage& outage, Dice& dice);
void add_options(Outage& outage, Dice& dice);

/// The IDs in a map.
template <typename Map>
std::vector<std::string> ids_of(const Map& map) {
  std::vector<std::string> ids;
  for (auto& one : map) ids.push_back(one.first);
  return ids;
}

/// The columns of users.csv that random_field knows.
inline constexpr const char* k_person_fields[] = {"last_name",  "first_name", "middle_name", "alternate_name",
                                                  "birth_date", "email",      "phone",       "language",
                                                  "address",    "categories", "department"};
/// A value for a person's column of users.csv, from a list so short that namesakes are common; empty for other names.
std::string random_field(const std::string& name, Dice& dice);

}  // namespace offcirc::model
