// The texts that --help prints, from the same table that the command line is read by.
#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"

namespace offcirc {

/// What the program is, its commands, and the options that all of them have.
std::string program_help(std::span<const CommandSpec> commands, std::span<const OptionSpec> common);
/// How one command is called, its options, and examples of it.
std::string command_help(const CommandSpec& command, std::span<const OptionSpec> common);

}  // namespace offcirc
