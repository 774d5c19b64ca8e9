// The options that every command accepts, and the configuration and database that they select.
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
  std::string config_file;     ///< empty: use the first default path that exists
  std::string database;        ///< empty: OFFCIRC_DB, else as configured
  std::optional<Seconds> now;  ///< UTC; nullopt: the system clock
  bool quiet = false;
  Console::Color color = Console::Color::automatic;
  const Console* console = nullptr;    ///< receives warnings about the database; null: they are dropped
  std::vector<std::string> arguments;  ///< the whole command line after the program's name
};

/// --config, --db, --now, --quiet, --color, --help, --version; they store into `into`.
std::vector<OptionSpec> common_option_specs(CommonOptions& into);

/// Reads the file that --config names, else ./offcirc.toml or /etc/offcirc/offcirc.toml, whichever exists first.
/// RunError if there is none.
Config open_config(const CommonOptions& common);

/// --db, else OFFCIRC_DB; nullopt if neither is given.
std::optional<std::filesystem::path> database_override(const CommonOptions& common);
/// database_override(), else the configured database. RunError if there is neither. Prints a warning if the database
/// uses write-ahead logging and this SQLite can damage such a database, see wal_warning().
std::filesystem::path database_of(const CommonOptions& common, const Config& config);

/// RunError if the value of --library is not in the configuration. An empty `code` means that it was not given.
void check_library(const std::string& code, const Config& config);

/// --now, else the time of the system clock; UTC.
Seconds now_of(const CommonOptions& common);

/// Who runs the program, when, and with which command line; the journal records it. The operator is the name of the
/// account, or under sudo the account that called sudo. The command is quoted so that a shell accepts it again.
Invocation invocation_of(const CommonOptions& common);

}  // namespace offcirc
