#include "cli/command_line.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

#include "cli/option_values.hpp"
#include "loader/config/field_values.hpp"

namespace offcirc {

namespace {

std::string label_of(const OptionSpec& option) {
  return option.value_name.empty() ? option.name : option.name + " " + option.value_name;
}

/// One line per option, with the help texts aligned in a column.
std::string option_lines(std::span<const OptionSpec> options) {
  std::size_t width = 0;
  for (const OptionSpec& option : options) width = std::max(width, label_of(option).size());
  std::string lines;
  for (const OptionSpec& option : options) lines += fmt::format("  {:<{}}  {}\n", label_of(option), width, option.help);
  return lines;
}

}  // namespace

std::string program_help(std::span<const CommandSpec> commands, std::span<const OptionSpec> common) {
  std::string text =
      "Usage: offcirc COMMAND [OPTION]... [PATH]...\n\n"
      "Loads the offline circulation logs of a library system.\n\n"
      "Commands:\n";
  std::size_t width = 0;
  for (const CommandSpec& command : commands) width = std::max(width, command.name.size());
  for (const CommandSpec& command : commands) {
    text += fmt::format("  {:<{}}  {}\n", command.name, width, command.summary);
  }
  text += "\nOptions of all commands, before or after the command:\n" + option_lines(common);
  text +=
      "\nExit status: 0 if everything was done, 1 if something was rejected or unreadable, 2 if it did not run.\n"
      "Run 'offcirc COMMAND --help' for the options of a command, and 'man offcirc' for the manual.\n";
  return text;
}

std::string command_help(const CommandSpec& command, std::span<const OptionSpec> common) {
  std::string usage = command.paths.usage;
  if (!usage.empty()) usage = command.paths.optional ? " [" + usage + "]" : " " + usage;
  std::string text = fmt::format("Usage: offcirc {} [OPTION]...{}\n\n{}.\n", command.name, usage, command.summary);
  if (!command.options.empty()) text += "\nOptions:\n" + option_lines(command.options);
  text += "\nOptions of all commands:\n" + option_lines(common);
  text += "\nExamples:\n";
  for (const Example& example : command.examples) {
    text += fmt::format("  offcirc {}\n      {}\n", example.line, example.meaning);
  }
  text += fmt::format("\nThe manual: man offcirc-{}\n", command.name);
  return text;
}

namespace {

/// The options of one CLI::App, in the order of their specifications.
struct Declared {
  CLI::App* app = nullptr;
  std::vector<const OptionSpec*> specs;
  std::vector<CLI::Option*> options;
};

void declare(Declared& declared, const OptionSpec& spec) {
  CLI::Option* option = nullptr;
  if (spec.value_name.empty()) {
    option = declared.app->add_flag(spec.name)->disable_flag_override();
  } else {
    option = declared.app->add_option(spec.name)->type_size(1)->expected(1);
  }
  option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  declared.specs.push_back(&spec);
  declared.options.push_back(option);
}

/// Declares no positionals, because CLI11 would split one such as `[a,b]`. Arguments that belong to no option stay
/// unchanged in the app's remainder.
Declared prepare(CLI::App* app, std::span<const OptionSpec> own, std::span<const OptionSpec> common) {
  app->set_help_flag();
  app->allow_extras();
  Declared declared{app, {}, {}};
  for (const OptionSpec& spec : own) declare(declared, spec);
  for (const OptionSpec& spec : common) declare(declared, spec);
  return declared;
}

bool looks_like_option(const std::string& argument) {
  return argument.size() > 1 && argument.front() == '-';
}

std::vector<std::string_view> names_of(std::span<const CommandSpec> commands) {
  std::vector<std::string_view> names;
  for (const CommandSpec& command : commands) names.push_back(command.name);
  return names;
}

/// CLI11's message begins with the option's name (without dashes for a flag). The rest is too technical to show.
std::string sentence_of(const CLI::ParseError& error, const std::vector<Declared>& all) {
  const std::string text = error.what();
  for (const Declared& declared : all) {
    for (const OptionSpec* spec : declared.specs) {
      const std::string bare = spec->name.substr(2);
      if (text.starts_with(spec->name + ':')) return fmt::format("{} needs a value: {}.", spec->name, spec->value_name);
      if (text.starts_with(bare + ' ')) return fmt::format("{} takes no value.", spec->name);
    }
  }
  return fmt::format("The command line can't be read: {}.", text);
}

/// `values` holds those given before the command and those given after it.
void take_values(const OptionSpec& spec, const std::vector<std::string>& values) {
  if (values.size() > 1 && !spec.repeatable && !spec.value_name.empty()) {
    throw UsageError(fmt::format("{} is given more than once.", spec.name));
  }
  for (const std::string& value : values) {
    if (value.empty()) throw UsageError(fmt::format("{} needs a value: {}.", spec.name, spec.value_name));
    if (spec.take) spec.take(spec.value_name.empty() ? spec.name : value);
  }
}

void take_all(const std::vector<Declared>& all) {
  std::vector<std::pair<const OptionSpec*, std::vector<std::string>>> given;
  for (const Declared& declared : all) {
    for (std::size_t i = 0; i < declared.specs.size(); ++i) {
      const std::vector<std::string>& values = declared.options[i]->results();
      auto same = std::find_if(given.begin(), given.end(), [&](const auto& g) { return g.first == declared.specs[i]; });
      if (same == given.end()) same = given.insert(given.end(), {declared.specs[i], {}});
      same->second.insert(same->second.end(), values.begin(), values.end());
    }
  }
  for (const auto& [spec, values] : given) take_values(*spec, values);
}

bool is_given(const std::vector<Declared>& all, std::string_view name) {
  for (const Declared& declared : all) {
    for (std::size_t i = 0; i < declared.specs.size(); ++i) {
      if (declared.specs[i]->name == name && declared.options[i]->count() > 0) return true;
    }
  }
  return false;
}

/// Returns the arguments that are not options. Anything in the remainder that looks like an option is unknown:
/// UsageError.
std::vector<std::string> words_between(const Declared& declared, std::string_view whose) {
  std::vector<std::string> words = declared.app->remaining();
  const auto unknown = std::find_if(words.begin(), words.end(), looks_like_option);
  if (unknown != words.end()) {
    std::vector<std::string_view> names;
    for (const OptionSpec* spec : declared.specs) names.push_back(spec->name);
    const std::string name = unknown->substr(0, unknown->find('='));
    throw UsageError(fmt::format("'{}' has no option {}{}", whose, name, hint_of(name, names)));
  }
  return words;
}

void check_paths(const CommandSpec& command, const std::vector<std::string>& paths) {
  if (!command.paths.usage.empty() && !command.paths.optional && paths.empty()) {
    throw UsageError(fmt::format("'offcirc {}' needs {}.", command.name, command.paths.meaning));
  }
  const std::size_t most = command.paths.many ? paths.size() : command.paths.usage.empty() ? 0 : 1;
  if (paths.size() > most) {
    throw UsageError(fmt::format("'offcirc {}' takes {}, so '{}' is one too many.", command.name,
                                 most == 0 ? "only options" : "one " + command.paths.usage, paths[most]));
  }
  if (std::find(paths.begin(), paths.end(), "") != paths.end()) {
    throw UsageError(fmt::format("'offcirc {}' was given an empty path.", command.name));
  }
}

class Line {
 public:
  Line(std::span<const CommandSpec> commands, std::span<const OptionSpec> common) : m_commands(commands) {
    m_app.require_subcommand(0, 1);
    m_all.push_back(prepare(&m_app, {}, common));
    for (const CommandSpec& command : commands) {
      m_all.push_back(prepare(m_app.add_subcommand(command.name), command.options, common));
    }
  }

