#include "cli/invocation.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace offcirc {
namespace {

std::string quoted(const std::string& argument) {
  constexpr std::string_view k_plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%";
  if (!argument.empty() && argument.find_first_not_of(k_plain) == std::string::npos) return argument;
  std::string text = "'";
  for (const char c : argument) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string operator_name() {
  const char* caller = std::getenv("SUDO_USER");
  if (::geteuid() == 0 && caller != nullptr && *caller != '\0') return caller;
  const passwd* account = ::getpwuid(::geteuid());
  return account != nullptr ? account->pw_name : std::to_string(::geteuid());
}

std::string command_text(const std::vector<std::string>& arguments) {
  std::string text = "offcirc";
  for (const std::string& argument : arguments) text += " " + quoted(argument);
  return text;
}

}  // namespace

Invocation invocation_of(const CommonOptions& common) {
  return {now_of(common), operator_name(), command_text(common.arguments), OFFCIRC_VERSION};
}

}  // namespace offcirc
