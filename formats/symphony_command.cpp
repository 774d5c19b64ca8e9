#include "formats/symphony_command.hpp"

namespace offcirc {
namespace {

struct Row {
  std::string_view command;
  SymphonyCommand meaning;
};

constexpr Row k_commands[] = {
    {"CV", {SymphonyAction::charge, {}}},
    {"EV", {SymphonyAction::discharge, {}}},
    {"RV", {SymphonyAction::renew, {}}},
    {"CX", {SymphonyAction::charge, {}}},  // of the reserve desk, likewise RX
    {"RX", {SymphonyAction::renew, {}}},
    {"JY", {SymphonyAction::create_user, {}}},
    {"IY", {SymphonyAction::edit_user, "Edit user"}},
    {"NF", {SymphonyAction::session_noise, {}}},
    {"HF", {SymphonyAction::session_noise, {}}},
    {"SF", {SymphonyAction::session_noise, {}}},
    {"CA", {SymphonyAction::session_noise, {}}},  // part A: the screen before the charge, likewise below
    {"RA", {SymphonyAction::session_noise, {}}},
    {"JC", {SymphonyAction::session_noise, {}}},
    {"JZ", {SymphonyAction::other, "Place hold"}},
    {"FZ", {SymphonyAction::other, "Remove hold"}},
    {"IZ", {SymphonyAction::other, "Edit hold"}},
    {"BY", {SymphonyAction::other, "Bill user"}},
    {"PY", {SymphonyAction::other, "Pay bill"}},
    {"IV", {SymphonyAction::other, "Edit item"}},
};

}  // namespace

SymphonyCommand find_symphony_command(std::string_view command) {
  for (const Row& row : k_commands) {
    if (row.command == command) return row.meaning;
  }
  return {};
}

}  // namespace offcirc
