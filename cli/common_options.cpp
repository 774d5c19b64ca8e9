#include "cli/common_options.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "cli/option_values.hpp"
#include "loader/config/field_values.hpp"
#include "loader/journal/schema.hpp"

namespace offcirc {

namespace {

constexpr std::array k_usual_configs = {"offcirc.toml", "/etc/offcirc/offcirc.toml"};

std::string unreachable_place(std::string_view place, const std::error_code& why) {
  return fmt::format(
      "The configuration {} can't be accessed: {}.\n"
      "Change to a folder that you can read, or name the configuration with --config.",
      place, why.message());
}

}  // namespace

std::vector<OptionSpec> common_option_specs(CommonOptions& into) {
  return {
      text_option("--config", "FILE", "The configuration (default: ./offcirc.toml, or else /etc/offcirc/offcirc.toml)",
                  into.config_file),
      text_option("--db", "FILE", "The circulation database (default: OFFCIRC_DB, or else as configured)",
                  into.database),
      {"--now", "TIME", "The current time: ISO 8601 with an offset (default: the real time)",
       [&into](const std::string& value) { into.now = read_now(value); }},
      flag_option("--quiet", "Print only errors", into.quiet),
      {"--color",
       "WHEN",
       "Color messages: auto, always or never (default: auto)",
       [&into](const std::string& value) { into.color = read_color(value); },
       false,
       {"auto", "always", "never"}},
      {"--help", "", "Print this help and exit", {}},
      {"--version", "", "Print the version and exit", {}},
  };
}

Config open_config(const CommonOptions& common) {
  if (!common.config_file.empty()) return read_config(common.config_file);
  for (const char* place : k_usual_configs) {
    std::error_code unreachable;
    const std::filesystem::file_type type = std::filesystem::symlink_status(place, unreachable).type();
    // Takes a file that exists even if it can't be read. Skipping it silently would apply another file's rules.
    if (type == std::filesystem::file_type::none) throw RunError(unreachable_place(place, unreachable));
    if (type != std::filesystem::file_type::not_found) return read_config(place);
  }
  throw RunError(
      fmt::format("There is no configuration: neither ./{} nor {} exists.\n"
                  "Name one with --config, or write a sample with 'offcirc init --sample DIR'.",
                  k_usual_configs[0], k_usual_configs[1]));
}

std::optional<std::filesystem::path> database_override(const CommonOptions& common) {
  if (!common.database.empty()) return common.database;
  const char* variable = std::getenv("OFFCIRC_DB");
  if (variable != nullptr && *variable != '\0') return variable;
  return std::nullopt;
}

namespace {

std::filesystem::path named_database(const CommonOptions& common, const Config& config) {
  if (auto given = database_override(common)) return *given;
  if (config.database.empty()) {
    throw RunError(fmt::format("{}: no database is configured. Name one with --db, or set database in [system].",
                               config.file.string()));
  }
  return config.database;
}

}  // namespace

std::filesystem::path database_of(const CommonOptions& common, const Config& config) {
  const std::filesystem::path database = named_database(common, config);
  const std::string warning = wal_warning(database);
  if (common.console != nullptr && !warning.empty()) common.console->error(warning);
  return database;
}

void check_library(const std::string& code, const Config& config) {
  if (code.empty() || config.policy.find_library(code) != k_no_library) return;
  std::vector<std::string_view> codes;
  for (const Library& library : config.policy.libraries) codes.push_back(library.code);
  const std::string known =
      codes.empty() ? fmt::format("{} names none", config.file.string()) : "The libraries are " + listed(codes);
  throw RunError(fmt::format("--library: there is no library '{}'{} {}.", code, hint_of(code, codes), known));
}

Seconds now_of(const CommonOptions& common) {
  if (common.now) return *common.now;
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since_1970).count();
}

namespace {

std::string quoted(const std::string& argument) {
  constexpr std::string_view k_plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%";
  if (!argument.empty() && argument.find_first_not_of(k_plain) == std::string::npos) return argument;
  std::string text = "'";
  for (const char c : argument) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string operator_name() {
  const char* caller = std::getenv("SUDO_USER");
  if (::geteuid() == 0 && caller != nullptr && *caller != '\0') return caller;
  const passwd* account = ::getpwuid(::geteuid());
  return account != nullptr ? account->pw_name : std::to_string(::geteuid());
}

std::string command_text(const std::vector<std::string>& arguments) {
  std::string text = "offcirc";
  for (const std::string& argument : arguments) text += " " + quoted(argument);
  return text;
}

}  // namespace

Invocation invocation_of(const CommonOptions& common) {
  return {now_of(common), operator_name(), command_text(common.arguments), OFFCIRC_VERSION};
}

}  // namespace offcirc
