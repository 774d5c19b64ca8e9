#include "loader/policy/policy.hpp"

#include <algorithm>

namespace offcirc {

LibraryIndex Policy::find_library(std::string_view code) const {
  const auto found =
      std::find_if(libraries.begin(), libraries.end(), [&](const Library& library) { return library.code == code; });
  return found == libraries.end() ? k_no_library : static_cast<LibraryIndex>(found - libraries.begin());
}

ProfileIndex Policy::find_profile(std::string_view name) const {
  const auto found =
      std::find_if(profiles.begin(), profiles.end(), [&](const Profile& profile) { return profile.name == name; });
  return found == profiles.end() ? k_no_profile : static_cast<ProfileIndex>(found - profiles.begin());
}

std::string normal_station(std::string_view station) {
  constexpr std::size_t k_digits = 4;
  std::string normal(station);
  const bool is_number = !station.empty() && station.size() < k_digits &&
                         std::all_of(station.begin(), station.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (is_number) normal.insert(0, k_digits - station.size(), '0');
  return normal;
}

}  // namespace offcirc
