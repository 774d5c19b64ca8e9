#include "cli/mail.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <optional>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/option_values.hpp"
#include "loader/database/process_lock.hpp"
#include "loader/journal/mail_queue.hpp"
#include "loader/mail/compose.hpp"
#include "loader/runs/stored_report.hpp"

namespace offcirc {

namespace fs = std::filesystem;

fs::path find_smtp_helper() {
  constexpr const char* k_name = "offcirc-smtp";
  const char* folder = std::getenv("OFFCIRC_LIBEXEC");
  if (folder != nullptr && *folder != '\0') return fs::path(folder) / k_name;
  std::error_code unreachable;
  const fs::path here = fs::read_symlink("/proc/self/exe", unreachable).parent_path();
  if (fs::exists(here / k_name, unreachable)) return here / k_name;
  return (here / OFFCIRC_INSTALLED_HELPERS / k_name).lexically_normal();
}

namespace {

constexpr std::string_view k_no_mail = "There is nothing to mail: there is nothing to do for anyone with an address.";

}  // namespace

MailSummary send_mail(const std::filesystem::path& database, std::int64_t load, const Config& config,
                      Delivery& delivery, const CommonOptions& common, int wait_seconds, const Console& console) {
  Store store(database, Store::Access::write);
  const ProcessLock lock(database, ProcessLock::Of::mailing, wait_seconds, invocation_of(common));
  Mailer mailer(store.database(), config, delivery, [&](std::int64_t of) {
    Report report = read_report(store.database(), of, config);
    disclose(report, {config.mail.names, config.mail.last_four}, store.database());
    return report;
  });
  const MailSummary summary = mailer.send(load, [&] { return now_of(common); });
  for (const std::string& trouble : summary.troubles) console.error(trouble);
  return summary;
}

bool send_queued_mail(std::uint64_t queued, std::int64_t load, std::string_view done,
                      const std::filesystem::path& database, const Config& config, Delivery& delivery,
                      const CommonOptions& common, int wait_seconds, const Console& console) {
  if (queued == 0) {
    console.note(k_no_mail);
    return true;
  }
  std::uint64_t unsent = queued;
  try {
    const MailSummary summary = send_mail(database, load, config, delivery, common, wait_seconds, console);
    unsent = summary.unsent;
    if (unsent == 0) console.note(summary_text(summary));
  } catch (const RunError& error) {
    console.error(error.what());
  }
  if (unsent > 0)
    console.error(fmt::format("{}, but {} mail{} unsent. Run 'offcirc mail' to send {}.", done, unsent,
                              unsent == 1 ? " is" : "s are", unsent == 1 ? "it" : "them"));
  return unsent == 0;
}

void say_what_waits(std::uint64_t queued, const Console& console) {
  if (queued == 0)
    console.note(k_no_mail);
  else
    console.note(
        fmt::format("{} mail{} in the queue, because [mail] names neither smtp nor sendmail. 'offcirc mail --outbox "
                    "DIR' writes {}.",
                    queued, queued == 1 ? " is" : "s are", queued == 1 ? "it as a file" : "them as files"));
}

std::unique_ptr<ProcessLock> hold_back_mail(Store& store, const std::filesystem::path& database, std::int64_t load,
                                            int wait_seconds, const Invocation& who) {
  if (unsent_mails(store.database(), load).empty()) return nullptr;
  return std::make_unique<ProcessLock>(database, ProcessLock::Of::mailing, wait_seconds, who);
}

void name_addressees(const LoadOutcome& outcome, const Config& config, const Console& console) {
  if (outcome.mails.empty()) console.note(k_no_mail);
  for (const std::string& library : outcome.mails) {
    const std::vector<std::string> addresses = mail_addresses(config, library);
    console.note(fmt::format("A load would mail {} to {}.",
                             library == k_whole_system ? "the whole report" : "the report for " + library,
                             listed({addresses.begin(), addresses.end()})));
  }
}

namespace {

class MailCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"mail",
            "Mail the unsent reports",
            {"LOAD", "the number of a load", false, true},
            {text_option("--outbox", "DIR", "Write the mails to this folder instead, one file each", m_outbox),
             {"--wait", "SECONDS", "How long to wait until another offcirc has sent its mail (default: 0)",
              [this](const std::string& value) { m_wait_seconds = read_seconds("--wait", value); }}},
            {{"mail --quiet", "All unsent mail, from cron"},
             {"mail 42 --outbox mails", "The mails of load 42 as files, without a mail server"}}};
  }

  ExitStatus run(const std::vector<std::string>& words, const CommonOptions& common, Console& console) override {
    const std::int64_t load = words.empty() ? 0 : read_load_number(words.front());
    const Config config = open_config(common);
    const std::unique_ptr<Delivery> delivery =
        m_outbox.empty() ? make_delivery(config, find_smtp_helper()) : make_outbox(config, m_outbox);
    const MailSummary summary =
        send_mail(database_of(common, config), load, config, *delivery, common, m_wait_seconds, console);
    console.note(summary_text(summary, m_outbox.empty() ? "sent" : "written to " + m_outbox));
    return summary.unsent == 0 ? ExitStatus::done : ExitStatus::incomplete;
  }

 private:
  std::string m_outbox;
  int m_wait_seconds = 0;
};

}  // namespace

std::unique_ptr<Command> make_mail_command() {
  return std::make_unique<MailCommand>();
}

}  // namespace offcirc
