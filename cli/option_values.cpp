#include "cli/option_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "cli/command.hpp"
#include "formats/log_writer.hpp"
#include "formats/registry.hpp"
#include "loader/config/field_values.hpp"
#include "loader/model/policy.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

bool may_be_overridden(Outcome outcome) {
  const OutcomeFacts& facts = facts_of(outcome);
  return is_overridable(facts);
}

std::vector<std::string_view> views_of(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

Outcome read_override(std::string_view code) {
  const std::optional<Outcome> outcome = find_outcome(code);
  if (outcome && may_be_overridden(*outcome)) return *outcome;
  const std::vector<std::string> codes = overridable_codes();
  if (outcome) {
    throw UsageError(fmt::format("--override: {} can't be overridden. These can: {}.", code, listed(views_of(codes))));
  }
  throw UsageError(fmt::format("--override: there is no outcome '{}'{} These can be overridden: {}.", code,
                               hint_of(code, views_of(codes)), listed(views_of(codes))));
}

/// Returns nullopt if `text` is not one decimal integer.
std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

Seconds read_now(const std::string& text) {
  const std::optional<Stamp> stamp = parse_iso(text);
  if (!stamp || !stamp->is(StampForm::absolute)) {
    throw UsageError(fmt::format(
        "--now takes a time with an offset, such as 2026-06-12T18:00:00-05:00 or 2026-06-12T23:00:00Z, not '{}'.",
        text));
  }
  return stamp->seconds();
}

Stamp read_time(std::string_view option, const std::string& text) {
  const std::optional<Stamp> stamp = parse_iso(text);
  if (!stamp || !stamp->says_when() || stamp->is(StampForm::never)) {
    throw UsageError(
        fmt::format("{} takes a date or a time, such as 2026-06-12 or 2026-06-12T18:00:00, not '{}'.", option, text));
  }
  return *stamp;
}

Console::Color read_color(const std::string& text) {
  if (text == "auto") return Console::Color::automatic;
  if (text == "always") return Console::Color::always;
  if (text == "never") return Console::Color::never;
  throw UsageError(fmt::format("--color takes auto, always or never, not '{}'.", text));
}

std::pair<std::string, Seconds> read_clock_offset(const std::string& text) {
  const std::size_t equals = text.rfind('=');
  const std::string_view where = std::string_view(text).substr(0, std::min(equals, text.size()));
  const std::size_t slash = where.rfind('/');
  const std::string_view library = slash == std::string_view::npos ? "" : where.substr(0, slash);
  const std::string_view station = slash == std::string_view::npos ? where : where.substr(slash + 1);
  const auto offset =
      equals == std::string::npos ? std::nullopt : parse_clock_offset(std::string_view(text).substr(equals + 1));
  if (station.empty() || (slash != std::string_view::npos && library.empty()) || !offset) {
    throw UsageError(fmt::format(
        "--clock takes a station and what to add to its times, such as 0202=+00:07:00 or OSH/0202=-01:00:00, not '{}'.",
        text));
  }
  const std::string normal = normal_station(station);
  return {library.empty() ? normal : fmt::format("{}/{}", library, normal), *offset};
}

std::set<Outcome> read_overrides(const std::string& text) {
  std::set<Outcome> outcomes;
  std::string_view rest = text;
  while (true) {
    const std::size_t comma = rest.find(',');
    outcomes.insert(read_override(rest.substr(0, comma)));
    if (comma == std::string_view::npos) return outcomes;
    rest.remove_prefix(comma + 1);
  }
}

std::string read_format(const std::string& text) {
  if (find_format(text) != nullptr) return text;
  const std::vector<std::string> names = format_names();
  throw UsageError(fmt::format("--format: there is no format '{}'{} The formats are {}.", text,
                               hint_of(text, views_of(names)), listed(views_of(names))));
}

std::string read_written_format(std::string_view option, const std::string& text) {
  const std::vector<std::string> names = written_format_names();
  if (std::find(names.begin(), names.end(), text) != names.end()) return text;
  throw UsageError(
      fmt::format("{} takes {}, not '{}'{}", option, listed(views_of(names)), text, hint_of(text, views_of(names))));
}

std::vector<std::string> written_format_names() {
  std::vector<std::string> names;
  for (const std::string_view name : written_formats()) names.emplace_back(name);
  return names;
}

std::vector<std::string> list_kind_names() {
  return {"checkin", "checkout", "renewal"};
}

Kind read_list_kind(const std::string& text) {
  const std::vector<std::string> names = list_kind_names();
  const auto kind = std::find(names.begin(), names.end(), text) == names.end() ? std::nullopt : find_kind(text);
  if (kind) return *kind;
  throw UsageError(
      fmt::format("--kind takes {}, not '{}'{}", listed(views_of(names)), text, hint_of(text, views_of(names))));
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const LogFormat* format : all_formats()) names.emplace_back(format->name);
  return names;
}

