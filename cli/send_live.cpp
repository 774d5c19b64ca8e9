#include "cli/send_live.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <utility>

#include "cli/mail.hpp"
#include "cli/send.hpp"
#include "loader/mail/compose.hpp"
#include "loader/output/characters.hpp"
#include "loader/runs/send_live.hpp"

namespace offcirc {

namespace {

volatile std::sig_atomic_t interrupted = 0;

void note_signal(int /*signal*/) {
  interrupted = 1;
}

/// From here on Ctrl-C and SIGTERM only ask the run to end.
void catch_signals() {
  std::signal(SIGINT, note_signal);
  std::signal(SIGTERM, note_signal);
}

/// One line on the terminal, written anew about every second.
class LiveProgress {
 public:
  LiveProgress() : m_is_shown(is_able_terminal(STDERR_FILENO) && is_in_foreground(STDERR_FILENO)) {}
  LiveProgress(const LiveProgress&) = delete;
  LiveProgress& operator=(const LiveProgress&) = delete;
  ~LiveProgress() { wipe(); }

  void show(std::uint64_t done, std::uint64_t all) {
    const auto now = Clock::now();
    if (!m_is_shown || now - m_shown_at < std::chrono::seconds(1)) return;
    m_shown_at = now;
    const double seconds = std::chrono::duration<double>(now - m_began_at).count();
    const double rate = static_cast<double>(done) / seconds;
    std::string line = fmt::format("\r\x1b[KSending: {} of {} steps, {:.1f} a second", done, all, rate);
    if (done > 0) line += fmt::format(", {:.0f} min left", static_cast<double>(all - done) / rate / 60 + 0.5);
    std::fputs(line.c_str(), stderr);
  }
  void wipe() {
    if (m_is_shown && m_shown_at != Clock::time_point()) std::fputs("\r\x1b[K", stderr);
    m_is_shown = false;
  }

 private:
  using Clock = std::chrono::steady_clock;
  bool m_is_shown;
  Clock::time_point m_began_at = Clock::now(), m_shown_at;
};

// `: the server's answer`, without its last period.
std::string answer_words(std::string_view text) {
  while (text.ends_with('.') || text.ends_with(' ')) text.remove_suffix(1);
  return text.empty() ? std::string() : fmt::format(": {}", text);
}

// `12 sent, 3 there-already`
std::string counts_words(const LiveSendOutcome& outcome) {
  std::array<std::int64_t, k_send_state_count> counts{};
  for (const LiveResult& one : outcome.states) ++counts.at(static_cast<std::size_t>(one.state));
  std::string words;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts.at(i) > 0)
      words += fmt::format("{}{} {}", words.empty() ? "" : ", ", counts.at(i), code_of(static_cast<SendState>(i)));
  return words.empty() ? "nothing to send" : words;
}

// Each reason once, with the first result; in the order of these.
void tell_unsent(const LiveSendOutcome& outcome, const Console& console) {
  struct Reason {
    std::string_view text;
    const LiveResult* first;
    std::int64_t count;
  };
  std::vector<Reason> reasons;
  std::map<std::string_view, std::size_t> known;
  for (const LiveResult& one : outcome.states) {
    const bool is_unsent = one.state == SendState::unsent || one.state == SendState::sending;
    if (!is_unsent || one.text.empty()) continue;
    const auto [found, is_new] = known.try_emplace(one.text, reasons.size());
    if (is_new) reasons.push_back({one.text, &one, 0});
    ++reasons[found->second].count;
  }
  for (const Reason& reason : reasons)
    console.error(fmt::format(
        "{}: {}, the first of them {}{}.", reason.first->state == SendState::sending ? "No answer" : "Unsent",
        counted(reason.count, "result"), reason.first->result->name.text(), answer_words(reason.text)));
}

void tell_to_settle(const LiveSendOutcome& outcome, const Console& console) {
  constexpr std::int64_t k_max_told = 20;
  std::int64_t count = 0;
  for (const LiveResult& one : outcome.states) {
    if (action_of(one.state).empty() || ++count > k_max_told) continue;
    console.error(fmt::format("{}: {}{}. {}", one.result->name.text(), phrase_of(one.state), answer_words(one.text),
                              action_of(one.state)));
  }
  if (count > k_max_told)
    console.error(fmt::format("And {} more; the section \"Settle in the live system\" of the report has them all.",
                              counted(count - k_max_told, "result")));
}

void tell_what_is_left(const LiveSendOutcome& outcome, const Console& console) {
  const Sip2Summary& summary = outcome.summary;
  for (const std::string& note : summary.notes) console.error(note);
  tell_unsent(outcome, console);
  tell_to_settle(outcome, console);
  tell_held(outcome.held, console);
  if (!summary.stopped.empty()) console.error(summary.stopped);
  if (summary.interrupted)
    console.error("Interrupted: what was sent is recorded, and 'offcirc send' goes on with the rest.");
}

}  // namespace

