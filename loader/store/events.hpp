// The trace that everything but a load leaves in the database: who ran what, when, and what came of it.
#pragma once

#include <string>
#include <string_view>

#include "formats/stamp.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

/// One call of the program.
struct Invocation {
  Seconds at = 0;  ///< UTC
  std::string operator_name;
  std::string command;  ///< with its arguments
  std::string program_version;
};

/// `what` is a sentence. In a database transaction of the caller.
void write_event(const Database& database, const Invocation& invocation, std::string_view what);

}  // namespace offcirc
