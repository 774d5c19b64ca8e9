// The configuration, offcirc.toml, read and checked: what the operator has decided about the system, its policy and its
// libraries.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/ids.hpp"
#include "formats/log_format.hpp"
#include "loader/model/policy.hpp"
#include "loader/model/send_settings.hpp"

namespace offcirc {

/// [mail]. Empty: not given, except that `tls` then gets a value that suits the server.
struct MailSettings {
  std::string smtp, sendmail, tls, user, password_file, ca_file, from;
  int timeout_seconds = 60;  ///< the most time that a server may take for one mail
  std::string when = "errors";
  bool names = false;      ///< users' names may appear
  bool last_four = false;  ///< only the last four characters of user IDs appear

  [[nodiscard]] bool can_send() const { return !smtp.empty() || !sendmail.empty(); }
};

struct Config {
  std::filesystem::path file;  ///< where it was read from
  std::string text;            ///< the whole file, for the journal
  std::string system_name;
  /// In the config's folder unless given as absolute paths; empty: not given.
  std::filesystem::path database, circulation_map;
  std::vector<std::string> email;
  DateOrder date_order = DateOrder::mdy;
  std::string encoding = "windows-1252";
  std::uint64_t max_archive_bytes = std::uint64_t{1024} << 20;  ///< of all logs of one archive, expanded
  IdPatterns ids;
  MailSettings mail;
  SendSettings send;
  Policy policy;
};

/// Throws RunError with a sentence for each problem, each with file, line and column: what does not parse, unknown
/// keys, wrong types, unknown names, a circulation map that can't be read. If the file itself can't be read, the
/// sentence only names it.
Config read_config(const std::filesystem::path& file);

/// The first line of a file that holds a password. RunError if the file can't be read, if everybody may read it, or if
/// the line is empty.
std::string read_password_file(const std::string& file);

}  // namespace offcirc
