// offcirc.toml, read and checked: what the operator has decided about the system, its policy and its places.
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

namespace offcirc {

/// [mail]; empty = not given, but for `tls`, which is then what suits the server.
struct MailSettings {
  std::string smtp, sendmail, tls, user, password_file, ca_file, from;
  int timeout_seconds = 60;  ///< how long a server may take for one mail
  std::string when = "errors";
  bool names = false;      ///< users' names may appear
  bool last_four = false;  ///< of user IDs only the last four characters appear

  [[nodiscard]] bool can_send() const { return !smtp.empty() || !sendmail.empty(); }
};

struct Config {
  std::filesystem::path file;  ///< where it was read
  std::string text;            ///< whole, for the journal
  std::string system_name;
  /// In the config's folder unless absolute; empty: not given.
  std::filesystem::path database, circulation_map;
  std::vector<std::string> email;
  DateOrder date_order = DateOrder::mdy;
  std::string encoding = "windows-1252";
  std::uint64_t max_archive_bytes = std::uint64_t{1024} << 20;  ///< of all logs of one archive, expanded
  IdPatterns ids;
  MailSettings mail;
  Policy policy;
};

/// Throws RunError with a sentence for each thing that is wrong, each with file, line and column: what does not parse,
/// unknown keys, wrong types, names that nothing has, a circulation map that can't be read.
Config read_config(const std::filesystem::path& file);

}  // namespace offcirc
