// Invariants that hold after every replay, whatever the logs contain.
#pragma once

#include <string>
#include <vector>

#include "loader/model/result.hpp"
#include "loader/model/state.hpp"
#include "tests/model/random_outage.hpp"

namespace offcirc::model {

/// A line for each violated invariant; empty if there are none.
std::string broken_invariant(const Outage& outage, const Results& results, const State& state, const World& after);

}  // namespace offcirc::model
