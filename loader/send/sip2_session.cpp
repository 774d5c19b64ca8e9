#include "loader/send/sip2_session.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <thread>
#include <utility>

namespace offcirc {
namespace {

// How often a question is asked, or a login is tried, before the run stops.
constexpr int k_attempts = 3;
// Servers close idle connections after 20 to 30 seconds.
constexpr Seconds k_idle_seconds = 10;
constexpr Seconds k_max_clock_difference = 120;
constexpr Seconds k_hour_seconds = 3600;

std::string duration_text(Seconds seconds) {
  const Seconds minutes = (std::abs(seconds) + 30) / 60;
  return minutes < 60 ? fmt::format("{} minutes", minutes) : fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
}

// The server's clock less ours. In the hour that is repeated in autumn, a civil time is one of two.
std::optional<Seconds> difference_of(Stamp clock, const Zone& zone, Seconds now) {
  if (clock.is(StampForm::absolute)) return clock.seconds() - now;
  if (!clock.is(StampForm::civil)) return std::nullopt;
  const auto [first, second] = zone.both_utc(clock.seconds());
  return std::abs(first - now) <= std::abs(second - now) ? first - now : second - now;
}

}  // namespace

Sip2Hooks system_sip2_hooks(std::function<bool()> interrupted) {
  Sip2Hooks hooks;
  hooks.now = [] {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
  };
  hooks.sleep = [interrupted](Seconds seconds) {
    constexpr std::chrono::milliseconds k_slice(200);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    while (std::chrono::steady_clock::now() < end && !interrupted()) std::this_thread::sleep_for(k_slice);
  };
  hooks.interrupted = std::move(interrupted);
  hooks.progress = [](std::uint64_t, std::uint64_t) {};
  return hooks;
}

Sip2Setup::Sip2Setup(const SendSettings& settings, const Zone& server_zone, Sip2Hooks run_hooks)
    : server(parse_sip2_server(settings.server)),
      server_text(settings.server),
      requests(settings, server_zone),
      zone(&server_zone),
      hooks(std::move(run_hooks)),
      timeout(settings.timeout_seconds * hooks.timeout_second) {}

Sip2Session::Sip2Session(const Sip2Setup& setup, std::string library, Sip2Account account)
    : m_setup(&setup), m_library(std::move(library)), m_account(std::move(account)) {}

void Sip2Session::pause(int attempt) const {
  constexpr Seconds k_first_pause = 2, k_later_pause = 10;
  m_setup->hooks.sleep(attempt == 1 ? k_first_pause : k_later_pause);
  if (m_setup->hooks.interrupted()) throw Sip2Interrupted();
}

bool Sip2Session::is_usable() {
  if (m_connection == nullptr || !m_connection->is_quiet()) return false;
  if (m_setup->hooks.now() - m_last_used < k_idle_seconds) return true;
  try {
    check_status();
    return true;
  } catch (const Sip2ConnectionLost&) {
    return false;
  }
}

void Sip2Session::open() {
  if (is_usable()) return;
  close();
  for (int attempt = 1;; ++attempt) {
    try {
      connect();
      return;
    } catch (const Sip2ConnectionLost& lost) {
      close();
      if (attempt == k_attempts)
        throw Sip2Unusable(fmt::format("The SIP2 server {} can't be reached: {}.", m_setup->server_text, lost.what()));
    }
    pause(attempt);
  }
}

void Sip2Session::connect() {
  m_connection =
      std::make_unique<Sip2Connection>(m_setup->server, Sip2Patience{m_setup->timeout, m_setup->hooks.interrupted});
  m_sequence = 0;
  log_in();
  check_status();
}

void Sip2Session::log_in() {
  const Sip2Answer answer = exchange(Sip2Requests::login(m_account), "94");
  if (answer.is_ok()) return;
  close();
  throw Sip2LoginRefused(fmt::format("The SIP2 server {} does not accept the account {} of {}: check its password.",
                                     m_setup->server_text, m_account.user, m_library));
}

void Sip2Session::check_status() {
  m_server = live_server_of(exchange(Sip2Requests::status(), "98"));
  m_clock_difference = difference_of(m_server.clock, *m_setup->zone, m_setup->hooks.now());
  const Seconds difference = m_clock_difference.value_or(0);
  if (std::abs(difference) < k_max_clock_difference) return;
  const Seconds hours = (std::abs(difference) + k_hour_seconds / 2) / k_hour_seconds;
  const bool is_whole_hour =
      hours > 0 && std::abs(std::abs(difference) - hours * k_hour_seconds) < k_max_clock_difference;
  close();
  throw Sip2Unusable(fmt::format(
      "The clock of the SIP2 server {} is {} {} ours. {}", m_setup->server_text, duration_text(difference),
      difference > 0 ? "ahead of" : "behind",
      is_whole_hour ? fmt::format("A whole number of hours means another time zone than {}: correct [send] timezone.",
                                  m_setup->zone->name())
                    : "Correct the clock that is wrong; until then all times that are sent would be wrong."));
}

Sip2Answer Sip2Session::exchange(const std::string& message, std::string_view code) {
  constexpr int k_max_sends = 3;
  const char sequence = static_cast<char>('0' + m_sequence);
  m_sequence = (m_sequence + 1) % 10;
  const std::string frame = m_setup->requests.frame(message, sequence);
  for (int sends = 1; sends <= k_max_sends; ++sends) {
    m_connection->write(frame);
    const auto answer = parse_sip2_answer(m_connection->read(), m_setup->requests.encoding());
    m_last_used = m_setup->hooks.now();
    if (!answer) throw Sip2ConnectionLost("an answer that can't be read");
    if (answer->code == "96") continue;  // the server could not read the request
    const bool is_other = m_setup->requests.has_checksums() && answer->sequence != 0 && answer->sequence != sequence;
    if (answer->code != code || is_other) throw Sip2ConnectionLost("the answer to another message");
    return *answer;
  }
  throw Sip2ConnectionLost("the server asks again and again for the same message");
}

Sip2Answer Sip2Session::transact(const std::string& message, std::string_view code) {
  m_connection->must_answer(true);
  try {
    Sip2Answer answer = exchange(message, code);
    m_connection->must_answer(false);
    return answer;
  } catch (const Sip2ConnectionLost&) {
    close();
    throw;
  }
}

std::optional<Sip2Answer> Sip2Session::ask(const std::string& message, std::string_view code, std::string_view field,
                                           std::string_view id) {
  for (int attempt = 1;; ++attempt) {
    open();
    try {
      Sip2Answer answer = exchange(message, code);
      const std::string_view answered = answer.value(field);
      if (answered.empty() || is_same_sip2_id(answered, id)) return answer;
      close();
      if (attempt == k_attempts) return std::nullopt;
    } catch (const Sip2ConnectionLost& lost) {
      close();
      if (attempt == k_attempts)
        throw Sip2NoAnswer(fmt::format("The server gives no answer about {}: {}.", kept_sip2_text(id), lost.what()));
    }
    pause(attempt);
  }
}

std::optional<LiveItem> Sip2Session::ask_item(std::string_view id) {
  const auto answer = ask(m_setup->requests.item(m_account, id, m_setup->hooks.now()), "18", "AB", id);
  return answer ? std::optional(live_item_of(*answer, *m_setup->zone)) : std::nullopt;
}

std::optional<LiveUser> Sip2Session::ask_user(std::string_view id) {
  const auto answer = ask(m_setup->requests.user(m_account, id, m_setup->hooks.now()), "64", "AA", id);
  return answer ? std::optional(live_user_of(*answer)) : std::nullopt;
}

}  // namespace offcirc
