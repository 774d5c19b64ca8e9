#include "loader/policy/circulation_map.hpp"

#include <algorithm>

namespace offcirc {
namespace {

bool fits(std::string_view wanted, std::string_view code) {
  return wanted == "*" || wanted == code;
}

}  // namespace

const CirculationMap::Row* CirculationMap::find(std::string_view library, std::string_view user_profile,
                                                std::string_view item_type) const {
  const auto row = std::find_if(m_rows.rbegin(), m_rows.rend(), [&](const Row& candidate) {
    return fits(candidate.library, library) && fits(candidate.user_profile, user_profile) &&
           fits(candidate.item_type, item_type);
  });
  return row == m_rows.rend() ? nullptr : &*row;
}

}  // namespace offcirc
