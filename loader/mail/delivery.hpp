// Ways to deliver a mail: through an SMTP server, through a sendmail program, or as a file in an outbox folder.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "loader/config/config.hpp"

namespace offcirc {

struct Envelope {
  std::string from;             ///< address of the sender
  std::vector<std::string> to;  ///< addresses that have not got the mail yet
  std::string file_name;        ///< for an outbox: `load-42-OSH.eml`
};

struct DeliveryResult {
  std::vector<std::string> delivered;  ///< addresses that got the mail this time
  std::string error;                   ///< sentences about the other addresses; empty if there are none
  bool give_up = false;                ///< the next mail would fail for the same reason
};

class Delivery {
 public:
  Delivery() = default;
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;
  virtual ~Delivery() = default;

  /// `message` is the whole mail; its lines end in CR LF.
  virtual DeliveryResult deliver(const Envelope& envelope, const std::string& message) = 0;
};

/// Delivers as [mail] says. `smtp_helper` is the path of offcirc-smtp. Checks everything that can be known before a
/// mail is sent: RunError if [mail] lacks a sender or names neither smtp nor sendmail, if a program can't be run, or if
/// the password can't be read.
std::unique_ptr<Delivery> make_delivery(const Config& config, const std::filesystem::path& smtp_helper);

/// The same for a load, but null if [mail] has a sender and no way to send: the mails then stay queued until
/// 'offcirc mail --outbox' writes them to files.
std::unique_ptr<Delivery> make_delivery_if_any(const Config& config, const std::filesystem::path& smtp_helper);

/// Writes each mail into `folder`, which is created if it is missing, as a file that only its owner can read. Never
/// replaces an existing file. RunError if the folder can't be created or [mail] names no sender.
std::unique_ptr<Delivery> make_outbox(const Config& config, const std::filesystem::path& folder);

inline constexpr const char* k_password_variable = "OFFCIRC_SMTP_PASSWORD";

/// The password for the mail server: the first line of [mail]'s password_file, else OFFCIRC_SMTP_PASSWORD; empty if
/// [mail] names no user. RunError, which never contains the password, if there is none, if it has a control character,
/// or if everybody can read the file.
std::string read_smtp_password(const MailSettings& settings);

/// Sends mail to a server through offcirc-smtp. RunError if the password can't be read.
std::unique_ptr<Delivery> make_smtp_delivery(const MailSettings& settings, const std::filesystem::path& helper);

}  // namespace offcirc
