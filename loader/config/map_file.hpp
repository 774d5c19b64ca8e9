// The circulation map's file: library,user_profile,item_type,rule ; read from the bottom up ; * fits anything.
#pragma once

#include <string_view>

#include "loader/config/trouble_list.hpp"
#include "loader/policy/policy.hpp"

namespace offcirc {

/// Rows that are wrong are left out and reported, those too that name a library or profile that `policy` does not have.
CirculationMap parse_circulation_map(std::string_view csv, const Policy& policy, TroubleList& troubles);

}  // namespace offcirc
