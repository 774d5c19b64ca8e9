// Does to the state what a decision says; nothing else in the rules changes it.
#pragma once

#include "loader/rules/decision.hpp"

namespace offcirc {

/// For a transaction that is loaded. Marks what it touches as changed, so that it is written.
void apply(const Effects& effects, const Case& c, State& state);

/// Adds the user that a registration names, known from then on (and, to the transactions before it, as registered
/// later).
void add_registered_user(const Case& c, const ReadSet& read_set, const Policy& policy, State& state);

}  // namespace offcirc
