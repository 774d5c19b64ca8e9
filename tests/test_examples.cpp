// Every command line shown in the help, the manual, and the samples is one that the program accepts.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/command.hpp"
#include "cli/command_line.hpp"
#include "cli/common_options.hpp"

namespace offcirc {
namespace {

namespace fs = std::filesystem;

/// The error in the words after `offcirc`; empty if there is none.
std::string complaint_about(const std::vector<std::string>& words) {
  const std::vector<std::unique_ptr<Command>> commands = all_commands();
  std::vector<CommandSpec> specs;
  for (const auto& command : commands) specs.push_back(command->specify());
  CommonOptions common;
  const std::vector<OptionSpec> common_specs = common_option_specs(common);
  try {
    parse_command_line(words, specs, common_specs);
    return "";
  } catch (const UsageError& error) {
    return error.what();
  }
}

/// The words up to a pipe, a redirection, or the end of the command.
std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  std::string word;
  while (stream >> word && word != "|" && word != "&&" && word.front() != '>') words.push_back(word);
  return words;
}

/// The lines of a file, with continued lines joined.
std::vector<std::string> lines_of(const fs::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  std::string line, begun;
  while (std::getline(stream, line)) {
    begun += line;
    if (line.ends_with('\\')) {
      begun.back() = ' ';
      continue;
    }
    lines.push_back(std::move(begun));
    begun.clear();
  }
  return lines;
}

struct Shown {
  std::string place;
  std::vector<std::string> words;
};

/// Adds what `file` shows after `before`, such as `$ offcirc `.
void add_shown(const fs::path& file, std::string_view before, std::vector<Shown>& shown) {
  for (const std::string& line : lines_of(file)) {
    if (line.starts_with('#')) continue;
    const std::size_t found = line.find(before);
    if (found != std::string::npos) shown.push_back({file.filename(), words_of(line.substr(found + before.size()))});
  }
}

void check_all(const std::vector<Shown>& shown) {
  for (const Shown& one : shown) {
    std::string line;
    for (const std::string& word : one.words) line += " " + word;
    CAPTURE(one.place);
    CAPTURE(line);
    CHECK(complaint_about(one.words) == "");
  }
}

TEST_CASE("wrong command lines are detected") {
  CHECK(complaint_about({"load", "--archiv", "done", "logs"}) ==
        "'offcirc load' has no option --archiv; did you mean '--archive'?\nRun 'offcirc load --help' for the options.");
  CHECK(complaint_about({"load", "--settle", "60"}) != "");
}

TEST_CASE("the examples of --help") {
  for (const auto& command : all_commands()) {
    const CommandSpec spec = command->specify();
    CAPTURE(spec.name);
    CHECK(!spec.examples.empty());
    CHECK(spec.examples.size() <= 3);
    for (const Example& example : spec.examples) {
      CAPTURE(example.line);
      CHECK(example.line.substr(0, example.line.find(' ')) == spec.name);
      CHECK(!example.meaning.empty());
      CHECK(complaint_about(words_of(example.line)) == "");
    }
  }
}

TEST_CASE("the examples of the manual") {
  std::vector<Shown> shown;
  for (const fs::directory_entry& page : fs::directory_iterator(OFFCIRC_SOURCE_DIR "/man"))
    add_shown(page.path(), "$ offcirc ", shown);
  CHECK(shown.size() > 30);
  check_all(shown);
}

TEST_CASE("the samples for cron and systemd") {
  std::vector<Shown> shown;
  add_shown(OFFCIRC_SOURCE_DIR "/samples/crontab", "&& offcirc ", shown);
  for (const fs::directory_entry& unit : fs::directory_iterator(OFFCIRC_SOURCE_DIR "/samples/systemd"))
    add_shown(unit.path(), "ExecStart=offcirc ", shown);
  CHECK(shown.size() == 7);
  check_all(shown);
}

}  // namespace
}  // namespace offcirc
