#include "cli/send.hpp"

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/common_options.hpp"
#include "cli/option_values.hpp"
#include "cli/send_live.hpp"
#include "formats/fields.hpp"
#include "formats/log_writer.hpp"
#include "loader/runs/send.hpp"
#include "loader/send/upload_readme.hpp"
#include "loader/store/store.hpp"

namespace offcirc {
namespace {

std::vector<std::string> system_names() {
  const std::vector<std::string_view> names = written_formats();
  return {names.begin(), names.end()};
}

std::int64_t read_send_number(std::string_view option, const std::string& text) {
  const auto number = parse_digits(text);
  if (!number || *number < 1) throw UsageError(fmt::format("{} needs the number of a send, not \"{}\".", option, text));
  return *number;
}

void tell_rest(const SendOutcome& outcome, bool dry_run, const Console& console) {
  if (!outcome.plan.by_hand.empty())
    console.error(fmt::format(
        "{} must be entered by hand{}.", counted(static_cast<std::int64_t>(outcome.plan.by_hand.size()), "transaction"),
        dry_run ? "" : "; README.txt lists " + std::string(outcome.plan.by_hand.size() == 1 ? "it" : "them")));
  if (!outcome.plan.not_ready.empty())
    console.error(fmt::format("Unsent: {}, because {}.",
                              counted(static_cast<std::int64_t>(outcome.plan.not_ready.size()), "transaction"),
                              outcome.plan.not_ready.front().why));
  tell_held(outcome.held, console);
}

void tell(const SendOutcome& outcome, bool dry_run, const Console& console) {
  for (const UnwrittenSend& written : outcome.rewritten)
    console.note(fmt::format("The files of send {}, which a run had left unwritten, are in {} now.", written.send,
                             written.folder));
  if (!outcome.plan.not_ready.empty() && outcome.plan.messages.empty())
    console.note("Nothing was sent.");
  else if (outcome.plan.messages.empty())
    console.note("There is nothing to send.");
  else if (dry_run)
    console.note(fmt::format("A send would write {}.", files_words(outcome.plan)));
  else if (outcome.plan.files.empty())
    console.note(fmt::format("Send {}: nothing to upload. README.txt in {} says what to enter by hand.", outcome.send,
                             outcome.folder.string()));
  else
    console.note(fmt::format("Send {}: {} in {}. Read README.txt there before you upload anything.", outcome.send,
                             files_words(outcome.plan), outcome.folder.string()));
  tell_rest(outcome, dry_run, console);
}

class SendCommand : public Command {
 public:
  CommandSpec specify() override {
    return {"send",
            "Bring what was loaded into the library's live system",
            {"LOAD", "the number of a load", false, true},
            {text_option("--outbox", "DIR", "Write upload files of the live system into a new folder in DIR", m_outbox),
             {"--as", "SYSTEM", "The system whose files to write (default: as configured)",
              [this](const std::string& value) { m_options.upload.system = value; }, false, system_names()},
             flag_option("--per-station", "Symphony: a file for each station instead of one for all",
                         m_options.upload.per_station),
             flag_option("--resend", "Send again what was handed out, refused or is unconfirmed", m_options.again),
             flag_option("--dry-run", "Print what would be sent, and change nothing", m_options.dry_run),
             flag_option("--mail", "Over SIP2: mail the libraries what they have to settle", m_mails),
             flag_option("--json", "Print a line for each transaction as JSON", m_prints_json),
             flag_option("--probe", "Log in to the SIP2 server with each account and ask; send nothing", m_probes),
             text_option("--item", "ID", "With --probe: the item to ask about (default: one that is checked out)",
                         m_item_id),
             text_option("--user", "ID", "With --probe: the user to ask about", m_user_id),
             {"--confirm", "N", "Record that the files of send N are uploaded",
              [this](const std::string& value) { m_confirmed = read_send_number("--confirm", value); }},
             {"--withdraw", "N", "Record that the files of send N will not be uploaded",
              [this](const std::string& value) { m_withdrawn = read_send_number("--withdraw", value); }},
             {"--release", "LOAD:N,...", "Results that staff have settled in the live system",
              [this](const std::string& value) { m_released = read_result_names("--release", value); }},
             wait_option(m_options.wait_seconds)},
            {{"send --outbox upload --as symphony", "Upload files with everything that is unsent"},
             {"send --confirm 3", "The files of send 3 are in the live system"},
             {"send --withdraw 3", "They will not be uploaded, so the next send writes the same transactions"}}};
  }

  ExitStatus run(const std::vector<std::string>& words, const CommonOptions& common, Console& console) override {
    check_usage(words);
    if (!words.empty()) m_options.load = read_load_number(words.front());
    const Config config = open_config(common);
    m_options.database = database_of(common, config);
    m_options.invocation = invocation_of(common);
    if (m_confirmed != 0) return settle(m_confirmed, SendSettlement::confirmed, console);
    if (m_withdrawn != 0) return settle(m_withdrawn, SendSettlement::withdrawn, console);
    if (!m_released.empty()) return release(console);
    if (m_probes) return probe_live(m_options.database, config, m_item_id, m_user_id, console);
    if (config.send.via_sip2 && m_outbox.empty() && m_options.upload.system.empty())
      return send_over_sip2(config, common, console);
    if (m_mails) throw UsageError("--mail is for sending over SIP2: upload files get no answers.");
    return send(config, console);
  }

