#include "loader/send/sip2_sender.hpp"

#include <fmt/format.h>

#include <optional>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "loader/send/sip2_desks.hpp"
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

// Nobody can see whose loan a check-in ended if its answer is lost.
std::string lost_but_done(const LiveMessage& message) {
  if (message.kind != Kind::checkin) return "The answer was lost, but it was done.";
  return "The answer was lost, but the item is checked in. If a desk had just checked it out, that loan has ended.";
}

constexpr std::string_view k_lost_unseen = "The answer was lost, and the server does not show whether it was done.";

class Sender {
 public:
  Sender(const std::vector<LiveMessage>& messages, const SendSettings& settings, const Zone& zone, SendLog& log,
         const Sip2Hooks& hooks, bool is_dry)
      : m_messages(messages),
        m_settle_seconds(settings.settle_seconds),
        m_desks(settings, zone, hooks),
        m_hooks(hooks),
        m_log(log),
        m_is_dry(is_dry) {
    m_states.resize(messages.size());
    m_next.resize(messages.size(), messages.size());
    for (std::size_t i = messages.size(); i-- > 0;) {
      const auto [later, is_last] = m_items.try_emplace(messages[i].item_id, Item{.next = i});
      if (!is_last) m_next[i] = std::exchange(later->second.next, i);
      m_desks.add(messages[i].library);
    }
  }

