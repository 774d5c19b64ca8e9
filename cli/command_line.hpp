// Reads the command line and prints help. The only part that knows the library that parses options.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace offcirc {

// The texts that --help prints, from the same table that the command line is read by.

/// What the program is, its commands, and the options that all of them have.
std::string program_help(std::span<const CommandSpec> commands, std::span<const OptionSpec> common);
/// How one command is called, its options, and examples of it.
std::string command_help(const CommandSpec& command, std::span<const OptionSpec> common);

// Reads the command line: which command, its options, its paths. The only part that knows the library that parses.

struct ParsedLine {
  const CommandSpec* command = nullptr;  ///< null where none was named
  bool help = false;                     ///< --help was given: then nothing else has been looked at
  bool version = false;                  ///< likewise
  std::vector<std::string> paths;
};

/// Gives every option's value to its `take`. `common` are the options that every command has, before or behind its
/// name;
/// --help and --version need no `take`. Throws UsageError: a sentence and, below it, where the help is.
ParsedLine parse_command_line(const std::vector<std::string>& arguments, std::span<const CommandSpec> commands,
                              std::span<const OptionSpec> common);

}  // namespace offcirc