 private:
  void check_usage(const std::vector<std::string>& words) const {
    const int settlements = (m_confirmed != 0 ? 1 : 0) + (m_withdrawn != 0 ? 1 : 0) + (m_released.empty() ? 0 : 1);
    const bool sends =
        !words.empty() || !m_outbox.empty() || m_options.again || m_options.dry_run || m_prints_json || m_mails;
    if (settlements > 1 || (settlements == 1 && sends))
      throw UsageError("'offcirc send' takes --confirm, --withdraw or --release alone, without LOAD and --outbox.");
    if (!m_probes && (!m_item_id.empty() || !m_user_id.empty()))
      throw UsageError("--item and --user are for 'offcirc send --probe'.");
    if (m_options.again && words.empty()) throw UsageError("'offcirc send --resend' needs the number of a load.");
  }

  ExitStatus settle(std::int64_t number, SendSettlement as, const Console& console) {
    Store store(m_options.database, Store::Access::write);
    store.begin(m_options.wait_seconds, m_options.invocation);
    const std::int64_t results = settle_send(store.database(), number, as, m_options.invocation);
    store.commit();
    console.note(as == SendSettlement::confirmed
                     ? fmt::format("Send {} is confirmed: {} in the live system.", number, counted(results, "result"))
                     : fmt::format("Send {} is withdrawn: {} unsent again. Destroy its files.", number,
                                   counted(results, "result") + (results == 1 ? " is" : " are")));
    return ExitStatus::done;
  }

  ExitStatus release(const Console& console) {
    Store store(m_options.database, Store::Access::write);
    store.begin(m_options.wait_seconds, m_options.invocation);
    release_results(store.database(), m_released, m_options.invocation);
    store.commit();
    console.note(fmt::format(
        "{} released: later transactions of the items are sent again.",
        counted(static_cast<std::int64_t>(m_released.size()), "result") + (m_released.size() == 1 ? " is" : " are")));
    return ExitStatus::done;
  }

  ExitStatus send_over_sip2(const Config& config, const CommonOptions& common, const Console& console) const {
    LiveSendOptions options;
    options.mail = m_mails;
    options.database = m_options.database;
    options.load = m_options.load;
    options.again = m_options.again;
    options.dry_run = m_options.dry_run;
    options.wait_seconds = m_options.wait_seconds;
    options.invocation = m_options.invocation;
    return send_live(std::move(options), config, m_prints_json, common, console);
  }

  ExitStatus send(const Config& config, const Console& console) {
    if (m_options.upload.system.empty()) m_options.upload.system = config.send.as;
    if (m_options.upload.system.empty())
      throw RunError(
          fmt::format("Nothing was sent: which system's files? Name it with --as, or as 'as' in [send] of "
                      "{}: {}.",
                      config.file.string(), listed(written_formats())));
    if (m_outbox.empty()) m_outbox = config.send.outbox;
    if (m_outbox.empty() && !m_options.dry_run)
      throw UsageError("'offcirc send' needs --outbox DIR, or 'outbox' in [send] of the configuration.");
    if (m_options.upload.per_station && m_options.upload.system != "symphony")
      throw UsageError("--per-station is for --as symphony.");
    m_options.outbox = m_outbox;
    const SendOutcome outcome = run_send(m_options, config);
    if (m_prints_json) {
      StandardOutput output;
      output.write(send_json(outcome, m_options.upload.system, m_options.dry_run));
      if (const ExitStatus status = output.finish(console); status != ExitStatus::done) return status;
    }
    tell(outcome, m_options.dry_run, console);
    return outcome.is_complete() ? ExitStatus::done : ExitStatus::incomplete;
  }

  SendOptions m_options;
  std::string m_outbox;
  bool m_prints_json = false;
  bool m_mails = false;
  bool m_probes = false;
  std::string m_item_id, m_user_id;
  std::int64_t m_confirmed = 0, m_withdrawn = 0;
  std::vector<ResultName> m_released;
};

}  // namespace

void tell_held(const std::vector<SendableResult>& held, const Console& console) {
  if (held.empty()) return;
  console.error(fmt::format(
      "Held back: {}, because an earlier one of the item is not settled in the live system. "
      "Settle it there, then run 'offcirc send --release'. The first: {}:{}.",
      counted(static_cast<std::int64_t>(held.size()), "transaction"), held.front().name.load, held.front().name.n));
}

bool send_after_load(const std::filesystem::path& database, const Config& config, bool mails,
                     const CommonOptions& common, int wait_seconds, const Console& console) {
  if (config.send.via_sip2) {
    LiveSendOptions options;
    options.database = database;
    options.mail = mails;
    options.invocation = invocation_of(common);
    options.wait_seconds = wait_seconds;
    try {
      return send_live(std::move(options), config, false, common, console) == ExitStatus::done;
    } catch (const RunError& error) {
      console.error(error.what());
      return false;
    }
  }
  if (config.send.outbox.empty() || config.send.as.empty()) {
    console.note("What was loaded is queued for the live system: 'offcirc send --as SYSTEM --outbox DIR' writes it.");
    return true;
  }
  SendOptions options;
  options.database = database;
  options.outbox = config.send.outbox;
  options.upload.system = config.send.as;
  options.invocation = invocation_of(common);
  options.wait_seconds = wait_seconds;
  try {
    const SendOutcome outcome = run_send(options, config);
    tell(outcome, false, console);
    return outcome.is_complete();
  } catch (const RunError& error) {
    console.error(error.what());
    return false;
  }
}

std::unique_ptr<Command> make_send_command() {
  return std::make_unique<SendCommand>();
}

}  // namespace offcirc
