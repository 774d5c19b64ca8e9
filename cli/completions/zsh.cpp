#include <fmt/format.h>

#include "cli/completions/completed.hpp"

namespace offcirc {
namespace {

std::string action_of(Completed completed, const std::vector<std::string>& choices) {
  switch (completed) {
    case Completed::nothing:
    case Completed::other:
      return " ";
    case Completed::choice:
      return "(" + joined(choices) + ")";
    case Completed::choice_list:
      return "_values -s , word " + joined(choices);
    case Completed::files:
      return "_files";
    case Completed::folders:
      return "_files -/";
  }
  return "";
}

/// An option in the syntax of _arguments: `'*--clock=[Add this]:WHAT: '`.
std::string option_word(const OptionSpec& option) {
  const bool is_long = option.name.starts_with("--");
  const bool has_value = !option.value_name.empty();
  std::string word = (option.repeatable ? "*" : "") + option.name + (is_long && has_value ? "=" : "");
  word += "[" + escaped(option.help, "[]:\\") + "]";
  if (has_value) {
    word += ":" + escaped(option.value_name, "[]:\\") + ":" + action_of(completed_by(option), option.choices);
  }
  return shell_quoted(word);
}

// Uses "()" instead of the action " ", which would show what is expected but keep zsh from completing options there.
std::string path_word(const PathSpec& paths) {
  if (paths.usage.empty()) return "";
  const Completed completed = completed_by(paths);
  return shell_quoted((paths.many ? "*:" : ":") + escaped(paths.usage, ":\\") + ":" +
                      (completed == Completed::other ? "()" : action_of(completed, paths.choices)));
}

std::string case_of(const CommandSpec& command) {
  std::string text = fmt::format("    {})\n      _arguments -S $common", command.name);
  for (const OptionSpec& option : command.options) text += " \\\n        " + option_word(option);
  const std::string path = path_word(command.paths);
  if (!path.empty()) text += " \\\n        " + path;
  return text + "\n      ;;\n";
}

}  // namespace

std::string zsh_completion(std::span<const CommandSpec> commands, std::span<const OptionSpec> common) {
  std::string described, cases, options;
  for (const OptionSpec& option : common) options += "    " + option_word(option) + "\n";
  for (const CommandSpec& command : commands) {
    described += fmt::format("    {}\n", shell_quoted(command.name + ":" + escaped(command.summary, ":\\")));
    cases += case_of(command);
  }
  return "#compdef offcirc\n# zsh completion for offcirc, made from its own table of commands and options.\n\n"
         "_offcirc() {\n"
         "  local curcontext=$curcontext state line ret=1\n"
         "  local -a common commands\n"
         "  common=(\n" +
         options + "  )\n  commands=(\n" + described +
         "  )\n"
         "  _arguments -C -S $common '1:COMMAND:->command' '*::ARGUMENT:->argument' && ret=0\n"
         "  if [[ $state == command ]]; then\n"
         "    _describe -t commands command commands && ret=0\n"
         "    return ret\n"
         "  fi\n"
         "  [[ $state == argument ]] || return ret\n"
         "  case $words[1] in\n" +
         cases +
         "  esac\n"
         "}\n\n"
         "_offcirc \"$@\"\n";
}

}  // namespace offcirc
