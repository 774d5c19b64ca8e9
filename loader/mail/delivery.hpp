// Ways to deliver a mail: through a server with its password, a sendmail program, or as files.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "loader/config/config.hpp"

namespace offcirc {

// The ways on which a mail leaves: to a mail server, to a sendmail program, or into a folder as a file.

struct Envelope {
  std::string from;             ///< address, likewise `to`
  std::vector<std::string> to;  ///< who has not got it yet
  std::string file_name;        ///< for an outbox: `load-42-OSH.eml`
};

struct DeliveryResult {
  std::vector<std::string> delivered;  ///< addresses
  std::string error;                   ///< sentences about the others; empty where all got it
  bool give_up = false;                ///< the next mail would fare no better
};

class Delivery {
 public:
  Delivery() = default;
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;
  virtual ~Delivery() = default;

  /// `message` is the whole mail with CR LF.
  virtual DeliveryResult deliver(const Envelope& envelope, const std::string& message) = 0;
};

/// The way that [mail] names. `smtp_helper` is the program that talks SMTP. RunError where the configuration names
/// no way or no sender, a program is missing, or the password can't be had: all that can be known before a mail is
/// sent.
std::unique_ptr<Delivery> make_delivery(const Config& config, const std::filesystem::path& smtp_helper);

/// The same for a load; null where [mail] has a sender only, so that its mails wait until they are written as files.
std::unique_ptr<Delivery> make_delivery_if_any(const Config& config, const std::filesystem::path& smtp_helper);

/// Writes each mail into `folder`, which is made where there is none, readable by its owner only. A file that is there
/// already is never replaced. RunError where it can't be made, or [mail] names no sender.
std::unique_ptr<Delivery> make_outbox(const Config& config, const std::filesystem::path& folder);

// The password for the mail server: from a file that not everybody may read, or from the environment.

inline constexpr const char* k_password_variable = "OFFCIRC_SMTP_PASSWORD";

/// The first line of [mail]'s password_file, else OFFCIRC_SMTP_PASSWORD; empty where [mail] names no user. RunError,
/// without a word of the password, where there is none, or the file is open to everybody.
std::string read_smtp_password(const MailSettings& settings);

// Sends mail to a server, through the helper program that talks SMTP.

/// RunError where the password can't be had.
std::unique_ptr<Delivery> make_smtp_delivery(const MailSettings& settings, const std::filesystem::path& helper);

}  // namespace offcirc
