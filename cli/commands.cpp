#include "cli/commands.hpp"

namespace offcirc {

std::vector<std::unique_ptr<Command>> all_commands() {
  std::vector<std::unique_ptr<Command>> commands;
#define COMMAND(name) commands.push_back(make_##name##_command());
#include "cli/commands.def"
#undef COMMAND
  return commands;
}

}  // namespace offcirc
