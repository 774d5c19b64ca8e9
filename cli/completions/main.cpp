#include <fmt/format.h>

#include <cstdio>
#include <fstream>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/completions/completed.hpp"

namespace {

using Script = std::string (*)(std::span<const offcirc::CommandSpec>, std::span<const offcirc::OptionSpec>);

Script script_of(std::string_view shell) {
  if (shell == "bash") return offcirc::bash_completion;
  if (shell == "fish") return offcirc::fish_completion;
  return shell == "zsh" ? offcirc::zsh_completion : nullptr;
}

std::string completion(Script script) {
  const std::vector<std::unique_ptr<offcirc::Command>> commands = offcirc::all_commands();
  std::vector<offcirc::CommandSpec> specs;
  for (const auto& command : commands) specs.push_back(command->specify());
  offcirc::CommonOptions common;
  return script(specs, offcirc::common_option_specs(common));
}

}  // namespace

int main(int count, char** arguments) {
  const Script script = count == 3 ? script_of(arguments[1]) : nullptr;
  if (script == nullptr) {
    fmt::print(stderr, "Usage: offcirc_completions bash|fish|zsh FILE\n");
    return 2;
  }
  std::ofstream file(arguments[2], std::ios::binary);
  file << completion(script);
  file.close();
  if (file) return 0;
  fmt::print(stderr, "{} can't be written.\n", arguments[2]);
  return 2;
}
