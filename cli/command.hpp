// A command of the program: what it is called, which options it takes, and what it does.
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

/// The command line can't be understood. Carries a whole sentence; where the help is, is added to it.
class UsageError : public RunError {
 public:
  using RunError::RunError;
};

struct OptionSpec {
  std::string name;        ///< `--format`
  std::string value_name;  ///< `NAME`; empty for an option that takes no value
  std::string help;        ///< one line, without a full stop
  /// Given each value in turn (never empty; of an option without a value: its name). Throws UsageError.
  std::function<void(const std::string& value)> take;
  bool repeatable = false;
  std::vector<std::string> choices = {};  ///< the values there are, where they can be listed
};

/// What stands on the command line beside the options.
struct PathSpec {
  std::string usage;    ///< `PATH...`; empty: the command takes none
  std::string meaning;  ///< what they are, after "needs": `at least one PATH: a log, ...`
  bool many = false;
  bool optional = false;                  ///< none need be given
  std::vector<std::string> choices = {};  ///< the words there are, where they can be listed
};

struct Example {
  std::string line;     ///< as it is typed, from the command's name on: `undo 3`
  std::string meaning;  ///< one line, without a full stop
};

struct CommandSpec {
  std::string name;
  std::string summary;  ///< one line for the list of commands
  PathSpec paths;
  std::vector<OptionSpec> options;
  std::vector<Example> examples = {};  ///< the first is what the command is called for most
};

class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  /// The options' `take` store into this command, which outlives the specification.
  virtual CommandSpec specify() = 0;
  /// Runs with the options that were taken; throws RunError where it can't.
  virtual ExitStatus run(const std::vector<std::string>& paths, const CommonOptions& common, Console& console) = 0;
};

/// An option that stores its value as it is.
OptionSpec text_option(std::string name, std::string value_name, std::string help, std::string& into);
/// An option without a value.
OptionSpec flag_option(std::string name, std::string help, bool& into);

// All commands of the program, from commands.def; each is defined in the file of its name.

#define COMMAND(name) std::unique_ptr<Command> make_##name##_command();
#include "cli/commands.def"
#undef COMMAND

/// In the order of commands.def.
std::vector<std::unique_ptr<Command>> all_commands();

}  // namespace offcirc
