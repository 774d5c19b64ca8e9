// All commands of the program, one file each.
#pragma once

#include <memory>

#include "cli/command.hpp"

namespace offcirc {

std::unique_ptr<Command> make_init_command();
std::unique_ptr<Command> make_import_command();
std::unique_ptr<Command> make_export_command();
std::unique_ptr<Command> make_load_command();
/// The load without its last step: nothing is written to the database.
std::unique_ptr<Command> make_check_command();
std::unique_ptr<Command> make_sort_command();
std::unique_ptr<Command> make_formats_command();

}  // namespace offcirc
