#include "loader/mail/smtp_delivery.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loader/mail/child_process.hpp"
#include "loader/mail/smtp_job.hpp"
#include "loader/mail/smtp_password.hpp"

namespace offcirc {
namespace {

// The helper ends by itself when the time is over; this is for a helper that does not.
constexpr int k_grace_seconds = 10;

std::string sentence_of(const SmtpAnswer& answer) {
  if (answer.verdict == SmtpVerdict::failed) return fmt::format("{}.", answer.text);
  const char* verb = answer.verdict == SmtpVerdict::refused ? "is refused" : "has to wait";
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
      result.error = fmt::format("{} {}.", m_helper, child.could_run ? "did not end as it should" : "can't be run");
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
