#include "loader/send/sip2_sender.hpp"

#include <fmt/format.h>

#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "loader/send/sip2_desks.hpp"
#include "loader/send/sip2_ledger.hpp"
#include "loader/send/sip2_standing.hpp"

namespace offcirc {
namespace {

// A server that says OK for another item does not do what it is asked, so the run stops.
class Sip2OtherItem : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

std::optional<Day> due_day_in(const Sip2Sight& sight) {
  return sight.item ? sight.item->due_day : std::nullopt;
}

constexpr std::string_view k_was_there = "The loan was there already.";
constexpr std::string_view k_lost_unseen = "The answer was lost, and the server does not show whether it was done.";

class Sender {
 public:
  Sender(const std::vector<LiveMessage>& messages, const SendSettings& settings, const Zone& zone, SendLog& log,
         const Sip2Hooks& hooks, bool is_dry)
      : m_settle_seconds(settings.settle_seconds),
        m_desks(settings, zone, hooks),
        m_hooks(hooks),
        m_is_dry(is_dry),
        m_ledger(messages, log, hooks.now) {
    for (const LiveMessage& message : messages) m_desks.add(message.library);
  }

  Sip2Summary run() {
    try {
      for (std::size_t i = 0; i < m_ledger.message_count(); ++i) process(i);
      if (!m_is_dry) ask_at_end();
      m_hooks.progress(m_steps, m_steps);
    } catch (const Sip2Unusable& trouble) {
      m_summary.stopped = trouble.what();
    } catch (const Sip2OtherItem& trouble) {
      m_summary.stopped = trouble.what();
    } catch (const Sip2Interrupted&) {
      m_summary.interrupted = true;
    }
    finish();
    return std::move(m_summary);
  }

 private:
  [[nodiscard]] const LiveMessage& message(std::size_t i) const { return m_ledger.message(i); }
  [[nodiscard]] Seconds now() const { return m_hooks.now(); }

  Sip2Sight look(std::size_t i) {
    Sip2Sight sight = m_desks.look(message(i));
    m_silent = 0;
    return sight;
  }

  void step() {
    m_hooks.progress(++m_steps, m_ledger.message_count() + (m_is_dry ? 0 : m_ledger.item_count()));
    if (m_hooks.interrupted()) throw Sip2Interrupted();
  }

  void process(std::size_t i) {
    if (!m_ledger.begin(i)) return;
    const std::string& library = message(i).library;
    try {
      if (const std::string held = m_ledger.item_of(i).held_because; !held.empty()) {
        m_ledger.leave_unsent(i, held);
      } else if (const std::string why = m_desks.why_by_hand(message(i)); !why.empty()) {
        m_ledger.record(i, SendState::by_hand, why);
      } else if (const std::string trouble = m_desks.trouble_of(library); !trouble.empty()) {
        m_ledger.leave_unsent(i, trouble);
      } else {
        take(i);
      }
    } catch (const Sip2LoginRefused& refusal) {
      m_desks.give_up(library, refusal.what());
      m_ledger.leave_unsent(i, refusal.what());
    } catch (const Sip2NoAnswer& silence) {
      m_ledger.leave_unsent(i, silence.what());
      m_ledger.end(i);
      note_silence(silence);
    }
    m_ledger.end(i);
    step();
    if (is_item_in_between(i)) process(m_ledger.next_of_item(i));
  }

  // A server that can't answer about one record goes on with the next; one that answers about none stops the run.
  void note_silence(const Sip2NoAnswer& silence) {
    constexpr int k_max_silent = 3;
    if (++m_silent < k_max_silent) return;
    throw Sip2Unusable(fmt::format("{} It is the last of {} in a row, so the run ended.", silence.what(), m_silent));
  }

  // Checked in by us, to be checked out at once: the shorter that lasts, the less may happen to the item meanwhile.
  [[nodiscard]] bool is_item_in_between(std::size_t i) const {
    const auto recorded = m_ledger.recorded(i);
    const bool is_checked_in = recorded == SendState::sent || recorded == SendState::took_from_another;
    return is_checked_in && message(i).followed_by_checkout && m_ledger.next_of_item(i) < m_ledger.message_count() &&
           message(m_ledger.next_of_item(i)).kind == Kind::checkout;
  }

