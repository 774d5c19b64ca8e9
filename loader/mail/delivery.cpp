#include "loader/mail/delivery.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <variant>

#include "formats/fields.hpp"
#include "formats/line_reader.hpp"
#include "loader/config/map_file.hpp"
#include "loader/mail/child_process.hpp"
#include "loader/mail/smtp_job.hpp"
#include "loader/output/new_file.hpp"
#include "loader/progress.hpp"

namespace offcirc {

namespace {

void require_sender(const Config& config) {
  if (config.mail.from.empty())
    throw RunError(
        fmt::format("{}: 'from' is missing in [mail]; set it to the e-mail address that reports are sent from.",
                    config.file.string()));
}

void require_program(const std::string& program) {
  if (::access(program.c_str(), X_OK) != 0)
    throw RunError(fmt::format("The program {} can't be run: {}.", program, std::strerror(errno)));
}

class Outbox : public Delivery {
 public:
  explicit Outbox(std::filesystem::path folder) : m_folder(std::move(folder)) { make_folder(m_folder); }

  DeliveryResult deliver(const Envelope& envelope, const std::string& message) override {
    const std::filesystem::path path = m_folder / envelope.file_name;
    // An identical file was left by a run that was killed before it could record the delivery.
    const auto there = read_file_text(path);
    const auto* text = std::get_if<std::string>(&there);
    if (text != nullptr && *text == message) return {envelope.to, {}, false};
    if (text != nullptr)
      return {{}, fmt::format("{} already exists and is another mail. Move it away.", path.string()), false};
    try {
      NewFile file(path, NewFile::Replace::no);
      file.write(message);
      file.keep();
    } catch (const RunError& error) {
      return {{}, error.what(), true};
    }
    return {envelope.to, {}, false};
  }

 private:
  std::filesystem::path m_folder;
};

class Sendmail : public Delivery {
 public:
  explicit Sendmail(const MailSettings& settings)
      : m_program(settings.sendmail), m_timeout_seconds(settings.timeout_seconds) {
    require_program(m_program);
  }

  DeliveryResult deliver(const Envelope& envelope, const std::string& message) override {
    // -i: a line that is a single dot does not end the mail. After --, no address can be taken for an option.
    std::vector<std::string> command{m_program, "-i", "-f", envelope.from, "--"};
    command.insert(command.end(), envelope.to.begin(), envelope.to.end());
    const ChildResult result = run_child(command, without_carriage_returns(message), m_timeout_seconds);
    if (result.succeeded()) return {envelope.to, {}, false};
    return {{}, what_happened(result), !result.could_run || result.timed_out};
  }

 private:
  // sendmail expects plain LF on standard input, and converts it to CR LF itself.
  static std::string without_carriage_returns(const std::string& message) {
    std::string text;
    text.reserve(message.size());
    for (const char c : message)
      if (c != '\r') text += c;
    return text;
  }

  [[nodiscard]] std::string what_happened(const ChildResult& result) const {
    if (!result.could_run) return fmt::format("{} can't be run.", m_program);
    if (result.timed_out) return fmt::format("{} did not finish within {} seconds.", m_program, m_timeout_seconds);
    std::string_view said;
    LineReader(result.output).next(said);
    const std::string ended =
        result.exit_status < 0 ? "was killed by a signal" : fmt::format("ended with status {}", result.exit_status);
    return fmt::format("{} {}{}{}.", m_program, ended, said.empty() ? "" : ": ", said);
  }

  std::string m_program;
  int m_timeout_seconds;
};

}  // namespace

std::unique_ptr<Delivery> make_delivery(const Config& config, const std::filesystem::path& smtp_helper) {
  if (!config.mail.can_send())
    throw RunError(fmt::format(
        "{}: no way to send mail is configured. Set smtp = \"smtp://SERVER:25\" or sendmail = \"/usr/sbin/sendmail\" "
        "in [mail], and 'from'. With 'from' alone, 'offcirc mail --outbox DIR' writes the mails as files.",
        config.file.string()));
  require_sender(config);
  if (!config.mail.sendmail.empty()) return std::make_unique<Sendmail>(config.mail);
  require_program(smtp_helper.string());
  return make_smtp_delivery(config.mail, smtp_helper);
}

std::unique_ptr<Delivery> make_delivery_if_any(const Config& config, const std::filesystem::path& smtp_helper) {
  if (config.mail.can_send() || config.mail.from.empty()) return make_delivery(config, smtp_helper);
  return nullptr;
}

std::unique_ptr<Delivery> make_outbox(const Config& config, const std::filesystem::path& folder) {
  require_sender(config);
  return std::make_unique<Outbox>(folder);
}

std::string read_smtp_password(const MailSettings& settings) {
  if (settings.user.empty()) return {};
  std::string password;
  if (!settings.password_file.empty()) {
    password = read_password_file(settings.password_file);
  } else if (const char* variable = std::getenv(k_password_variable)) {
    password = variable;
  }
  if (password.empty())
    throw RunError(fmt::format(
        "[mail] has a user but no password. Set 'password_file', or put the password into the environment variable {}.",
        k_password_variable));
  if (find_control_byte(password) != std::string::npos)
    throw RunError("The password for the mail server has a control character, perhaps a line break.");
  return password;
}

namespace {

// The helper enforces the timeout itself. Kills it after this much longer if it does not end.
constexpr int k_grace_seconds = 10;

std::string sentence_of(const SmtpAnswer& answer) {
  if (answer.verdict == SmtpVerdict::failed) return fmt::format("{}.", answer.text);
  const char* verb = answer.verdict == SmtpVerdict::refused ? "was refused" : "was deferred";
  return fmt::format("{} {}: {}.", answer.address, verb, answer.text);
}

class SmtpDelivery : public Delivery {
 public:
  SmtpDelivery(const MailSettings& settings, const std::filesystem::path& helper) : m_helper(helper.string()) {
    m_job.server = settings.smtp;
    m_job.tls = settings.tls;
    m_job.ca_file = settings.ca_file;
    m_job.user = settings.user;
    m_job.password = read_smtp_password(settings);
    m_job.timeout_seconds = settings.timeout_seconds;
  }

  DeliveryResult deliver(const Envelope& envelope, const std::string& message) override {
    m_job.from = envelope.from;
    m_job.to = envelope.to;
    m_job.message = message;
    const ChildResult child = run_child({m_helper}, job_text(m_job), m_job.timeout_seconds + k_grace_seconds);
    DeliveryResult result;
    for (const SmtpAnswer& answer : parse_answers(child.output)) {
      if (answer.verdict == SmtpVerdict::sent) {
        result.delivered.push_back(answer.address);
        continue;
      }
      result.error += (result.error.empty() ? "" : " ") + sentence_of(answer);
      if (answer.verdict == SmtpVerdict::failed) result.give_up = true;
    }
    if (result.error.empty() && result.delivered.size() < envelope.to.size()) {
      result.error = fmt::format("{} {}.", m_helper, child.could_run ? "ended abnormally" : "can't be run");
      result.give_up = true;
    }
    return result;
  }

 private:
  std::string m_helper;
  SmtpJob m_job;
};

}  // namespace

std::unique_ptr<Delivery> make_smtp_delivery(const MailSettings& settings, const std::filesystem::path& helper) {
  return std::make_unique<SmtpDelivery>(settings, helper);
}

}  // namespace offcirc
