#include <fmt/format.h>

#include "cli/completions/completed.hpp"

namespace offcirc {
namespace {

// __offcirc_command replaces fish's own function, which mistakes the value of an option before the command for the
// command.
constexpr std::string_view k_head = R"(# fish completion for offcirc, made from its own table of commands and options.

complete -c offcirc -f

function __offcirc_command
    set -l words (commandline -opc)
    set -e words[1]
    set -l skip 0
    for word in $words
        if test $skip -eq 1
            set skip 0
        else if contains -- $word $__offcirc_with_value
            set skip 1
        else if not string match -q -- '-*' $word
            echo $word
            return 0
        end
    end
    return 1
end

function __offcirc_is
    test (__offcirc_command; or echo -) = $argv[1]
end

# Several words with commas between: those that may come next, behind the ones that are there. Unquoted, where there are none
# yet, fish would offer nothing at all.
function __offcirc_list
    set -l before (string replace -r '^--[a-z-]+=' '' -- (commandline -ct) | string match -r '.*,')
    printf '%s\n' "$before"$argv
end

)";

std::string fish_quoted(std::string_view text) {
  return "'" + escaped(text, "'\\") + "'";
}

std::string value_of(Completed completed, const std::vector<std::string>& choices) {
  switch (completed) {
    case Completed::nothing:
      return "";
    case Completed::other:
      return " -x";
    case Completed::choice:
      return " -x -a " + fish_quoted(joined(choices));
    case Completed::choice_list:
      return " -x -a " + fish_quoted("(__offcirc_list " + joined(choices) + ")");
    case Completed::files:
      return " -r -F";
    case Completed::folders:
      return " -x -a '(__fish_complete_directories)'";
  }
  return "";
}

std::string option_line(const OptionSpec& option, std::string_view condition) {
  const std::string name =
      option.name.starts_with("--") ? "-l " + option.name.substr(2) : "-s " + option.name.substr(1);
  return fmt::format("complete -c offcirc{} {}{} -d {}\n", condition, name,
                     value_of(completed_by(option), option.choices), fish_quoted(option.help));
}

std::string path_line(const PathSpec& paths, std::string_view condition) {
  const Completed completed = completed_by(paths);
  if (completed == Completed::nothing || completed == Completed::other) return "";
  if (completed == Completed::files) return fmt::format("complete -c offcirc{} -F\n", condition);
  const std::string words = completed == Completed::folders ? "(__fish_complete_directories)" : joined(paths.choices);
  return fmt::format("complete -c offcirc{} -a {}\n", condition, fish_quoted(words));
}

std::string names_with_value(std::span<const OptionSpec> options) {
  std::string names;
  for (const OptionSpec& option : options) {
    if (!option.value_name.empty()) names += " " + option.name;
  }
  return names;
}

}  // namespace

std::string fish_completion(std::span<const CommandSpec> commands, std::span<const OptionSpec> common) {
  std::string script(k_head);
  script +=
      "# Only these may come before the command.\nset -g __offcirc_with_value" + names_with_value(common) + "\n\n";
  for (const OptionSpec& option : common) script += option_line(option, "");
  for (const CommandSpec& command : commands) {
    const std::string condition = fmt::format(" -n '__offcirc_is {}'", command.name);
    script += fmt::format("\ncomplete -c offcirc -n 'not __offcirc_command >/dev/null' -a {} -d {}\n", command.name,
                          fish_quoted(command.summary));
    for (const OptionSpec& option : command.options) script += option_line(option, condition);
    script += path_line(command.paths, condition);
  }
  return script;
}

}  // namespace offcirc