  void take(std::size_t i) {
    if (message(i).is_sent) return expect_effect(i, std::nullopt);
    if (m_is_dry) return take_dry(i);
    Attempt attempt{.was_lost = message(i).is_answer_lost};
    if (attempt.was_lost) {
      attempt.due_before = due_before_of(message(i).sending_text);
      m_ledger.item_of(i).expected = {};  // what came before it may not be seen any more
      settle();
    }
    while (attempt_once(i, attempt)) settle();
  }

  /// How far the sending of a message has come.
  struct Attempt {
    bool was_lost = false;  // it may have been sent
    std::optional<Day> due_before = {};
    int sends = 0;
  };

  // Returns whether the answer was lost, so that the server needs time before it is asked.
  bool attempt_once(std::size_t i, Attempt& attempt) {
    constexpr int k_max_sends = 3;
    Sip2Sight sight = look(i);
    if (!attempt.was_lost && is_contradicted(i, sight)) {
      m_ledger.leave_unsent(i, std::string(m_ledger.item_of(i).held_because));
      return false;
    }
    Standing standing = stand(i, sight, attempt);
    if (standing == Standing::before && attempt.was_lost) {
      sight = look(i);
      standing = stand(i, sight, attempt);
    }
    if (standing == Standing::before && message(i).kind == Kind::renewal && m_ledger.item_of(i).has_server_due_day) {
      m_ledger.record(i, SendState::there_already,
                      "Nothing was sent: renewed on the same day, it would be due on the same day.");
      return false;
    }
    const bool is_wanted_anyway = standing == Standing::unclear && message(i).is_resend && attempt.sends == 0;
    if (standing != Standing::before && !is_wanted_anyway) {
      settle_standing(i, standing, sight, attempt);
      return false;
    }
    if (attempt.sends == k_max_sends) {
      m_ledger.record(i, SendState::unconfirmed, fmt::format("Sent {} times, and each answer was lost.", k_max_sends));
      return false;
    }
    if (!attempt.due_before && message(i).kind == Kind::renewal && sight.item) attempt.due_before = sight.item->due_day;
    return !send_once(i, attempt);
  }

  [[nodiscard]] Standing stand(std::size_t i, const Sip2Sight& sight, const Attempt& attempt) const {
    const Standing standing = m_desks.standing(message(i), sight, attempt.due_before);
    const bool is_certain = standing != Standing::before || !attempt.was_lost ||
                            shows_effect(message(i), attempt.due_before, now(), m_desks.zone());
    return is_certain ? standing : Standing::unclear;
  }

  void settle_standing(std::size_t i, Standing standing, const Sip2Sight& sight, const Attempt& attempt) {
    if (standing == Standing::after) return settle_effect(i, sight, attempt);
    if (attempt.was_lost) return m_ledger.record(i, SendState::unconfirmed, std::string(k_lost_unseen));
    const std::string why = why_not_sent(message(i), standing, sight);
    if (standing == Standing::unknown_user) return m_ledger.leave_unsent(i, why);
    if (standing == Standing::unknown_item) return m_ledger.record(i, SendState::refused, why);
    m_ledger.record(i, standing == Standing::other ? SendState::moved_on : SendState::unconfirmed, why);
  }

  // The server has it: from us, though the answer was lost, or because somebody else was faster.
  void settle_effect(std::size_t i, const Sip2Sight& sight, const Attempt& attempt) {
    const auto due_day = due_day_in(sight);
    const Sip2Verdict verdict = done_with_due_day(message(i), due_day, m_desks.zone());
    const bool differs = verdict.state == SendState::due_differs;
    if (attempt.was_lost)
      m_ledger.record(i, verdict.state, differs ? verdict.text : std::string(lost_but_done(message(i))));
    else if (differs && message(i).kind == Kind::checkout)
      m_ledger.record(i, verdict.state, fmt::format("{} {}", k_was_there, verdict.text));
    else
      m_ledger.record(i, SendState::there_already, {});
    expect_effect(i, due_day);
  }

