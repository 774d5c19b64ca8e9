// Writes the plain world as the five data files that `offcirc import` reads, to get it into a real database.
#pragma once

#include <filesystem>
#include <vector>

#include "tests/model/world.hpp"

namespace offcirc::model {

/// Writes users.csv, items.csv, charges.csv, holds.csv, and bills.csv into the existing `folder`; returns their paths.
/// The files can't express uses or the actions of earlier loads; a claim's time is reduced to its day.
std::vector<std::filesystem::path> write_world(const World& world, const Zone& zone,
                                               const std::filesystem::path& folder);

}  // namespace offcirc::model
