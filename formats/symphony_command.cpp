#include "formats/symphony_command.hpp"

#include <algorithm>
#include <iterator>

#include "formats/symphony_line.hpp"

namespace offcirc {
namespace {

struct Row {
  std::uint16_t command;
  SymphonyCommand meaning;
};

constexpr std::uint16_t code(char first, char second) {
  return symphony_code(first, second);
}

constexpr Row k_commands[] = {
    {code('C', 'V'), {SymphonyAction::charge, {}}},
    {code('E', 'V'), {SymphonyAction::discharge, {}}},
    {code('R', 'V'), {SymphonyAction::renew, {}}},
    {code('C', 'X'), {SymphonyAction::charge, {}}},  // of the reserve desk; RX too
    {code('R', 'X'), {SymphonyAction::renew, {}}},
    {code('J', 'Y'), {SymphonyAction::create_user, {}}},
    {code('I', 'Y'), {SymphonyAction::edit_user, "Edit user"}},
    {code('C', 'A'), {SymphonyAction::first_step, {}}},
    {code('C', 'B'), {SymphonyAction::first_step, {}}},
    {code('I', 'C'), {SymphonyAction::first_step, {}}},
    {code('J', 'C'), {SymphonyAction::first_step, {}}},
    {code('P', 'C'), {SymphonyAction::first_step, {}}},
    {code('R', 'A'), {SymphonyAction::first_step, {}}},
    {code('R', 'B'), {SymphonyAction::first_step, {}}},
    {code('R', 'C'), {SymphonyAction::first_step, {}}},
    {code('H', 'F'), {SymphonyAction::session_noise, {}}},
    {code('N', 'F'), {SymphonyAction::session_noise, {}}},
    {code('S', 'F'), {SymphonyAction::session_noise, {}}},
    {code('Z', 'e'), {SymphonyAction::session_noise, {}}},
    {code('Z', 'f'), {SymphonyAction::session_noise, {}}},
    {code('Z', 'h'), {SymphonyAction::session_noise, {}}},
    {code('Z', 'l'), {SymphonyAction::session_noise, {}}},
};

struct NamedCommand {
  std::string_view command, name;
};

// clang deduces no std::array of so many entries.
constexpr NamedCommand k_others[] = {
#define SYMPHONY_COMMAND(command, name) NamedCommand{command, name},
#include "formats/symphony_commands.def"
#undef SYMPHONY_COMMAND
};

constexpr bool is_before(const NamedCommand& a, const NamedCommand& b) {
  return a.command < b.command;
}
static_assert(std::is_sorted(std::begin(k_others), std::end(k_others), is_before));

}  // namespace

SymphonyCommand find_symphony_command(std::string_view command) {
  if (command.size() != 2) return {};
  for (const Row& row : k_commands) {
    if (row.command == code(command[0], command[1])) return row.meaning;
  }
  const auto* other = std::lower_bound(std::begin(k_others), std::end(k_others), NamedCommand{command, {}}, is_before);
  if (other == std::end(k_others) || other->command != command) return {};
  return {SymphonyAction::other, other->name};
}

}  // namespace offcirc
