// Sends the queued mails one by one, and records each attempt in the database.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/config/config.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/mail_queue.hpp"
#include "loader/mail/delivery.hpp"
#include "loader/report/report.hpp"

namespace offcirc {

struct MailSummary {
  std::uint64_t sent = 0;             ///< mails that all of their addresses have got
  std::uint64_t unsent = 0;           ///< mails still in the queue, including those not tried
  std::uint64_t nobody = 0;           ///< mails that left the queue because no address is configured any more
  std::vector<std::string> troubles;  ///< one text for each mail that failed: which mail, and why
};

class Mailer {
 public:
  /// Returns the report of a load.
  using ReportOf = std::function<Report(std::int64_t load)>;

  /// The references must outlive the mailer. \pre this process holds the database's ProcessLock for mailing.
  Mailer(Database& database, const Config& config, Delivery& delivery, ReportOf report_of)
      : m_database(database), m_config(config), m_delivery(delivery), m_report_of(std::move(report_of)) {}

  /// Sends the unsent mails of `load`, or of all loads if it is 0; stops when further mails would fail too. Records
  /// each mail right after it was sent, at the time that `clock` returns. A run that is killed in between therefore
  /// causes at most one mail to be repeated, with the same message ID.
  MailSummary send(std::int64_t load, const std::function<Seconds()>& clock);

 private:
  MailAttempt attempt(const QueuedMail& mail, bool& give_up);
  [[nodiscard]] std::string mime_of(const QueuedMail& mail, const std::vector<std::string>& addresses);

  Database& m_database;
  const Config& m_config;
  Delivery& m_delivery;
  ReportOf m_report_of;
  std::optional<Report> m_report;  // of the last mail's load; the mails of a load follow one another
};

/// `The report of load 42 for OSH`
std::string describe_mail(const QueuedMail& mail);

/// `2 mails sent, 1 unsent.`; with `written to out` for `done`, `2 mails written to out.`
std::string summary_text(const MailSummary& summary, std::string_view done = "sent");

}  // namespace offcirc