ExitStatus send_live(LiveSendOptions options, const Config& config, bool prints_json, const CommonOptions& common,
                     const Console& console) {
  catch_signals();
  std::unique_ptr<Delivery> delivery;
  if (options.mail && !options.dry_run) {
    delivery = make_delivery_if_any(config, find_smtp_helper());
    require_mail_addresses(config);
  }
  LiveProgress progress;
  options.hooks = system_sip2_hooks([] { return interrupted != 0; });
  options.hooks.progress = [&progress](std::uint64_t done, std::uint64_t all) { progress.show(done, all); };
  const LiveSendOutcome outcome = run_live_send(options, config);
  progress.wipe();
  if (prints_json) {
    StandardOutput output;
    output.write(live_send_json(outcome, options.dry_run));
    if (const ExitStatus status = output.finish(console); status != ExitStatus::done) return status;
  }
  if (outcome.states.empty())
    console.note("There is nothing to send.");
  else if (options.dry_run)
    console.note(fmt::format("Asked, and sent nothing: {}.", counts_words(outcome)));
  else
    console.note(fmt::format("Send {}: {}.", outcome.send, counts_words(outcome)));
  tell_what_is_left(outcome, console);
  if (outcome.queued_mails > 0 && delivery == nullptr) say_what_waits(outcome.queued_mails, console);
  bool is_done = options.dry_run ? outcome.is_answered() : outcome.is_complete();
  if (outcome.queued_mails > 0 && delivery != nullptr)
    is_done &= send_queued_mail(outcome.queued_mails, 0, fmt::format("Send {} is done", outcome.send), options.database,
                                config, *delivery, common, options.wait_seconds, console);
  return is_done ? ExitStatus::done : ExitStatus::incomplete;
}

namespace {

std::string account_words(const Sip2LibraryProbe& probe) {
  const LiveServer& server = probe.server;
  return fmt::format("{}: logged in{}{}; {}; status {}, timeout {}, retries {}\n", visible(probe.library),
                     server.name.empty() ? "" : " at " + visible(server.name),
                     server.version.empty() ? "" : ", SIP " + visible(server.version),
                     probe.clock_difference ? fmt::format("its clock differs by {} s", *probe.clock_difference)
                                            : "it does not say its time",
                     visible(server.flags), visible(server.timeout), visible(server.retries));
}

}  // namespace

ExitStatus probe_live(const std::filesystem::path& database, const Config& config, std::string item_id,
                      std::string user_id, const Console& console) {
  catch_signals();
  const Sip2Hooks hooks = system_sip2_hooks([] { return interrupted != 0; });
  const Sip2ProbeReport report = run_probe(database, config, std::move(item_id), std::move(user_id), hooks);
  StandardOutput output;
  for (const Sip2LibraryProbe& probe : report.libraries) {
    if (!probe.trouble.empty()) {
      output.write(fmt::format("{}: {}\n", visible(probe.library), visible(probe.trouble)));
      continue;
    }
    output.write(account_words(probe));
  }
  for (const std::string& answer : report.answers) output.write(visible(answer) + "\n");
  for (const std::string& lack : report.lacks) output.write(visible(lack) + "\n");
  if (report.libraries.empty())
    output.write("No library has an account: [library.send] needs user and password_file.\n");
  const ExitStatus status = output.finish(console);
  if (status != ExitStatus::done) return status;
  return report.is_usable() && !report.libraries.empty() ? ExitStatus::done : ExitStatus::incomplete;
}

}  // namespace offcirc
