// Compares the replay with the second opinion, and describes their differences as text.
#pragma once

#include <string>
#include <vector>

#include "tests/model/bridge.hpp"
#include "tests/model/model.hpp"

namespace offcirc::model {

/// The results of the replay or of the second opinion for an outage.
struct Opinion {
  std::vector<Verdict> verdicts;  ///< by transaction
  World world;                    ///< after the outage
};

/// The second opinion on the outage.
Opinion judge_outage(const Outage& outage);
/// The replay's. `slot_seed` shuffles the state's slots. If `broken` is given, it receives the violated invariants (see
/// invariants.hpp), or nothing if there are none.
Opinion replay_outage(const Outage& outage, std::uint64_t slot_seed, std::string* broken = nullptr);

/// Describes the first transaction on which the two differ or, if there is none, the differing rows of the world; empty
/// if they agree.
std::string difference(const Outage& outage, const Opinion& model, const Opinion& replay);

/// Removes from `outage` the rows of one table of its world that `still_fails` does not need.
template <typename Table, typename StillFails>
void drop_rows(Outage& outage, Table World::*table, StillFails still_fails) {
  for (const std::string& id : ids_of(outage.world.*table)) {
    Outage smaller = outage;
    (smaller.world.*table).erase(id);
    if (still_fails(smaller)) outage = smaller;
  }
}

/// The outage without the transactions, and then the rows, that `still_fails` does not need.
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

/// Everything in an outage that a person needs to follow it by hand.
std::string text_of(const Outage& outage);

}  // namespace offcirc::model
