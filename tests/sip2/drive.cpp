// Runs the real SIP2 client for test_sip2.py, which plays the journal and the clock.
//
// Standard input: lines of tab-separated words that set up a run, up to `send`, `ask` or `probe ITEM USER`, which start
// it. Standard output: `record ID STATE TEXT`, `sleep SECONDS` and `now`, each answered by a line with the time in
// seconds since 1970; and at the end lines that begin with `counts`, `unsent`, `note`, `stopped` and `done`. The words
// of an output line are separated by tabs too. `reset` begins the next run. To play a crash, the test kills the program
// at a record.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "loader/progress.hpp"
#include "loader/send/sip2_sender.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {
namespace {

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<Seconds> optional_time(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text == "never" ? k_never : number(text);
}

void say(const std::string& line) {
  std::fputs((line + "\n").c_str(), stdout);
  std::fflush(stdout);
}

/// The test's clock: the last time that it told.
class TestClock {
 public:
  explicit TestClock(Seconds now) : m_now(now) {}
  [[nodiscard]] Seconds now() const { return m_now; }
  /// How often something was told.
  [[nodiscard]] int told() const { return m_told; }
  void tell(const std::string& line) {
    ++m_told;
    say(line);
    std::string answer;
    if (!std::getline(std::cin, answer)) _exit(3);
    m_now = number(answer);
  }

 private:
  int m_told = 0;
  Seconds m_now;
};

class TestLog : public SendLog {
 public:
  TestLog(TestClock& clock, bool is_silent) : m_clock(clock), m_is_silent(is_silent) {}
  void record(std::int64_t message, SendState state, Seconds /*at*/, const std::string& text) override {
    if (!m_is_silent) m_clock.tell(fmt::format("record\t{}\t{}\t{}", message, code_of(state), text));
  }

