#include "loader/store/events.hpp"

namespace offcirc {

void write_event(const Database& database, const Invocation& invocation, std::string_view what) {
  Statement(database,
            "INSERT INTO events(at, operator, command, program_version, sqlite_version, what) "
            "VALUES (?1, ?2, ?3, ?4, sqlite_version(), ?5)")
      .with(invocation.at, invocation.operator_name, invocation.command, invocation.program_version, what)
      .run();
}

}  // namespace offcirc
