// All commands of the program, from commands.def; each is defined in the file of its name.
#pragma once

#include <memory>
#include <vector>

#include "cli/command.hpp"

namespace offcirc {

#define COMMAND(name) std::unique_ptr<Command> make_##name##_command();
#include "cli/commands.def"
#undef COMMAND

/// In the order of commands.def.
std::vector<std::unique_ptr<Command>> all_commands();

}  // namespace offcirc