  /// `literal` are the arguments after `--`: always paths, even if they look like options.
  ParsedLine parse(std::vector<std::string> arguments, const std::vector<std::string>& literal) {
    ParsedLine line;
    try {
      read(std::move(arguments), literal, line);
    } catch (const UsageError& error) {
      const std::string name = line.command == nullptr ? "" : " " + line.command->name;
      throw UsageError(fmt::format("{}\nRun 'offcirc{} --help' for the options.", error.what(), name));
    }
    return line;
  }

 private:
  void read(std::vector<std::string> arguments, const std::vector<std::string>& literal, ParsedLine& line) {
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes arguments from the back of the vector
    std::string complaint;
    try {
      m_app.parse(std::move(arguments));
    } catch (const CLI::ParseError& error) {
      complaint = sentence_of(error, m_all);
    }
    const Declared* declared = find_command(line);
    if (declared == nullptr) check_words_before_command();
    line.help = is_given(m_all, "--help");
    line.version = is_given(m_all, "--version");
    if (line.help || line.version) return;
    if (!complaint.empty()) throw UsageError(complaint);
    check_words_before_command();
    if (declared == nullptr) {
      throw UsageError(fmt::format("A command is missing. The commands are {}.", listed(names_of(m_commands))));
    }
    line.paths = words_between(*declared, "offcirc " + line.command->name);
    line.paths.insert(line.paths.end(), literal.begin(), literal.end());
    take_all(m_all);
    check_paths(*line.command, line.paths);
  }

  /// Sets line.command. Returns null, and leaves line.command null, if no command was named.
  const Declared* find_command(ParsedLine& line) const {
    const std::vector<CLI::App*> named = m_app.get_subcommands();
    if (named.empty()) return nullptr;
    for (std::size_t i = 0; i < m_commands.size(); ++i) {
      const Declared& declared = m_all[i + 1];
      if (declared.app != named.front()) continue;
      line.command = &m_commands[i];
      return &declared;
    }
    return nullptr;
  }

  void check_words_before_command() const {
    const std::vector<std::string> words = words_between(m_all.front(), "offcirc");
    if (words.empty()) return;
    const std::vector<std::string_view> names = names_of(m_commands);
    throw UsageError(fmt::format("offcirc has no command '{}'{} The commands are {}.", words.front(),
                                 hint_of(words.front(), names), listed(names)));
  }

  std::span<const CommandSpec> m_commands;
  CLI::App m_app;
  std::vector<Declared> m_all;  // [0] is the program's own; [i + 1] belongs to m_commands[i]
};

}  // namespace

ParsedLine parse_command_line(const std::vector<std::string>& arguments, std::span<const CommandSpec> commands,
                              std::span<const OptionSpec> common) {
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  const std::vector<std::string> literal(end == arguments.end() ? end : std::next(end), arguments.end());
  return Line(commands, common).parse({arguments.begin(), end}, literal);
}

}  // namespace offcirc
