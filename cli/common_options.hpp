// The options that every command has, and the configuration and database that they lead to.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "loader/config/config.hpp"
#include "loader/database/process_lock.hpp"

namespace offcirc {

struct CommonOptions {
  std::string config_file;     ///< empty: the usual places
  std::string database;        ///< empty: OFFCIRC_DB, else the configuration's
  std::optional<Seconds> now;  ///< UTC; not given: the real clock
  bool quiet = false;
  Console::Color color = Console::Color::automatic;
  const Console* console = nullptr;    ///< for warnings that concern every command; null: they are not said
  std::vector<std::string> arguments;  ///< the whole command line behind the program's name
};

/// --config, --db, --now, --quiet, --color, --help, --version; they store into `into`.
std::vector<OptionSpec> common_option_specs(CommonOptions& into);

/// The configuration of --config, else of the first of the usual places that has one. RunError where there is none.
Config open_config(const CommonOptions& common);

/// --db, else OFFCIRC_DB; nullopt where neither is given.
std::optional<std::filesystem::path> database_override(const CommonOptions& common);
/// database_override, else the configuration's. RunError where nobody names one. Warns of one in write-ahead logging.
std::filesystem::path database_of(const CommonOptions& common, const Config& config);

/// RunError where --library names one that the configuration does not know. Empty, it was not given.
void check_library(const std::string& code, const Config& config);

/// What "now" is, UTC.
Seconds now_of(const CommonOptions& common);

// Who runs the program and how it was called: the journal keeps both.

/// The operator is the name of the account, behind sudo of the one that called it; the command is as a shell would take
/// it again.
Invocation invocation_of(const CommonOptions& common);

}  // namespace offcirc
