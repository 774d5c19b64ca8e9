// The tables of the circulation database: made, recognized, and brought up to date here.
#pragma once

#include "loader/store/events.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

/// Makes all tables in an empty database, or adds what a newer offcirc needs; true if it was empty. RunError where the
/// database is of another program or of a newer offcirc: it is left as it is. Whatever is done leaves an event.
bool create_or_upgrade_schema(Database& database, const Invocation& invocation);

/// RunError where the database is not one that this offcirc can use as it is.
void check_schema(const Database& database);

}  // namespace offcirc
