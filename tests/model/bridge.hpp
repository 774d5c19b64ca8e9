// Converts the plain world to the replay's data structures, filled as the store would fill them, and back.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "loader/model/batch.hpp"
#include "loader/model/result.hpp"
#include "loader/model/state.hpp"
#include "loader/rules/read_set.hpp"
#include "tests/model/random_outage.hpp"

namespace offcirc::model {

/// An outage as replay() takes it. It points into the outage, which must outlive it.
struct Loaded {
  Batch batch;
  ReadSet read_set;
  State state;
  std::vector<bool> already_recorded;
  std::deque<Transaction> transactions;
  std::deque<Desk> desks;
  std::deque<Registration> registrations;
  std::vector<std::string> user_ids, item_ids, hold_ids, bill_ids, title_ids;  ///< by row - 1
};

/// `slot_seed` shuffles the slots of the state: no result may depend on their order.
Loaded load_outage(const Outage& outage, std::uint64_t slot_seed);

/// The parts of load_outage: the batch with its read set, and the matching state.
void fill_batch(const Outage& outage, Loaded& loaded);
void fill_state(const Outage& outage, Dice& dice, Loaded& loaded);

/// The outage's world with the changes that the replay marked in `state`, as a store would write them.
World world_after(const Outage& outage, const Loaded& loaded, const State& state);

}  // namespace offcirc::model
