// Makes the report of an earlier load from the journal. It is the same as when the load was made.
#pragma once

#include <cstdint>
#include <string_view>

#include "loader/config/config.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/read_load.hpp"
#include "loader/report/report.hpp"

namespace offcirc {

/// What a report may tell about people, depending on who gets it.
struct Disclosure {
  bool names = false;      ///< show the names of users
  bool last_four = false;  ///< mask all but the last four characters of user IDs, and show no names
};

/// Masks user IDs or adds names. Names are those in the database now.
void disclose(Report& report, const Disclosure& disclosure, Database& database);

/// Returns the report of the newest load if `load` is 0. Names of libraries come from the current configuration;
/// everything else is as it was then. Throws RunError if there is no such load, or if its records and results do not
/// add up.
Report read_report(Database& database, std::int64_t load, const Config& config);

/// A result as reports have it, with views into the arguments.
ReportResult report_of(const StoredResult& stored, std::string_view log, std::string_view operator_name);

}  // namespace offcirc
