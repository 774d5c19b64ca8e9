#include "loader/mail/mailer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loader/mail/compose.hpp"
#include "loader/mail/mime_message.hpp"
#include "loader/report/report.hpp"

namespace offcirc {
namespace {

bool contains(const std::vector<std::string>& addresses, const std::string& address) {
  return std::find(addresses.begin(), addresses.end(), address) != addresses.end();
}

std::string number_of_mails(std::uint64_t number) {
  return fmt::format("{} mail{}", number, number == 1 ? "" : "s");
}

}  // namespace

std::string Mailer::mime_of(const QueuedMail& mail, const std::vector<std::string>& addresses) {
  if (!m_report || m_report->load != mail.load) m_report = m_report_of(mail.load);
  const MailMessage message = mail.library == k_whole_system
                                  ? compose_mail(mail, *m_report, addresses, m_config)
                                  : compose_mail(mail, only_library(*m_report, mail.library), addresses, m_config);
  return mime_text(message, m_config.policy.zone);
}

MailAttempt Mailer::attempt(const QueuedMail& mail, bool& give_up) {
  MailAttempt attempt;
  attempt.mail = mail.mail;
  const std::vector<std::string> addresses = mail_addresses(m_config, mail.library);
  Envelope envelope{m_config.mail.from, {}, mail_file_stem(mail) + ".eml"};
  for (const std::string& address : addresses)
    if (!contains(mail.delivered, address)) envelope.to.push_back(address);
  if (envelope.to.empty()) return attempt;

  DeliveryResult result = m_delivery.deliver(envelope, mime_of(mail, addresses));
  attempt.delivered = std::move(result.delivered);
  attempt.error = std::move(result.error);
  give_up = result.give_up;
  return attempt;
}

MailSummary Mailer::send(std::int64_t load, const std::function<Seconds()>& clock) {
  const std::vector<QueuedMail> mails = unsent_mails(m_database, load);
  MailSummary summary;
  bool give_up = false;
  for (const QueuedMail& mail : mails) {
    if (give_up) break;
    MailAttempt attempt = this->attempt(mail, give_up);
    attempt.at = clock();
    record_mail_attempt(m_database, attempt);
    if (!attempt.error.empty()) {
      summary.troubles.push_back(fmt::format("{}: {}", describe_mail(mail), attempt.error));
    } else if (attempt.delivered.empty() && mail.delivered.empty()) {
      ++summary.nobody;
    } else {
      ++summary.sent;
    }
  }
  summary.unsent = mails.size() - summary.sent - summary.nobody;
  return summary;
}

std::string describe_mail(const QueuedMail& mail) {
  std::string text = fmt::format("The report of load {}", mail.load);
  if (mail.library != k_whole_system) text += fmt::format(" for {}", mail.library);
  if (mail.send != 0) text += fmt::format(" after send {}", mail.send);
  return text;
}

std::string summary_text(const MailSummary& summary, std::string_view done) {
  if (summary.sent + summary.unsent + summary.nobody == 0) return "No mail is unsent.";
  std::string text = fmt::format("{} {}", number_of_mails(summary.sent), done);
  if (summary.unsent > 0) text += fmt::format(", {} unsent", summary.unsent);
  text += '.';
  if (summary.nobody > 0)
    text +=
        fmt::format(" {} no longer had a configured address and will not be sent.", number_of_mails(summary.nobody));
  return text;
}

}  // namespace offcirc
