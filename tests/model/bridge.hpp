// From the plain world to what the replay works on, filled as the store would fill it, and back again.
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

/// An outage as replay() takes it. Points into the outage, which outlives it.
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

/// `slot_seed` shuffles the slots of the state: no result may depend on them.
Loaded load_outage(const Outage& outage, std::uint64_t slot_seed);

/// The parts of load_outage: the batch with its read set, and the state that belongs to them.
void fill_batch(const Outage& outage, Loaded& loaded);
void fill_state(const Outage& outage, Dice& dice, Loaded& loaded);

/// The outage's world with what the replay marked as changed in `state`, as a store would write it.
World world_after(const Outage& outage, const Loaded& loaded, const State& state);

}  // namespace offcirc::model
