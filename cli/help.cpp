#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace offcirc {
namespace {

std::string label_of(const OptionSpec& option) {
  return option.value_name.empty() ? option.name : option.name + " " + option.value_name;
}

/// The options below each other, their help in one column.
std::string option_lines(std::span<const OptionSpec> options) {
  std::size_t width = 0;
  for (const OptionSpec& option : options) width = std::max(width, label_of(option).size());
  std::string lines;
  for (const OptionSpec& option : options) lines += fmt::format("  {:<{}}  {}\n", label_of(option), width, option.help);
  return lines;
}

}  // namespace

std::string program_help(std::span<const CommandSpec> commands, std::span<const OptionSpec> common) {
  std::string text =
      "Usage: offcirc COMMAND [OPTION]... [PATH]...\n\n"
      "Loads the offline circulation logs of a library system.\n\n"
      "Commands:\n";
  std::size_t width = 0;
  for (const CommandSpec& command : commands) width = std::max(width, command.name.size());
  for (const CommandSpec& command : commands) {
    text += fmt::format("  {:<{}}  {}\n", command.name, width, command.summary);
  }
  text += "\nOptions of all commands, before or after the command:\n" + option_lines(common);
  text +=
      "\nExit status: 0 everything was done, 1 something was rejected or unreadable, 2 it did not run.\n"
      "Run 'offcirc COMMAND --help' for the options of a command, and 'man offcirc' for the manual.\n";
  return text;
}

std::string command_help(const CommandSpec& command, std::span<const OptionSpec> common) {
  std::string usage = command.paths.usage;
  if (!usage.empty()) usage = command.paths.optional ? " [" + usage + "]" : " " + usage;
  std::string text = fmt::format("Usage: offcirc {} [OPTION]...{}\n\n{}.\n", command.name, usage, command.summary);
  if (!command.options.empty()) text += "\nOptions:\n" + option_lines(command.options);
  text += "\nOptions of all commands:\n" + option_lines(common);
  text += "\nExamples:\n";
  for (const Example& example : command.examples) {
    text += fmt::format("  offcirc {}\n      {}\n", example.line, example.meaning);
  }
  text += fmt::format("\nThe manual: man offcirc-{}\n", command.name);
  return text;
}

}  // namespace offcirc
