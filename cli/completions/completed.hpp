// What a shell can offer after an option or a command when Tab is pressed, and the script for each shell.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace offcirc {

enum class Completed : std::uint8_t {
  nothing,      ///< takes no value
  other,        ///< a value that only the user knows, such as a time or an ID
  choice,       ///< one of a list of words
  choice_list,  ///< several of them, separated by commas
  files,
  folders,
};

Completed completed_by(const OptionSpec& option);
Completed completed_by(const PathSpec& paths);

/// Joins the words: `a b c`.
std::string joined(const std::vector<std::string>& words, std::string_view between = " ");
/// The names of the options: `--config --db`.
std::string joined_names(std::span<const OptionSpec> options);

/// Returns `text` with a backslash before each character that is in `special`.
std::string escaped(std::string_view text, std::string_view special);
/// Quotes `text` as one word for a shell that knows no escapes inside single quotes: `'it'\''s'`.
std::string shell_quoted(std::string_view text);

// The complete script for each shell.
std::string bash_completion(std::span<const CommandSpec> commands, std::span<const OptionSpec> common);
std::string fish_completion(std::span<const CommandSpec> commands, std::span<const OptionSpec> common);
std::string zsh_completion(std::span<const CommandSpec> commands, std::span<const OptionSpec> common);

}  // namespace offcirc
