#include <csignal>
#include <cstdio>
#include <exception>
#include <initializer_list>
#include <new>
#include <string_view>

#include "cli/command.hpp"
#include "cli/command_line.hpp"
#include "cli/common_options.hpp"
#include "cli/console.hpp"
#include "cli/progress/wiped_on_signal.hpp"
#include "loader/commit_point.hpp"

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

// Allocates nothing, because memory may be exhausted.
void say_plainly(std::initializer_list<std::string_view> pieces) noexcept {
  wipe_progress();
  for (const std::string_view piece : pieces) std::fwrite(piece.data(), 1, piece.size(), stderr);
  std::fputc('\n', stderr);
}

void say(const char* sentences, const Console& console) noexcept {
  try {
    console.error(sentences);
  } catch (const std::bad_alloc&) {
    say_plainly({sentences});
  }
}

// Prints `pieces`, then what is in the database by now and what is left to do by hand.
ExitStatus end_early(std::initializer_list<std::string_view> pieces) noexcept {
  wipe_progress();
  for (const std::string_view piece : pieces) std::fwrite(piece.data(), 1, piece.size(), stderr);
  say_plainly({CommitPoint::done(), CommitPoint::left()});
  return failed_status();
}

ExitStatus end_with_error(const char* sentences, const Console& console) noexcept {
  say(sentences, console);
  return CommitPoint::is_passed() ? end_early({}) : ExitStatus::did_not_run;
}

}  // namespace
}  // namespace offcirc

int main(int count, char** arguments) {
  // Without these signals, a closed pipe and a file at its size limit show as failed writes. Those can be reported.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  offcirc::Console console;
  auto status = offcirc::ExitStatus::did_not_run;
  try {
    status = offcirc::run_program({arguments + (count > 0 ? 1 : 0), arguments + count}, console);
  } catch (const offcirc::DoneWithTrouble& error) {
    offcirc::say(error.what(), console);
    status = offcirc::ExitStatus::incomplete;
  } catch (const offcirc::RunError& error) {
    status = offcirc::end_with_error(error.what(), console);
  } catch (const std::bad_alloc&) {
    status = offcirc::end_early({"There is not enough memory. "});
  } catch (const std::exception& error) {
    status = offcirc::end_early({"Internal error: ", error.what(), ". "});
  }
  return static_cast<int>(status);
}
