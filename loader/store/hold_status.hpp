// What the state of a hold is called in the database and in holds.csv.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "loader/rules/state.hpp"

namespace offcirc {

/// In the order of HoldStatus.
inline constexpr std::array<std::string_view, 4> k_hold_status_names = {"waiting", "on-shelf", "in-transit", "filled"};

constexpr std::string_view name_of(HoldStatus status) {
  return k_hold_status_names[static_cast<std::size_t>(status)];
}

constexpr std::optional<HoldStatus> hold_status_called(std::string_view name) {
  for (std::size_t status = 0; status < k_hold_status_names.size(); ++status) {
    if (k_hold_status_names[status] == name) return static_cast<HoldStatus>(status);
  }
  return std::nullopt;
}

}  // namespace offcirc
