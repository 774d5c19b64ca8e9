// Who runs the program and how it was called: the journal of loads keeps both.
#pragma once

#include <string>
#include <vector>

namespace offcirc {

/// The name of the account; behind sudo, of the one that called it.
std::string operator_name();

/// The command line as a shell would take it again.
std::string command_text(const std::vector<std::string>& arguments);

}  // namespace offcirc
