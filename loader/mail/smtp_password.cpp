#include "loader/mail/smtp_password.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdlib>
#include <variant>

#include "formats/fields.hpp"
#include "formats/line_reader.hpp"
#include "loader/config/file_text.hpp"
#include "loader/run_error.hpp"

namespace offcirc {
namespace {

std::string password_of_file(const std::string& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0 && (status.st_mode & S_IROTH) != 0)
    throw RunError(
        fmt::format("The password file {0} can be read by everybody, so its password is not used. Run 'chmod o= {0}', "
                    "and change the password if others have been on this machine.",
                    file));
  const auto text = read_file_text(file);
  if (const auto* unreadable = std::get_if<Unreadable>(&text))
    throw RunError(fmt::format("The password file {} can't be read: {}.", file, unreadable->reason));
  std::string_view line;
  LineReader(std::get<std::string>(text)).next(line);
  if (line.empty()) throw RunError(fmt::format("The first line of the password file {} is empty.", file));
  return std::string(line);
}

}  // namespace

std::string read_smtp_password(const MailSettings& settings) {
  if (settings.user.empty()) return {};
  std::string password;
  if (!settings.password_file.empty()) {
    password = password_of_file(settings.password_file);
  } else if (const char* variable = std::getenv(k_password_variable)) {
    password = variable;
  }
  if (password.empty())
    throw RunError(
        fmt::format("[mail] has a user and no password: name a password_file, or put the password into the "
                    "environment as {}.",
                    k_password_variable));
  if (find_control_byte(password) != std::string::npos)
    throw RunError("The password for the mail server has a control character in it; a line break, perhaps.");
  return password;
}

}  // namespace offcirc
