#include "loader/journal/mail_queue.hpp"

#include "loader/circulation/change_writer.hpp"
#include "loader/journal/read_load.hpp"

namespace offcirc {

namespace {

// A mail that was sent must be recorded, even if a long load holds the database meanwhile, or it would be sent twice.
constexpr int k_patience_seconds = 3600;

std::vector<std::string> addresses_delivered(const Database& database, std::int64_t mail) {
  Statement deliveries(database, "SELECT address FROM mail_deliveries WHERE mail = ?1 ORDER BY address");
  std::vector<std::string> addresses;
  deliveries.with(mail);
  while (deliveries.next()) addresses.emplace_back(deliveries.text(0));
  return addresses;
}

}  // namespace

void queue_mails(Database& database, std::int64_t load, Seconds queued_at, const MailsToQueue& mails) {
  Statement insert(database,
                   "INSERT INTO mails(load, library, send, message_id, queued_at, attempts) "
                   "VALUES (?1, ?2, ?5, 'offcirc-' || ?1 || '-' || lower(hex(randomblob(16))) || '@' || ?3, ?4, 0)");
  for (const std::string& library : mails.libraries)
    insert.with(load, library, mails.id_domain, queued_at, mails.send).run();
}

std::vector<QueuedMail> unsent_mails(const Database& database, std::int64_t load) {
  if (load != 0) find_load(database, load);
  Statement select(database,
                   "SELECT mail, load, library, message_id, send, queued_at FROM mails "
                   "WHERE done_at IS NULL AND (load = ?1 OR ?1 = 0) ORDER BY mail");
  select.with(load);
  std::vector<QueuedMail> mails;
  while (select.next()) {
    QueuedMail& mail = mails.emplace_back();
    mail.mail = select.integer(0);
    mail.load = select.integer(1);
    mail.library = select.text(2);
    mail.message_id = select.text(3);
    mail.send = select.integer(4);
    mail.queued_at = select.integer(5);
    mail.delivered = addresses_delivered(database, mail.mail);
  }
  return mails;
}

WithdrawnMails withdraw_mails(Database& database, std::int64_t load, Seconds at) {
  WithdrawnMails withdrawn;
  Statement sent(database,
                 "SELECT m.library, d.address FROM mails m JOIN mail_deliveries d USING (mail) WHERE m.load = ?1 "
                 "ORDER BY m.library, d.address");
  sent.with(load);
  while (sent.next()) withdrawn.sent.push_back({std::string(sent.text(0)), std::string(sent.text(1))});
  // A mail that some addresses have received keeps its row, because mail_deliveries refers to it.
  Statement leave(database,
                  "UPDATE mails SET done_at = ?2 WHERE load = ?1 AND done_at IS NULL "
                  "AND mail IN (SELECT mail FROM mail_deliveries)");
  Statement remove(database, "DELETE FROM mails WHERE load = ?1 AND done_at IS NULL");
  withdrawn.unsent = static_cast<std::uint64_t>(leave.with(load, at).run() + remove.with(load).run());
  return withdrawn;
}

void record_mail_attempt(Database& database, const MailAttempt& attempt) {
  database.wait_for_locks(k_patience_seconds);
  DbTransaction transaction(database);
  Statement deliver(database, "INSERT OR IGNORE INTO mail_deliveries(mail, address, sent_at) VALUES (?1, ?2, ?3)");
  for (const std::string& address : attempt.delivered) deliver.with(attempt.mail, address, attempt.at).run();
  Statement update(database,
                   "UPDATE mails SET attempts = attempts + 1, last_attempt_at = ?2, last_error = nullif(?3, ''), "
                   "done_at = CASE ?3 WHEN '' THEN ?2 END WHERE mail = ?1");
  expect_changes(database, update.with(attempt.mail, attempt.at, attempt.error).run(), 1, "mails");
  transaction.commit();
}

}  // namespace offcirc
