#include <csignal>
#include <cstdio>
#include <new>

#include "cli/command.hpp"
#include "cli/command_line.hpp"
#include "cli/common_options.hpp"
#include "cli/console.hpp"

namespace offcirc {
namespace {

ExitStatus print_result(const std::string& text, const Console& console) {
  StandardOutput output;
  output.write(text);
  return output.finish(console);
}

ExitStatus run_program(const std::vector<std::string>& arguments, Console& console) {
  const std::vector<std::unique_ptr<Command>> commands = all_commands();
  std::vector<CommandSpec> specs;
  specs.reserve(commands.size());
  for (const auto& command : commands) specs.push_back(command->specify());
  CommonOptions common;
  common.arguments = arguments;
  common.console = &console;
  const std::vector<OptionSpec> common_specs = common_option_specs(common);

  const ParsedLine line = parse_command_line(arguments, specs, common_specs);
  if (line.version) return print_result("offcirc " OFFCIRC_VERSION "\n", console);
  if (line.help && line.command == nullptr) return print_result(program_help(specs, common_specs), console);
  if (line.help) return print_result(command_help(*line.command, common_specs), console);

  console.set_quiet(common.quiet);
  console.set_color(common.color);
  return commands[static_cast<std::size_t>(line.command - specs.data())]->run(line.paths, common, console);
}

}  // namespace
}  // namespace offcirc

int main(int count, char** arguments) {
  // A reader that goes away shows as a failed write, which is told apart from a full disk there.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // likewise a file that may not grow any more
  offcirc::Console console;
  auto status = offcirc::ExitStatus::did_not_run;
  try {
    status = offcirc::run_program({arguments + (count > 0 ? 1 : 0), arguments + count}, console);
  } catch (const offcirc::DoneWithTrouble& error) {
    console.error(error.what());
    status = offcirc::ExitStatus::incomplete;
  } catch (const offcirc::RunError& error) {
    console.error(error.what());
  } catch (const std::bad_alloc&) {
    console.error("There is not enough memory; nothing was changed.");
  } catch (const std::exception& error) {
    console.error(std::string("Something happened that should not; nothing was changed: ") + error.what());
  }
  return static_cast<int>(status);
}
