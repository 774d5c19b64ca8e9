#include "cli/command.hpp"
#include "cli/load.hpp"

namespace offcirc {

std::unique_ptr<Command> make_check_command() {
  return make_load_command(true);
}

}  // namespace offcirc
