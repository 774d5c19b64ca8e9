// The options of the commands that read logs: which format they are of, whose they are, and how far a clock was off.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "loader/intake/intake.hpp"

namespace offcirc {

/// --format, --library, --station, --clock, --at; they store into `into`.
std::vector<OptionSpec> intake_option_specs(IntakeOptions& into);

/// --clock
OptionSpec clock_option(std::map<std::string, Seconds>& offsets);

/// What the logs are called on the command line, after "needs".
PathSpec log_paths();

}  // namespace offcirc
