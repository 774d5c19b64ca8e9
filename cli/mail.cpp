#include <optional>

#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "cli/option_values.hpp"
#include "cli/send_mail.hpp"
#include "cli/smtp_helper.hpp"

namespace offcirc {
namespace {

class MailCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"mail",
            "Send the reports that are still to be sent by mail",
            {"LOAD", "the number of a load", false, true},
            {text_option("--outbox", "DIR", "Write the mails into this folder instead, a file each", m_outbox),
             {"--wait", "SECONDS", "How long to wait for another offcirc that sends mail (default: 0)",
              [this](const std::string& value) { m_wait_seconds = read_seconds("--wait", value); }}},
            {{"mail --quiet", "All that is still unsent, from cron"},
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