  Sip2Summary run() {
    try {
      for (std::size_t i = 0; i < m_messages.size(); ++i) process(i);
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
  /// What is known about an item in this run.
  struct Item {
    std::size_t next = 0;           // while the messages are linked: the first of the item
    std::string held_because = {};  // a sentence; empty if its messages can be sent
    std::size_t last = 0;           // the message that the expectation comes from
    Sip2Expectation expected = {};
    bool has_server_due_day = false;  // this run lent or renewed it, and the server chose the due day
  };

  struct State {
    bool is_processed = false;
    std::optional<SendState> recorded = {};
  };

  const LiveMessage& message(std::size_t i) const { return m_messages[i]; }
  Item& item_of(std::size_t i) { return m_items.find(message(i).item_id)->second; }
  [[nodiscard]] Seconds now() const { return m_hooks.now(); }

  void record(std::size_t i, SendState state, const std::string& text) {
    m_log.record(message(i).id, state, now(), text);
    m_states[i].recorded = state;
    if (holds_back_item(state)) hold(i, fmt::format("An earlier transaction of the item is {}.", code_of(state)));
  }

  void hold(std::size_t i, std::string reason) {
    Item& item = item_of(i);
    if (item.held_because.empty()) item.held_because = std::move(reason);
  }

  void leave_unsent(std::size_t i, const std::string& reason) {
    m_summary.unsent.push_back({message(i).id, reason});
    hold(i, "An earlier transaction of the item is unsent.");
  }

  void step() {
    m_hooks.progress(++m_steps, m_messages.size() + (m_is_dry ? 0 : m_items.size()));
    if (m_hooks.interrupted()) throw Sip2Interrupted();
  }

  void process(std::size_t i) {
    if (m_states[i].is_processed) return;
    m_states[i].is_processed = true;
    const std::string& library = message(i).library;
    try {
      if (const std::string held = item_of(i).held_because; !held.empty()) {
        leave_unsent(i, held);
      } else if (const std::string why = m_desks.why_by_hand(message(i)); !why.empty()) {
        record(i, SendState::by_hand, why);
      } else if (const std::string trouble = m_desks.trouble_of(library); !trouble.empty()) {
        leave_unsent(i, trouble);
      } else {
        take(i);
      }
    } catch (const Sip2LoginRefused& refusal) {
      m_desks.give_up(library, refusal.what());
      leave_unsent(i, refusal.what());
    }
    step();
    if (is_item_in_between(i)) process(m_next[i]);
  }

  // Checked in by us, to be checked out at once: the shorter that lasts, the less may happen to the item meanwhile.
  [[nodiscard]] bool is_item_in_between(std::size_t i) const {
    const auto& recorded = m_states[i].recorded;
    const bool is_checked_in = recorded == SendState::sent || recorded == SendState::took_from_another;
    return is_checked_in && message(i).followed_by_checkout && m_next[i] < m_messages.size() &&
           message(m_next[i]).kind == Kind::checkout;
  }

  void take(std::size_t i) {
    if (message(i).is_sent) return expect_effect(i, std::nullopt);
    if (m_is_dry) return take_dry(i);
    Attempt attempt{.was_lost = message(i).is_answer_lost};
    if (attempt.was_lost) {
      attempt.due_before = due_before_of(message(i).sending_text);
      item_of(i).expected = {};  // what came before it may not be seen any more
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
    Sip2Sight sight = m_desks.look(message(i));
    if (!attempt.was_lost && is_contradicted(i, sight)) {
      leave_unsent(i, std::string(item_of(i).held_because));
      return false;
    }
    Standing standing = stand(i, sight, attempt);
    if (standing == Standing::before && attempt.was_lost) {
      sight = m_desks.look(message(i));
      standing = stand(i, sight, attempt);
    }
    if (standing == Standing::before && message(i).kind == Kind::renewal && item_of(i).has_server_due_day) {
      record(i, SendState::there_already,
             "Nothing was sent: renewed on the same day, it would be due on the same day.");
      return false;
    }
    const bool is_wanted_anyway = standing == Standing::unclear && message(i).is_resend && attempt.sends == 0;
    if (standing != Standing::before && !is_wanted_anyway) {
      settle_standing(i, standing, sight, attempt);
      return false;
    }
    if (attempt.sends == k_max_sends) {
      record(i, SendState::unconfirmed, fmt::format("Sent {} times, and each answer was lost.", k_max_sends));
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
    if (standing == Standing::after) {
      if (!attempt.was_lost) {
        record(i, SendState::there_already, {});
      } else {
        const auto due_day = due_day_in(sight);
        const Sip2Verdict verdict = done_with_due_day(message(i), due_day, m_desks.zone());
        record(i, verdict.state, verdict.text.empty() ? lost_but_done(message(i)) : verdict.text);
      }
      return expect_effect(i, due_day_in(sight));
    }
    if (attempt.was_lost) return record(i, SendState::unconfirmed, std::string(k_lost_unseen));
    const std::string why = why_not_sent(message(i), standing);
    if (standing == Standing::unknown_user) return leave_unsent(i, why);
    if (standing == Standing::unknown_item) return record(i, SendState::refused, why);
    record(i, standing == Standing::other ? SendState::moved_on : SendState::unconfirmed, why);
  }

  // Returns false if the answer was lost.
  bool send_once(std::size_t i, Attempt& attempt) {
    Sip2Session& session = m_desks.session(message(i).library);
    const Sip2Desks::Request request = m_desks.request_for(message(i));
    session.open();
    record(i, SendState::sending, due_before_text(attempt.due_before));
    if (attempt.was_lost) m_last_resend = now();
    item_of(i).expected = {};
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
        record(i, verdict.state, verdict.text);
        expect_effect(i, verdict.due_day);
        item_of(i).has_server_due_day = verdict.state == SendState::due_differs;
        return;
      case Sip2Verdict::Kind::refused:
        return conclude_refusal(i, verdict, attempt);
      case Sip2Verdict::Kind::doubtful:
        return conclude_doubtful(i, attempt);
      case Sip2Verdict::Kind::other_item:
        return stop_for_other_item(i, verdict.other_item);
      case Sip2Verdict::Kind::not_ours:
        return;
    }
  }

  // A server may say no and do it all the same.
  void conclude_refusal(std::size_t i, const Sip2Verdict& verdict, const Attempt& attempt) {
    const Sip2Sight sight = m_desks.look(message(i));
    if (stand(i, sight, attempt) == Standing::after) {
      record(i, SendState::sent, fmt::format("The server refused it, but it was done: {}", verdict.text));
      return expect_effect(i, due_day_in(sight));
    }
    const bool is_checkin = message(i).kind == Kind::checkin;
    record(i, SendState::refused,
           is_checkin ? verdict.text + " Check the shelf: a hold may have been captured." : verdict.text);
    item_of(i).expected = {Sip2Expectation::Kind::refused, attempt.due_before};
    item_of(i).last = i;
  }

  void conclude_doubtful(std::size_t i, const Attempt& attempt) {
    const Sip2Sight sight = m_desks.look(message(i));
    if (stand(i, sight, attempt) != Standing::after)
      return record(i, SendState::unconfirmed, "The server says that it was done, but shows no sign of it.");
    const auto due_day = due_day_in(sight);
    const Sip2Verdict verdict = done_with_due_day(message(i), due_day, m_desks.zone());
    record(i, verdict.state, verdict.text);
    expect_effect(i, due_day);
  }

  [[noreturn]] void stop_for_other_item(std::size_t i, const std::string& other) {
    const std::string shown = kept_sip2_text(other);
    record(i, SendState::unconfirmed, fmt::format("The server answered that it was done with {}.", shown));
    const auto found = m_items.find(other);
    if (found != m_items.end() && found->second.expected.is_known())
      record(found->second.last, SendState::unconfirmed,
             fmt::format("The server may have changed it when {} was sent.", message(i).item_id));
    else if (found != m_items.end())
      found->second.held_because = "The server may have changed the item.";
    throw Sip2OtherItem(
        fmt::format("The SIP2 server was asked about item {} and answered that it was done with item {}. "
                    "Check both there, and why it does so, before anything else is sent.",
                    message(i).item_id, shown));
  }

  void take_dry(std::size_t i) {
    const Sip2Sight sight = m_desks.look(message(i));
    Attempt attempt{.was_lost = message(i).is_answer_lost, .due_before = due_before_of(message(i).sending_text)};
    const Standing standing = stand(i, sight, attempt);
    if (standing == Standing::before)
      record(i, SendState::unsent, {});
    else
      settle_standing(i, standing, sight, attempt);
    hold(i, "Depends on an earlier transaction of the item.");
  }

  void settle() {
    m_hooks.sleep(m_settle_seconds);
    if (m_hooks.interrupted()) throw Sip2Interrupted();
  }

  void expect_effect(std::size_t i, std::optional<Day> due_day) {
    Item& item = item_of(i);
    item.last = i;
    item.expected = expected_after(message(i), due_day);
    item.has_server_due_day = false;
  }

  // A server may say OK and do nothing, or a desk has worked since.
  bool is_contradicted(std::size_t i, const Sip2Sight& sight) {
    const Item& item = item_of(i);
    if (!contradicts(item.expected, message(i), sight)) return false;
    record(item.last, SendState::unconfirmed, "The server shows otherwise: it was not done, or a desk has undone it.");
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
    for (std::size_t i = 0; i < m_messages.size(); ++i) {
      const Item& item = item_of(i);
      const bool is_known = item.expected.is_known() && m_states[i].recorded != SendState::unconfirmed;
      if (item.last != i || !is_known) continue;
      try {
        if (!m_desks.trouble_of(message(i).library).empty())
          is_each_asked = false;
        else if (!m_desks.is_met(item.expected, message(i), m_desks.look(message(i))))
          record(i, SendState::unconfirmed, "When it was asked again at the end, the server had it otherwise.");
      } catch (const Sip2LoginRefused& refusal) {
        m_desks.give_up(message(i).library, refusal.what());
        is_each_asked = false;
      }
      step();
    }
    m_summary.all_asked = is_each_asked;
  }

  void finish() {
    for (const auto& [library, why] : m_desks.troubles()) m_summary.notes.push_back(why);
    for (std::size_t i = 0; i < m_messages.size(); ++i) {
      if (m_states[i].recorded) ++m_summary.counts.at(static_cast<std::size_t>(*m_states[i].recorded));
      if (!m_states[i].is_processed && !message(i).is_sent)
        m_summary.unsent.push_back({message(i).id, "The run ended before it."});
    }
  }

  const std::vector<LiveMessage>& m_messages;
  const Seconds m_settle_seconds;
  Sip2Desks m_desks;
  const Sip2Hooks m_hooks;
  SendLog& m_log;
  const bool m_is_dry;
  Sip2Summary m_summary;
  std::uint64_t m_steps = 0;
  std::optional<Seconds> m_last_resend;  // when a message was last sent again
  std::vector<State> m_states;           // by message
  std::vector<std::size_t> m_next;       // by message: the next of its item; the number of messages if none
  std::unordered_map<std::string, Item> m_items;
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
