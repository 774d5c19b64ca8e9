// The plain world as the five data files that `offcirc import` reads, so that it can get into a real database.
#pragma once

#include <filesystem>
#include <vector>

#include "tests/model/world.hpp"

namespace offcirc::model {

/// Writes users.csv, items.csv, charges.csv, holds.csv and bills.csv into `folder`, which is there; returns their
/// paths. The files have no place for uses, nor for what earlier loads did; of the time of a claim they keep the day.
std::vector<std::filesystem::path> write_world(const World& world, const Zone& zone,
                                               const std::filesystem::path& folder);

}  // namespace offcirc::model
