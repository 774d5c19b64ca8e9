// Parses the command line and writes the help texts. Only command_line.cpp includes CLI11, the option parser.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace offcirc {

// The texts that --help prints, made from the same specifications that the parser uses.

/// What the program is for, its commands, and the options common to all of them.
std::string program_help(std::span<const CommandSpec> commands, std::span<const OptionSpec> common);
/// Usage, options and examples of one command.
std::string command_help(const CommandSpec& command, std::span<const OptionSpec> common);

struct ParsedLine {
  const CommandSpec* command = nullptr;  ///< null if none was named; points into the `commands` that were passed in
  bool help = false;                     ///< --help was given; then no option was stored, and `paths` is empty
  bool version = false;                  ///< --version was given; the same holds
  std::vector<std::string> paths;
};

/// Passes the value of each option to its `take`. `common` are the options that every command accepts, before or after
/// its name; --help and --version need no `take`. UsageError: one sentence, then a line that says where to find help.
ParsedLine parse_command_line(const std::vector<std::string>& arguments, std::span<const CommandSpec> commands,
                              std::span<const OptionSpec> common);

}  // namespace offcirc
