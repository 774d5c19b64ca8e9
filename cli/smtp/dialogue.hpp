// Follows the SMTP dialogue with a mail server line by line, and decides from it which addresses got the mail.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "loader/mail/smtp_job.hpp"

namespace offcirc {

/// Records the server's reply at each stage and for each recipient.
class Dialogue {
 public:
  enum class Stage : std::uint8_t {
    connecting,  ///< no line has been exchanged
    greeting,    ///< the server has greeted; EHLO, STARTTLS
    logging_in,  ///< AUTH and the lines that follow
    mail,        ///< MAIL FROM
    recipients,  ///< RCPT TO
    data,        ///< DATA
    message,     ///< the message is being sent, or has been sent
    quitting,    ///< QUIT
  };

  struct Reply {
    int code = 0;      ///< 0: no reply
    std::string text;  ///< with the code, `550 5.1.1 No such user`; one line of printable ASCII, shortened

    [[nodiscard]] bool is_good() const { return code >= 200 && code < 400; }
    [[nodiscard]] bool is_final() const { return code >= 500; }
  };

  /// Call with each command sent to the server, with or without its CR LF.
  void sent(std::string_view command);
  /// Call when the message itself begins to be sent.
  void sends_message() { m_stage = Stage::message; }
  /// Call with each line received. Only the last line of a reply counts, the one with a blank after its code.
  void received(std::string_view line);

  [[nodiscard]] Stage stage() const { return m_stage; }
  /// The reply to RCPT TO for this address.
  [[nodiscard]] Reply to_recipient(const std::string& address) const;
  /// The last reply at this stage.
  [[nodiscard]] Reply at(Stage stage) const;

 private:
  Stage m_stage = Stage::connecting;
  std::string m_recipient;  // of the RCPT command whose reply is pending
  std::map<std::string, Reply> m_to_recipients;
  std::map<Stage, Reply> m_replies;
};

/// How the connection ended.
struct Ending {
  bool succeeded = false;  ///< the server accepted the message for at least one recipient
  bool timed_out = false;
  bool login_failed = false;  ///< the server rejects the user and password, or offers no supported login method
  std::string error;          ///< libcurl's or the system's reason if it failed: `Connection refused`
};

/// Returns one answer per address of the job, or a single `failed` answer if the server timed out or the dialogue never
/// reached MAIL FROM.
std::vector<SmtpAnswer> verdicts_of(const SmtpJob& job, const Dialogue& dialogue, const Ending& ending);

}  // namespace offcirc
