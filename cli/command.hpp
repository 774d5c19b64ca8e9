// The interface of a command: its name, its options, and what it does.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.hpp"
#include "loader/progress.hpp"

namespace offcirc {

struct CommonOptions;

/// The command line is invalid. what() is a whole sentence; the parser appends where to find help.
class UsageError : public RunError {
 public:
  using RunError::RunError;
};

struct OptionSpec {
  std::string name;        ///< `--format`
  std::string value_name;  ///< `NAME`; empty for an option that takes no value
  std::string help;        ///< one line, without a period
  /// Called with each value in turn: never empty; for an option without a value, its name. Throws UsageError.
  std::function<void(const std::string& value)> take;
  bool repeatable = false;
  std::vector<std::string> choices = {};  ///< all valid values, if they can be listed
};

/// The arguments of a command that are not options.
struct PathSpec {
  std::string usage;    ///< `PATH...`; empty: the command takes none
  std::string meaning;  ///< follows "needs" in an error message: `at least one PATH: a log, ...`
  bool many = false;
  bool optional = false;                  ///< the command runs without any
  std::vector<std::string> choices = {};  ///< all valid words, if they can be listed
};

struct Example {
  std::string line;     ///< as typed, from the command's name on: `undo 3`
  std::string meaning;  ///< one line, without a period
};

struct CommandSpec {
  std::string name;
  std::string summary;  ///< one line for the list of commands
  PathSpec paths;
  std::vector<OptionSpec> options;
  std::vector<Example> examples = {};  ///< the most common use first
};

class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  /// The options' `take` functions store into this command, so it must outlive the specification.
  virtual CommandSpec specify() = 0;
  /// Runs the command with the options stored so far. RunError if it fails.
  virtual ExitStatus run(const std::vector<std::string>& paths, const CommonOptions& common, Console& console) = 0;
};

/// An option that stores its value unchanged.
OptionSpec text_option(std::string name, std::string value_name, std::string help, std::string& into);
/// An option without a value, which sets `into` to true.
OptionSpec flag_option(std::string name, std::string help, bool& into);

// The factories of the commands in commands.def; make_load_command() is defined in load.cpp, and so on.

#define COMMAND(name) std::unique_ptr<Command> make_##name##_command();
#include "cli/commands.def"
#undef COMMAND

/// One of each command, in the order of commands.def.
std::vector<std::unique_ptr<Command>> all_commands();

}  // namespace offcirc
