#include "cli/command.hpp"

#include <utility>

namespace offcirc {

OptionSpec text_option(std::string name, std::string value_name, std::string help, std::string& into) {
  return {std::move(name), std::move(value_name), std::move(help), [&into](const std::string& value) { into = value; }};
}

OptionSpec flag_option(std::string name, std::string help, bool& into) {
  return {std::move(name), "", std::move(help), [&into](const std::string&) { into = true; }};
}

std::vector<std::unique_ptr<Command>> all_commands() {
  std::vector<std::unique_ptr<Command>> commands;
#define COMMAND(name) commands.push_back(make_##name##_command());
#include "cli/commands.def"
#undef COMMAND
  return commands;
}

}  // namespace offcirc
