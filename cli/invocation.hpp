// Who runs the program and how it was called: the journal keeps both.
#pragma once

#include "cli/common_options.hpp"
#include "loader/store/events.hpp"

namespace offcirc {

/// The operator is the name of the account, behind sudo of the one that called it; the command is as a shell would take
/// it again.
Invocation invocation_of(const CommonOptions& common);

}  // namespace offcirc