 private:
  TestClock& m_clock;
  bool m_is_silent;
};

struct Job {
  SendSettings settings;
  std::string zone = "UTC";
  Seconds now = 0;
  int timeout_milliseconds = 1000;
  int interrupt_at = 0;    // the operator ends the run after so many records and sleeps; 0: never
  bool is_silent = false;  // no records and no clock: to measure the client alone
  std::vector<LiveMessage> messages;
};

LiveMessage message_of(const std::vector<std::string>& words) {
  LiveMessage message;
  message.id = number(words.at(1));
  message.kind = find_kind(words.at(2)).value();
  message.library = words.at(3);
  message.user_id = words.at(4);
  message.item_id = words.at(5);
  message.holder_id = words.at(6);
  message.occurred_at = number(words.at(7));
  message.due_at = optional_time(words.at(8));
  message.returned_at = optional_time(words.at(9));
  const std::string& flags = words.at(10);
  const auto has = [&](char flag) { return flags.find(flag) != std::string::npos; };
  message.followed_by_checkout = has('f');
  message.clears_status = has('c');
  message.is_answer_lost = has('l');
  message.is_resend = has('r');
  message.is_sent = has('s');
  message.sending_text = words.at(11);
  message.amount_cents = number(words.at(12));
  if (message.amount_cents != 0) message.reference = fmt::format("1:{}", message.id);
  return message;
}

void set(Job& job, const std::vector<std::string>& words) {
  SendSettings& settings = job.settings;
  const std::string& value = words.at(1);
  const std::map<std::string, bool*> flags = {{"no_block", &settings.no_block},
                                              {"renewal_as_checkout", &settings.renewal_as_checkout},
                                              {"error_detection", &settings.error_detection},
                                              {"trusts_status", &settings.trusts_status},
                                              {"payments", &settings.payments},
                                              {"silent", &job.is_silent}};
  const std::map<std::string, std::string*> texts = {
      {"server", &settings.server}, {"encoding", &settings.encoding}, {"zone", &job.zone}};
  if (const auto flag = flags.find(words[0]); flag != flags.end()) *flag->second = value == "1";
  if (const auto text = texts.find(words[0]); text != texts.end()) *text->second = value;
  if (words[0] == "interrupt") job.interrupt_at = static_cast<int>(number(value));
  if (words[0] == "timeout") job.timeout_milliseconds = static_cast<int>(number(value));
  if (words[0] == "settle") settings.settle_seconds = static_cast<int>(number(value));
  if (words[0] == "now") job.now = number(value);
  if (words[0] == "message") job.messages.push_back(message_of(words));
  if (words[0] == "library")
    settings.libraries[value] = {.user = words.at(2),
                                 .password_file = words.at(3),
                                 .institution = value,
                                 .location = value,
                                 .user_access = {},
                                 .station = {},
                                 .group = {}};
}

Sip2Hooks hooks_of(const Job& job, TestClock& clock) {
  Sip2Hooks hooks = system_sip2_hooks([&] { return job.interrupt_at > 0 && clock.told() >= job.interrupt_at; });
  hooks.now = [&clock] { return clock.now(); };
  hooks.sleep = [&clock](Seconds seconds) { clock.tell(fmt::format("sleep\t{}", seconds)); };
  hooks.timeout_second = std::chrono::milliseconds(job.timeout_milliseconds);
  return hooks;
}

void show(const Sip2Summary& summary) {
  for (std::size_t i = 0; i < summary.counts.size(); ++i)
    if (summary.counts[i] > 0) say(fmt::format("count\t{}\t{}", code_of(static_cast<SendState>(i)), summary.counts[i]));
  for (const auto& [message, reason] : summary.unsent) say(fmt::format("unsent\t{}\t{}", message, reason));
  for (const std::int64_t message : summary.captured_holds) say(fmt::format("captured\t{}", message));
  for (const std::int64_t message : summary.repeated_hour) say(fmt::format("repeated\t{}", message));
  for (const std::string& note : summary.notes) say("note\t" + note);
  if (!summary.stopped.empty()) say("stopped\t" + summary.stopped);
  if (summary.interrupted) say("interrupted");
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto milliseconds = [](const timeval& time) { return time.tv_sec * 1000 + time.tv_usec / 1000; };
  say(fmt::format("done\t{}\t{}", summary.all_asked ? "asked" : "cut-short",
                  milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime)));
}

void show(const Sip2ProbeReport& report) {
  for (const Sip2LibraryProbe& probe : report.libraries)
    say(fmt::format("library\t{}\t{}\t{}\t{}\t{}", probe.library, probe.trouble, probe.server.name,
                    probe.server.version, probe.clock_difference ? fmt::format("{}", *probe.clock_difference) : "?"));
  for (const std::string& answer : report.answers) say("answer\t" + answer);
  for (const std::string& lack : report.lacks) say("lack\t" + lack);
  say(fmt::format("done\t{}", report.is_usable() ? "usable" : "unusable"));
}

void run(Job job, const std::vector<std::string>& words) {
  job.settings.timeout_seconds = 1;
  TestClock clock(job.now);
  TestLog log(clock, job.is_silent);
  try {
    const Zone zone = load_zone(job.zone);
    const Sip2Hooks hooks = hooks_of(job, clock);
    if (words[0] == "send") show(send_over_sip2(job.messages, job.settings, zone, log, hooks));
    if (words[0] == "ask") show(ask_over_sip2(job.messages, job.settings, zone, log, hooks));
    if (words[0] == "probe") show(probe_sip2(job.settings, zone, words.at(1), words.at(2), hooks));
  } catch (const RunError& error) {
    say(fmt::format("error\t{}", error.what()));
    say("done");
  }
}

}  // namespace
}  // namespace offcirc

int main() {
  using namespace offcirc;
  Job job;
  for (std::string line; std::getline(std::cin, line);) {
    const std::vector<std::string> words = words_of(line);
    if (words[0] == "send" || words[0] == "ask" || words[0] == "probe")
      run(job, words);
    else if (words[0] == "reset")
      job = Job();
    else
      set(job, words);
  }
}
