// Parses the values of options. Each function takes the text as typed, and throws a UsageError that names the valid
// values.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "cli/console.hpp"
#include "formats/transaction.hpp"
#include "loader/intake/intake.hpp"
#include "loader/journal/attempts.hpp"
#include "loader/model/outcome.hpp"
#include "loader/output/characters.hpp"
#include "loader/report/rendering.hpp"

namespace offcirc {

/// --now: an ISO 8601 time with a UTC offset, returned in UTC.
Seconds read_now(const std::string& text);
/// --at, --since: an ISO 8601 date or time; without an offset it is in the time zone of the library system.
Stamp read_time(std::string_view option, const std::string& text);
/// --color
Console::Color read_color(const std::string& text);
/// --clock: splits `[LIBRARY/]STATION=+HH:MM:SS` into `[LIBRARY/]STATION`, with the station normalized, and the seconds
/// to add to its times.
std::pair<std::string, Seconds> read_clock_offset(const std::string& text);
/// --override: outcome codes separated by commas. UsageError if one is unknown or can't be overridden.
std::set<Outcome> read_overrides(const std::string& text);
/// --format of logs: checks that it names a log format, and returns it unchanged.
std::string read_format(const std::string& text);
/// --as: checks that it names a format that can be written, and returns it unchanged.
std::string read_written_format(std::string_view option, const std::string& text);
/// The formats of library systems that can be written.
std::vector<std::string> written_format_names();
/// --kind: the kind of every transaction of a scanned list, one of list_kind_names().
Kind read_list_kind(const std::string& text);
/// checkin, checkout and renewal.
std::vector<std::string> list_kind_names();
/// --format of a report. Never null.
const Rendering* read_rendering(const std::string& text);
/// The valid values of --format of logs, --format of a report, and --override.
std::vector<std::string> format_names();
std::vector<std::string> rendering_names();
std::vector<std::string> overridable_codes();
/// All formats of a report, as a sentence lists them: `text, html, csv or json`.
std::string listed_renderings();
/// LOAD: the number of a load, from 1.
std::int64_t read_load_number(const std::string& text);
/// --only, --result: `LOAD:N,...`, where N is the result's number in the report of that load.
std::vector<ResultName> read_result_names(std::string_view option, const std::string& text);
/// --wait, --settle: whole seconds from 0 to 86400.
int read_seconds(std::string_view option, const std::string& text);
/// --max-age: whole hours from 1 to 10,000.
int read_hours(std::string_view option, const std::string& text);
/// --wait: how long to wait for another process to release the lock on the database.
OptionSpec wait_option(int& seconds);

// The options of the commands that read logs: their format, library and station, and how far a clock was off.

/// --format, --library, --station, --clock, --at, --kind, --as-new; they store into `into`.
std::vector<OptionSpec> intake_option_specs(IntakeOptions& into);

/// --clock, repeatable. UsageError if a station is given twice.
OptionSpec clock_option(std::map<std::string, Seconds>& offsets);

/// PATH..., the logs of load, check and sort.
PathSpec log_paths();

}  // namespace offcirc
