#include "cli/intake_flags.hpp"

#include <fmt/format.h>

#include "cli/option_values.hpp"

namespace offcirc {

std::vector<OptionSpec> intake_option_specs(IntakeOptions& into) {
  return {
      {"--format", "NAME", "The logs' format, one of 'offcirc formats' (default: told by their content)",
       [&into](const std::string& value) { into.format = read_format(value); }, false, format_names()},
      text_option("--library", "CODE", "The library of all the logs, whatever they say", into.library),
      {"--station", "ID", "The station of all the logs, where they do not say",
       [&into](const std::string& value) { into.station = normal_station(value); }},
      clock_option(into.clock_offsets),
      {"--at", "TIME", "When the transactions happened, for formats without times",
       [&into](const std::string& value) { into.at = read_time("--at", value); }},
      {"--kind", "KIND",
       "What was done with the items of a scanned list that does not say: checkin, checkout or renewal",
       [&into](const std::string& value) { into.kind = read_list_kind(value); }, false, list_kind_names()},
      flag_option("--as-new", "Take a list without times that is known as a whole for another one", into.as_new),
  };
}

OptionSpec clock_option(std::map<std::string, Seconds>& offsets) {
  return {"--clock", "[LIBRARY/]STATION=+HH:MM:SS", "Add this to the times that a station recorded; may be repeated",
          [&offsets](const std::string& value) {
            if (!offsets.insert(read_clock_offset(value)).second) {
              throw UsageError(fmt::format("--clock is given more than once for {}.", read_clock_offset(value).first));
            }
          },
          true};
}

PathSpec log_paths() {
  return {"PATH...", "at least one PATH: a log, a folder or archive of logs, or - for standard input", true};
}

}  // namespace offcirc
