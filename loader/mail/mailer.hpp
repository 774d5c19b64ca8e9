// Sends the mails that are waiting in the database, one after the other, and keeps what became of each.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/mail/delivery.hpp"
#include "loader/report/report.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

struct MailSummary {
  std::uint64_t sent = 0;             ///< to all of their addresses
  std::uint64_t unsent = 0;           ///< still to be sent, those that were not tried included
  std::uint64_t nobody = 0;           ///< had no address any more, so they left the queue
  std::vector<std::string> troubles;  ///< sentences: what became of those that were tried
};

class Mailer {
 public:
  /// Gives the report of a load.
  using ReportOf = std::function<Report(std::int64_t load)>;

  /// All of them outlive the mailer. \pre this process holds the ProcessLock of the database for mailing.
  Mailer(Store& store, const Config& config, Delivery& delivery, ReportOf report_of)
      : m_store(store), m_config(config), m_delivery(delivery), m_report_of(std::move(report_of)) {}

  /// Sends the unsent mails of that load, of all loads where it is 0. A mail counts as sent as soon as it is gone, so a
  /// run that is ended in between repeats one mail at most, with the same message ID. `clock` is asked for each.
  MailSummary send(std::int64_t load, const std::function<Seconds()>& clock);

 private:
  MailAttempt attempt(const QueuedMail& mail, bool& give_up);
  [[nodiscard]] std::string mime_of(const QueuedMail& mail, const std::vector<std::string>& addresses);

  Store& m_store;
  const Config& m_config;
  Delivery& m_delivery;
  ReportOf m_report_of;
  std::optional<Report> m_report;  // of the mail before: all the mails of a load stand together
};

/// `The report of load 42 for OSH`
std::string describe_mail(const QueuedMail& mail);

/// `2 mails sent, 1 unsent.`; `2 mails written to out.` where `done` is `written to out`.
std::string summary_text(const MailSummary& summary, std::string_view done = "sent");

}  // namespace offcirc
