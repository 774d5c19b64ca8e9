#include "formats/symphony_command.hpp"

#include "formats/symphony_line.hpp"

namespace offcirc {
namespace {

struct Row {
  std::uint16_t command;
  SymphonyCommand meaning;
};

constexpr Row k_commands[] = {
    {symphony_code('C', 'V'), {SymphonyAction::charge, {}}},
    {symphony_code('E', 'V'), {SymphonyAction::discharge, {}}},
    {symphony_code('R', 'V'), {SymphonyAction::renew, {}}},
    {symphony_code('C', 'X'), {SymphonyAction::charge, {}}},  // of the reserve desk, likewise RX
    {symphony_code('R', 'X'), {SymphonyAction::renew, {}}},
    {symphony_code('J', 'Y'), {SymphonyAction::create_user, {}}},
    {symphony_code('I', 'Y'), {SymphonyAction::edit_user, "Edit user"}},
    {symphony_code('N', 'F'), {SymphonyAction::session_noise, {}}},
    {symphony_code('H', 'F'), {SymphonyAction::session_noise, {}}},
    {symphony_code('S', 'F'), {SymphonyAction::session_noise, {}}},
    {symphony_code('C', 'A'),
     {SymphonyAction::session_noise, {}}},  // part A: the screen before the charge, likewise below
    {symphony_code('R', 'A'), {SymphonyAction::session_noise, {}}},
    {symphony_code('J', 'C'), {SymphonyAction::session_noise, {}}},
    {symphony_code('J', 'Z'), {SymphonyAction::other, "Place hold"}},
    {symphony_code('F', 'Z'), {SymphonyAction::other, "Remove hold"}},
    {symphony_code('I', 'Z'), {SymphonyAction::other, "Edit hold"}},
    {symphony_code('B', 'Y'), {SymphonyAction::other, "Bill user"}},
    {symphony_code('P', 'Y'), {SymphonyAction::other, "Pay bill"}},
    {symphony_code('I', 'V'), {SymphonyAction::other, "Edit item"}},
};

}  // namespace

SymphonyCommand find_symphony_command(std::string_view command) {
  if (command.size() != 2) return {};
  const std::uint16_t code = symphony_code(command[0], command[1]);
  for (const Row& row : k_commands) {
    if (row.command == code) return row.meaning;
  }
  return {};
}

}  // namespace offcirc
