#include <fmt/format.h>

#include "cli/completions/completed.hpp"

namespace offcirc {
namespace {

constexpr std::string_view k_head = R"(# bash completion for offcirc, made from its own table of commands and options.

)";

// Readline splits words at `=` and `:`. The script joins them again, so that each word is what the user typed as one.
constexpr std::string_view k_complete = R"bash(
_offcirc() {
  local -a words=()
  local word join='' command='' option='' literal='' i
  COMPREPLY=()
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ ${#words[@]} -gt 0 && ( $join || $word == [=:] ) ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    join=''
    if [[ $word == [=:] ]]; then join=yes; fi
  done

  local last=$((${#words[@]} - 1))
  for ((i = 0; i < last; i++)); do
    word=${words[i]}
    if [[ $literal || $word == -- ]]; then
      literal=yes
    elif [[ $word == -* ]]; then
      if [[ $word == *=* || -z $(_offcirc_value "$command" "$word") ]]; then continue; fi
      if ((++i == last)); then option=$word; fi
    elif [[ -z $command ]]; then
      command=$word
    fi
  done

  local current=${words[last]} value
  value=$current
  if [[ $option ]]; then
    _offcirc_offer "$(_offcirc_value "$command" "$option")"
  elif [[ -z $literal && $current == --*=* ]]; then
    value=${current#*=}
    _offcirc_offer "$(_offcirc_value "$command" "${current%%=*}")"
  elif [[ -z $literal && $current == -* ]]; then
    _offcirc_offer "choice $(_offcirc_options "$command")"
  elif [[ -z $command ]]; then
    _offcirc_offer "choice $(_offcirc_commands)"
  else
    _offcirc_offer "$(_offcirc_paths "$command")"
  fi
}

# Offers what fits to the caller's value. Files are left to readline, which knows how to quote them.
_offcirc_offer() {
  local kind=${1%% *} list=${1#* } before='' reply
  case $kind in
    files) compopt -o default ;;
    folders) compopt -o dirnames ;;
    choice | choices)
      if [[ $kind == choices && $value == *,* ]]; then before=${value%,*},; fi
      while IFS= read -r reply; do
        if [[ $reply ]]; then COMPREPLY+=("$before$reply"); fi
      done < <(compgen -W "$list" -- "${value#"$before"}")
      if [[ $kind == choices ]]; then compopt -o nospace; fi
      # Where readline does not end a word at `=`, the option belongs to the answer.
      if [[ $current == --*=* && $COMP_WORDBREAKS != *=* ]]; then
        COMPREPLY=("${COMPREPLY[@]/#/${current%%=*}=}")
      fi
      ;;
  esac
}

complete -F _offcirc offcirc
)bash";

std::string answer_of(Completed completed, const std::vector<std::string>& choices) {
  switch (completed) {
    case Completed::nothing:
      return "";
    case Completed::other:
      return "other";
    case Completed::choice:
      return "choice " + joined(choices);
    case Completed::choice_list:
      return "choices " + joined(choices);
    case Completed::files:
      return "files";
    case Completed::folders:
      return "folders";
  }
  return "";
}

std::string value_lines(std::string_view command, std::span<const OptionSpec> options) {
  std::string lines;
  for (const OptionSpec& option : options) {
    const std::string answer = answer_of(completed_by(option), option.choices);
    if (!answer.empty()) lines += fmt::format("    {}:{}) echo {} ;;\n", command, option.name, shell_quoted(answer));
  }
  return lines;
}

}  // namespace

std::string bash_completion(std::span<const CommandSpec> commands, std::span<const OptionSpec> common) {
  std::vector<std::string> names;
  std::string options, values, paths;
  for (const CommandSpec& command : commands) {
    names.push_back(command.name);
    options += fmt::format("    {}) echo {} ;;\n", command.name, shell_quoted(joined_names(command.options)));
    values += value_lines(command.name, command.options);
    const std::string answer = answer_of(completed_by(command.paths), command.paths.choices);
    if (!answer.empty()) paths += fmt::format("    {}) echo {} ;;\n", command.name, shell_quoted(answer));
  }
  std::string script(k_head);
  script += fmt::format("_offcirc_commands() {{\n  echo {}\n}}\n\n", shell_quoted(joined(names)));
  script += "# Of the command $1, and those of all commands.\n_offcirc_options() {\n  case $1 in\n" + options;
  script += fmt::format("  esac\n  echo {}\n}}\n\n", shell_quoted(joined_names(common)));
  script += "# What the option $2 of the command $1 takes; nothing where it takes no value.\n";
  script += "_offcirc_value() {\n  case $1:$2 in\n" + values + value_lines("*", common) + "  esac\n}\n\n";
  script += "# What comes after the command $1.\n_offcirc_paths() {\n  case $1 in\n" + paths + "  esac\n}\n";
  script += k_complete;
  return script;
}

}  // namespace offcirc
