// The report of a load that ended some time ago, made from the journal: the same as when the load was made.
#pragma once

#include <cstdint>
#include <string_view>

#include "loader/config/config.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/read_load.hpp"
#include "loader/report/report.hpp"

namespace offcirc {

// Makes a report say of people just what whoever gets it may know.

struct Disclosure {
  bool names = false;      ///< users' names behind their IDs
  bool last_four = false;  ///< of user IDs only the last four characters; and no names
};

/// Looks names up in the database as it is now.
void disclose(Report& report, const Disclosure& disclosure, Database& database);

/// Of the newest load where `load` is 0. Names of libraries come from today's configuration; all else is as it was
/// then. RunError where there is no such load.
Report read_report(Database& database, std::int64_t load, const Config& config);

/// A result as reports have it, with views into what it is given.
ReportResult report_of(const StoredResult& stored, std::string_view log, std::string_view operator_name);

}  // namespace offcirc
