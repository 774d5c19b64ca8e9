// The transactions of a batch as plain CSV, in the order in which they are loaded.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "formats/text_arena.hpp"
#include "loader/intake/clock.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/policy.hpp"

namespace offcirc {

/// Takes the next part of a file.
using Sink = std::function<void(std::string_view part)>;

/// Returns where the transactions were recorded, by Batch::desks. Located again here, because the batch keeps only what
/// the rules need.
std::vector<DeskContext> places_of(const Batch& batch, const Policy& policy, TextArena& arena);

/// Writes a header and a row for each transaction but the unsupported ones.
void write_sorted_csv(const Batch& batch, const Policy& policy, const Sink& sink);

}  // namespace offcirc
