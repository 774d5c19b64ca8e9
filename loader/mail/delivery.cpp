#include "loader/mail/delivery.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <variant>

#include "formats/line_reader.hpp"
#include "loader/config/file_text.hpp"
#include "loader/mail/child_process.hpp"
#include "loader/mail/smtp_delivery.hpp"
#include "loader/output/new_file.hpp"
#include "loader/run_error.hpp"

namespace offcirc {
namespace {

void require_sender(const Config& config) {
  if (config.mail.from.empty())
    throw RunError(fmt::format("{}: 'from' is missing in [mail]; write the e-mail address that reports are sent from.",
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
    // Left by a run that was ended before it could say so.
    const auto there = read_file_text(path);
    const auto* text = std::get_if<std::string>(&there);
    if (text != nullptr && *text == message) return {envelope.to, {}, false};
    if (text != nullptr)
      return {{}, fmt::format("{} is there already, and it is another mail: move it away.", path.string()), false};
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
    // -i: a line with only a dot does not end the mail. Behind -- an address is never an option.
    std::vector<std::string> command{m_program, "-i", "-f", envelope.from, "--"};
    command.insert(command.end(), envelope.to.begin(), envelope.to.end());
    const ChildResult result = run_child(command, without_carriage_returns(message), m_timeout_seconds);
    if (result.succeeded()) return {envelope.to, {}, false};
    return {{}, what_happened(result), !result.could_run || result.timed_out};
  }

 private:
  // What a program of the system reads from a pipe has its line ends; it makes those of mail itself.
  static std::string without_carriage_returns(const std::string& message) {
    std::string text;
    text.reserve(message.size());
    for (const char c : message)
      if (c != '\r') text += c;
    return text;
  }

  [[nodiscard]] std::string what_happened(const ChildResult& result) const {
    if (!result.could_run) return fmt::format("{} can't be run.", m_program);
    if (result.timed_out) return fmt::format("{} did not end within {} seconds.", m_program, m_timeout_seconds);
    std::string_view said;
    LineReader(result.output).next(said);
    const std::string ended =
        result.exit_status < 0 ? "was ended by a signal" : fmt::format("ended with status {}", result.exit_status);
    return fmt::format("{} {}{}{}.", m_program, ended, said.empty() ? "" : ": ", said);
  }

  std::string m_program;
  int m_timeout_seconds;
};

}  // namespace

std::unique_ptr<Delivery> make_delivery(const Config& config, const std::filesystem::path& smtp_helper) {
  if (!config.mail.can_send())
    throw RunError(
        fmt::format("{}: no way to send mail is configured. Write smtp = \"smtp://SERVER:25\" or sendmail = "
                    "\"/usr/sbin/sendmail\" into [mail], and 'from'; with 'from' alone, 'offcirc mail --outbox DIR' "
                    "writes the mails as files.",
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

}  // namespace offcirc
