#include "cli/completions/completed.hpp"

namespace offcirc {
namespace {

Completed completed_by_name(std::string_view name) {
  if (name == "DIR") return Completed::folders;
  if (name == "FILE" || name == "FILE|DIR" || name == "PATH...") return Completed::files;
  return name.empty() ? Completed::nothing : Completed::other;
}

}  // namespace

Completed completed_by(const OptionSpec& option) {
  if (option.choices.empty()) return completed_by_name(option.value_name);
  return option.value_name.ends_with(",...") ? Completed::choice_list : Completed::choice;
}

Completed completed_by(const PathSpec& paths) {
  return paths.choices.empty() ? completed_by_name(paths.usage) : Completed::choice;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += between;
    text += word;
  }
  return text;
}

std::string joined_names(std::span<const OptionSpec> options) {
  std::vector<std::string> names;
  for (const OptionSpec& option : options) names.push_back(option.name);
  return joined(names);
}

std::string escaped(std::string_view text, std::string_view special) {
  std::string result;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string shell_quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
    } else {
      result += c;
    }
  }
  return result + "'";
}

}  // namespace offcirc
