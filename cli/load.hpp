// load and check are one command: check is the load without its last step, so nothing is written to the database.
#pragma once

#include <memory>

#include "cli/command.hpp"

namespace offcirc {

std::unique_ptr<Command> make_load_command(bool check);

}  // namespace offcirc
