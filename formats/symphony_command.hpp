// What the two-letter commands of a Symphony log mean.
#pragma once

#include <cstdint>
#include <string_view>

namespace offcirc {

enum class SymphonyAction : std::uint8_t {
  charge,
  discharge,
  renew,
  create_user,
  edit_user,
  first_step,     ///< the screen before a command that does something; it changes nothing
  session_noise,  ///< says nothing about circulation
  other,          ///< circulation or bookkeeping that offcirc does not load
};

struct SymphonyCommand {
  SymphonyAction action = SymphonyAction::other;
  std::string_view name;  ///< of one that is not loaded, as staff know it; empty where nobody knows it
};

/// Case matters.
SymphonyCommand find_symphony_command(std::string_view command);

}  // namespace offcirc
