// What a shell can offer behind an option or a command when Tab is pressed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace offcirc {

enum class Completed : std::uint8_t {
  nothing,      ///< no value is taken
  other,        ///< a value that only the user knows: a time, an ID
  choice,       ///< one of a list of words
  choice_list,  ///< several of them with commas between
  files,
  folders,
};

Completed completed_by(const OptionSpec& option);
Completed completed_by(const PathSpec& paths);

/// `a b c`
std::string joined(const std::vector<std::string>& words, std::string_view between = " ");
/// Their names, `--config --db`.
std::string joined_names(std::span<const OptionSpec> options);

/// `text`, with a backslash before each character that is one of `special`.
std::string escaped(std::string_view text, std::string_view special);
/// As one word of a shell that ends single quotes only at the next: `'it'\''s'`.
std::string shell_quoted(std::string_view text);

// The whole script of each shell.
std::string bash_completion(std::span<const CommandSpec> commands, std::span<const OptionSpec> common);
std::string fish_completion(std::span<const CommandSpec> commands, std::span<const OptionSpec> common);
std::string zsh_completion(std::span<const CommandSpec> commands, std::span<const OptionSpec> common);

}  // namespace offcirc
