// What must be true after every replay, whatever was in the logs.
#pragma once

#include <string>
#include <vector>

#include "loader/model/result.hpp"
#include "loader/model/state.hpp"
#include "tests/model/random_outage.hpp"

namespace offcirc::model {

/// A sentence for each thing that can't be, with a newline; empty where all is well.
std::string broken_invariant(const Outage& outage, const Results& results, const State& state, const World& after);

}  // namespace offcirc::model