  // Returns false if the answer was lost.
  bool send_once(std::size_t i, Attempt& attempt) {
    Sip2Session& session = m_desks.session(message(i).library);
    const Sip2Desks::Request request = m_desks.request_for(message(i));
    session.open();
    m_ledger.record(i, SendState::sending, due_before_text(attempt.due_before));
    if (attempt.was_lost) m_last_resend = now();
    m_ledger.item_of(i).expected = {};
    ++attempt.sends;
    attempt.was_lost = true;
    try {
      const Sip2Answer answer = session.transact(request.text, request.answer_code);
      const Sip2Verdict verdict = verdict_of(message(i), answer, m_desks.zone(), attempt.due_before);
      if (verdict.kind != Sip2Verdict::Kind::not_ours) {
        conclude(i, verdict, attempt);
        return true;
      }
      session.close();
    } catch (const Sip2ConnectionLost&) {
    }
    return false;
  }

  void conclude(std::size_t i, const Sip2Verdict& verdict, const Attempt& attempt) {
    const Seconds returned_at = message(i).returned_at.value_or(message(i).occurred_at);
    if (is_repeated_time(message(i).occurred_at, m_desks.zone()) || is_repeated_time(returned_at, m_desks.zone()))
      m_summary.repeated_hour.push_back(message(i).id);
    switch (verdict.kind) {
      case Sip2Verdict::Kind::done:
        if (verdict.captured_hold) m_summary.captured_holds.push_back(message(i).id);
        m_ledger.record(i, verdict.state, verdict.text);
        expect_effect(i, verdict.due_day);
        m_ledger.item_of(i).has_server_due_day = verdict.state == SendState::due_differs;
        return;
      case Sip2Verdict::Kind::refused:
        return conclude_refusal(i, verdict, attempt);
      case Sip2Verdict::Kind::doubtful:
        return conclude_doubtful(i, verdict, attempt);
      case Sip2Verdict::Kind::other_item:
        return stop_for_other_item(i, verdict.other_item);
      case Sip2Verdict::Kind::not_ours:
        return;
    }
  }

  // A server may say no and do it all the same.
  void conclude_refusal(std::size_t i, const Sip2Verdict& verdict, const Attempt& attempt) {
    const Sip2Sight sight = look(i);
    if (stand(i, sight, attempt) == Standing::after) {
      m_ledger.record(i, SendState::sent, fmt::format("The server refused it, but it was done: {}", verdict.text));
      return expect_effect(i, due_day_in(sight));
    }
    const bool is_checkin = message(i).kind == Kind::checkin;
    m_ledger.record(i, SendState::refused,
                    is_checkin ? verdict.text + " A hold may have been captured." : verdict.text);
    m_ledger.item_of(i).expected = {Sip2Expectation::Kind::refused, attempt.due_before};
    m_ledger.item_of(i).last = i;
  }

  void conclude_doubtful(std::size_t i, const Sip2Verdict& answered, const Attempt& attempt) {
    const Sip2Sight sight = look(i);
    if (stand(i, sight, attempt) != Standing::after)
      return m_ledger.record(
          i, SendState::unconfirmed,
          answered.text.empty() ? "The server says that it was done, but shows no sign of it." : answered.text);
    const auto due_day = due_day_in(sight);
    const Sip2Verdict verdict = done_with_due_day(message(i), due_day, m_desks.zone());
    m_ledger.record(i, verdict.state, verdict.text);
    expect_effect(i, due_day);
  }

  [[noreturn]] void stop_for_other_item(std::size_t i, const std::string& other) {
    const std::string shown = kept_sip2_text(other);
    m_ledger.record(i, SendState::unconfirmed, fmt::format("The server answered that it was done with {}.", shown));
    Sip2Ledger::Item* const found = m_ledger.find_item(other);
    if (found != nullptr && found->expected.is_known())
      m_ledger.record(found->last, SendState::unconfirmed,
                      fmt::format("The server may have changed it when {} was sent.", message(i).item_id));
    else if (found != nullptr)
      found->held_because = "The server may have changed the item.";
    throw Sip2OtherItem(
        fmt::format("The SIP2 server was asked about item {} and answered that it was done with item {}. "
                    "Check both there, and why it does so, before anything else is sent.",
                    message(i).item_id, shown));
  }