std::vector<std::string> rendering_names() {
  std::vector<std::string> names;
  for (const Rendering& rendering : renderings()) names.emplace_back(rendering.name);
  return names;
}

std::vector<std::string> overridable_codes() {
  std::vector<std::string> codes;
  for (int i = 0; i < k_outcome_count; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    if (may_be_overridden(outcome)) codes.emplace_back(facts_of(outcome).code);
  }
  return codes;
}

const Rendering* read_rendering(const std::string& text) {
  if (const Rendering* rendering = find_rendering(text)) return rendering;
  throw UsageError(fmt::format("--format takes {}, not '{}'.", listed_renderings(), text));
}

std::string listed_renderings() {
  std::string list;
  for (const Rendering& rendering : renderings()) {
    if (!list.empty()) list += &rendering == &renderings().back() ? " or " : ", ";
    list += rendering.name;
  }
  return list;
}

std::int64_t read_load_number(const std::string& text) {
  const std::optional<std::int64_t> number = whole_number(text);
  if (!number || *number < 1)
    throw UsageError(fmt::format("LOAD is the number of a load, such as 42, not '{}'.", text));
  return *number;
}

namespace {

// Adds `42:7`, or all of `42:7-12`. Returns false if it is neither.
bool add_result_names(std::string_view text, std::vector<ResultName>& names) {
  constexpr std::int64_t k_longest_range = 1'000'000;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view numbers = text.substr(colon + 1);
  const std::size_t hyphen = numbers.find('-');
  const std::int64_t load = whole_number(text.substr(0, colon)).value_or(0);
  const std::int64_t first = whole_number(numbers.substr(0, hyphen)).value_or(0);
  const std::int64_t last =
      hyphen == std::string_view::npos ? first : whole_number(numbers.substr(hyphen + 1)).value_or(0);
  if (load < 1 || first < 1 || last < first || last - first >= k_longest_range) return false;
  for (std::int64_t n = first; n <= last; ++n) names.push_back({load, static_cast<std::uint64_t>(n)});
  return true;
}

}  // namespace

std::vector<ResultName> read_result_names(std::string_view option, const std::string& text) {
  std::vector<ResultName> names;
  std::string_view rest = text;
  while (true) {
    const std::size_t comma = rest.find(',');
    const std::string_view one = rest.substr(0, comma);
    if (!add_result_names(one, names))
      throw UsageError(
          fmt::format("{} takes a load and the number of a result in its report, such as 42:7, or several, such as "
                      "42:7-12, not '{}'.",
                      option, one));
    if (comma == std::string_view::npos) return names;
    rest.remove_prefix(comma + 1);
  }
}

int read_seconds(std::string_view option, const std::string& text) {
  const std::optional<std::int64_t> seconds = whole_number(text);
  if (!seconds || *seconds < 0 || *seconds > k_day_seconds) {
    throw UsageError(fmt::format("{} takes whole seconds from 0 to {}, not '{}'.", option, k_day_seconds, text));
  }
  return static_cast<int>(*seconds);
}

int read_hours(std::string_view option, const std::string& text) {
  constexpr std::int64_t k_most = 10'000;
  const std::optional<std::int64_t> hours = whole_number(text);
  if (!hours || *hours < 1 || *hours > k_most)
    throw UsageError(fmt::format("{} takes whole hours from 1 to {}, not '{}'.", option, k_most, text));
  return static_cast<int>(*hours);
}

OptionSpec wait_option(int& seconds) {
  return {"--wait", "SECONDS", "How long to wait until another offcirc has finished writing (default: 0)",
          [&seconds](const std::string& value) { seconds = read_seconds("--wait", value); }};
}

std::vector<OptionSpec> intake_option_specs(IntakeOptions& into) {
  return {
      {"--format", "NAME", "The logs' format, one of 'offcirc formats' (default: detected)",
       [&into](const std::string& value) { into.format = read_format(value); }, false, format_names()},
      text_option("--library", "CODE", "The library of all logs, even if they name another", into.library),
      {"--station", "ID", "The station of all logs that do not name one",
       [&into](const std::string& value) { into.station = normal_station(value); }},
      clock_option(into.clock_offsets),
      {"--at", "TIME", "When the transactions happened, for formats without times",
       [&into](const std::string& value) { into.at = read_time("--at", value); }},
      {"--kind", "KIND",
       "What was done with the items of a scanned list that does not say so: checkin, checkout or renewal",
       [&into](const std::string& value) { into.kind = read_list_kind(value); }, false, list_kind_names()},
      flag_option("--as-new", "Load a list without times again, even if it was already loaded as a whole", into.as_new),
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
