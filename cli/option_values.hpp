// What the values of options mean. Each function takes the text as given, and throws a UsageError that says what would
// be right.
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
#include "loader/journal/tries.hpp"
#include "loader/model/outcome.hpp"
#include "loader/output/characters.hpp"
#include "loader/report/rendering.hpp"

namespace offcirc {

/// --now: UTC of an ISO 8601 time with an offset.
Seconds read_now(const std::string& text);
/// --at, --since: an ISO 8601 date or time; without an offset it is the system's local time.
Stamp read_time(std::string_view option, const std::string& text);
/// --color
Console::Color read_color(const std::string& text);
/// --clock: `[LIBRARY/]STATION=+HH:MM:SS` to `[LIBRARY/]STATION`, the station in its normal form, and seconds to add.
std::pair<std::string, Seconds> read_clock_offset(const std::string& text);
/// --override: codes separated by commas, each of them one that may be overridden.
std::set<Outcome> read_overrides(const std::string& text);
/// --format: the name of a format.
std::string read_format(const std::string& text);
/// --kind of a scanned list: checkin, checkout or renewal.
Kind read_list_kind(const std::string& text);
std::vector<std::string> list_kind_names();
/// --format of a report.
const Rendering* read_rendering(const std::string& text);
/// What --format of logs, --format of a report and --override can be given.
std::vector<std::string> format_names();
std::vector<std::string> rendering_names();
std::vector<std::string> overridable_codes();
/// `text or json`: the forms of a report.
std::string listed_renderings();
/// LOAD: the number of a load, from 1.
std::int64_t read_load_number(const std::string& text);
/// --only, --result: `LOAD:N,...`, results as reports number them.
std::vector<ResultName> read_result_names(std::string_view option, const std::string& text);
/// --wait, --settle: whole seconds from 0 to a day.
int read_seconds(std::string_view option, const std::string& text);
/// --max-age: whole hours from 1 to 10 000.
int read_hours(std::string_view option, const std::string& text);
/// --wait, for the lock.
OptionSpec wait_option(int& seconds);

// The options of the commands that read logs: which format they are of, whose they are, and how far a clock was off.

/// --format, --library, --station, --clock, --at; they store into `into`.
std::vector<OptionSpec> intake_option_specs(IntakeOptions& into);

/// --clock
OptionSpec clock_option(std::map<std::string, Seconds>& offsets);

/// What the logs are called on the command line, after "needs".
PathSpec log_paths();

}  // namespace offcirc
