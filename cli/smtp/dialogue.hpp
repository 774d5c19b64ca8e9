// Follows the dialogue with a mail server and decides who has got the mail.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "loader/mail/smtp_job.hpp"

namespace offcirc {

// Follows the talk with a mail server line by line, so that what the server said of each address is known afterwards.

class Dialogue {
 public:
  enum class Stage : std::uint8_t {
    connecting,  ///< nothing has been said
    greeting,    ///< the server has spoken; EHLO, STARTTLS
    logging_in,  ///< AUTH and what follows
    mail,        ///< MAIL FROM
    recipients,  ///< RCPT TO
    data,        ///< DATA: may the message come?
    message,     ///< the message is on its way, or there
    quitting,    ///< all is said
  };

  struct Reply {
    int code = 0;      ///< 0 = none
    std::string text;  ///< `550 5.1.1 No such user`; printable ASCII, one line, shortened

    [[nodiscard]] bool is_good() const { return code >= 200 && code < 400; }
    [[nodiscard]] bool is_final() const { return code >= 500; }
  };

  /// What was sent to the server: one command, with or without its CR LF.
  void sent(std::string_view command);
  /// The message goes out.
  void sends_message() { m_stage = Stage::message; }
  /// One line that came from the server. The last line of a reply has a blank behind its code.
  void received(std::string_view line);

  [[nodiscard]] Stage stage() const { return m_stage; }
  /// To that recipient.
  [[nodiscard]] Reply to_recipient(const std::string& address) const;
  /// The last reply of that stage.
  [[nodiscard]] Reply at(Stage stage) const;

 private:
  Stage m_stage = Stage::connecting;
  std::string m_recipient;  // of the RCPT command that waits for its reply
  std::map<std::string, Reply> m_to_recipients;
  std::map<Stage, Reply> m_replies;
};

// Decides from the talk with the mail server who has got the mail.

/// How the connection ended.
struct Ending {
  bool succeeded = false;  ///< the whole message was sent, and the server has taken it for somebody
  bool timed_out = false;
  bool login_failed = false;  ///< the server does not know the user and password, or offers no way to log in
  std::string error;          ///< of the connection, where it did not succeed: `Connection refused`
};

/// An answer for each address of the job, or one that the server could not be talked to.
std::vector<SmtpAnswer> verdicts_of(const SmtpJob& job, const Dialogue& dialogue, const Ending& ending);

}  // namespace offcirc
