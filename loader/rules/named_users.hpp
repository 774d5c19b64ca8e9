// Where the sentences about a transaction name a user, for a report that may not.
#pragma once

#include <string_view>

#include "loader/policy/outcome.hpp"

namespace offcirc {

/// Whether sentences of this outcome have a user's ID in them.
bool names_a_user(Outcome outcome);

/// The part of `sentence` that is the user's ID, or the ID and more where that can't be told; empty where the sentence
/// is not worded as those of the outcome that name a user.
std::string_view user_named_in(std::string_view sentence, Outcome outcome);

}  // namespace offcirc