  void take_dry(std::size_t i) {
    const Sip2Sight sight = look(i);
    Attempt attempt{.was_lost = message(i).is_answer_lost, .due_before = due_before_of(message(i).sending_text)};
    const Standing standing = stand(i, sight, attempt);
    if (standing == Standing::before)
      m_ledger.record(i, SendState::unsent, {});
    else
      settle_standing(i, standing, sight, attempt);
    m_ledger.hold(i, "Depends on an earlier transaction of the item.");
  }

  void settle() {
    m_hooks.sleep(m_settle_seconds);
    if (m_hooks.interrupted()) throw Sip2Interrupted();
  }

  void expect_effect(std::size_t i, std::optional<Day> due_day) {
    Sip2Ledger::Item& item = m_ledger.item_of(i);
    item.last = i;
    item.expected = expected_after(message(i), due_day);
    item.has_server_due_day = false;
  }

  // A server may say OK and do nothing, or a desk has worked since.
  bool is_contradicted(std::size_t i, const Sip2Sight& sight) {
    const Sip2Ledger::Item& item = m_ledger.item_of(i);
    if (!contradicts(item.expected, message(i), sight)) return false;
    m_ledger.record(item.last, SendState::unconfirmed,
                    "The server shows otherwise: it was not done, or a desk has undone it.");
    return true;
  }

  // If the first of two requests was carried out after the second, it shows now, or after this wait.
  void wait_for_stragglers() {
    if (!m_last_resend) return;
    const Seconds wait = *m_last_resend + m_settle_seconds - now();
    if (wait > 0) m_hooks.sleep(wait);
    if (m_hooks.interrupted()) throw Sip2Interrupted();
  }

  void ask_at_end() {
    wait_for_stragglers();
    bool is_each_asked = true;
    for (std::size_t i = 0; i < m_ledger.message_count(); ++i) {
      const Sip2Ledger::Item& item = m_ledger.item_of(i);
      const bool is_known = item.expected.is_known() && m_ledger.recorded(i) != SendState::unconfirmed;
      if (item.last != i || !is_known) continue;
      try {
        if (!m_desks.trouble_of(message(i).library).empty())
          is_each_asked = false;
        else if (!m_desks.is_met(item.expected, message(i), look(i)))
          m_ledger.record(i, SendState::unconfirmed,
                          "When it was asked again at the end, the server had it otherwise.");
      } catch (const Sip2LoginRefused& refusal) {
        m_desks.give_up(message(i).library, refusal.what());
        is_each_asked = false;
      } catch (const Sip2NoAnswer& silence) {
        m_ledger.record(i, SendState::unconfirmed,
                        fmt::format("When it was asked again at the end: {}", silence.what()));
        note_silence(silence);
      }
      step();
    }
    m_summary.all_asked = is_each_asked;
  }

  void finish() {
    for (const auto& [library, why] : m_desks.troubles()) m_summary.notes.push_back(why);
    m_ledger.close(m_summary);
  }

  const Seconds m_settle_seconds;
  Sip2Desks m_desks;
  const Sip2Hooks m_hooks;
  const bool m_is_dry;
  Sip2Ledger m_ledger;
  Sip2Summary m_summary;
  std::uint64_t m_steps = 0;
  int m_silent = 0;                      // questions without an answer, one after the other
  std::optional<Seconds> m_last_resend;  // when a message was last sent again
};

}  // namespace

Sip2Summary send_over_sip2(const std::vector<LiveMessage>& messages, const SendSettings& settings, const Zone& zone,
                           SendLog& log, const Sip2Hooks& hooks) {
  return Sender(messages, settings, zone, log, hooks, false).run();
}

Sip2Summary ask_over_sip2(const std::vector<LiveMessage>& messages, const SendSettings& settings, const Zone& zone,
                          SendLog& log, const Sip2Hooks& hooks) {
  return Sender(messages, settings, zone, log, hooks, true).run();
}

}  // namespace offcirc
