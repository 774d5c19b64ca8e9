// Looks a circulation map over for what nobody meant: rows that are never used, and loans that no row is for.
#pragma once

#include <string>
#include <vector>

#include "loader/policy/policy.hpp"

namespace offcirc {

/// Item types that no row of the map fits at a library for the users of a profile: `default_loan` is used for them.
struct MapGap {
  std::string library, user_profile;
  std::vector<std::string> only_for;  ///< the item types that do have a row; all others have none
};

struct MapReview {
  /// For each library and profile of the config, and any item type, a row below them fits first. As in the file.
  std::vector<const CirculationMap::Row*> never_used;
  std::vector<MapGap> gaps;  ///< by library and profile, as the config has them; system profiles need no row
};

/// Points into `policy`.
MapReview review_map(const Policy& policy);

}  // namespace offcirc
