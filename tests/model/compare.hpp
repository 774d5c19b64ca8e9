// Puts the replay and the second opinion side by side, and says in text where they differ.
#pragma once

#include <string>
#include <vector>

#include "tests/model/bridge.hpp"
#include "tests/model/model.hpp"

namespace offcirc::model {

/// What one of the two made of an outage.
struct Opinion {
  std::vector<Verdict> verdicts;  ///< by transaction
  World world;                    ///< afterwards
};

/// The second opinion.
Opinion judge_outage(const Outage& outage);
/// The replay's. `slot_seed` shuffles the state's slots. Where `broken` is given, it is told what the replay left
/// behind that can't be (see invariants.hpp); it stays empty if there is nothing.
Opinion replay_outage(const Outage& outage, std::uint64_t slot_seed, std::string* broken = nullptr);

/// Empty where the two agree; else the first transaction, or if there is none the rows of the world, on which they do
/// not.
std::string difference(const Outage& outage, const Opinion& model, const Opinion& replay);

/// `outage` without the rows of one table of its world that `still_fails` does not need.
template <typename Table, typename StillFails>
void drop_rows(Outage& outage, Table World::*table, StillFails still_fails) {
  for (const std::string& id : ids_of(outage.world.*table)) {
    Outage smaller = outage;
    (smaller.world.*table).erase(id);
    if (still_fails(smaller)) outage = smaller;
  }
}

/// The outage without the transactions, and then without the rows, that `still_fails` does not need.
template <typename StillFails>
Outage shrunk(Outage outage, StillFails still_fails) {
  for (std::size_t i = outage.transactions.size(); i-- > 0;) {
    Outage smaller = outage;
    smaller.transactions.erase(smaller.transactions.begin() + static_cast<std::ptrdiff_t>(i));
    if (still_fails(smaller)) outage = smaller;
  }
  drop_rows(outage, &World::bills, still_fails);
  drop_rows(outage, &World::charges, still_fails);
  drop_rows(outage, &World::holds, still_fails);
  return outage;
}

/// All of an outage that a person needs to follow it by hand.
std::string text_of(const Outage& outage);

}  // namespace offcirc::model
