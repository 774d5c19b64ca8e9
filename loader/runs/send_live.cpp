#include "loader/runs/send_live.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "loader/commit_point.hpp"
#include "loader/journal/mail_queue.hpp"
#include "loader/journal/send_queue.hpp"
#include "loader/mail/compose.hpp"
#include "loader/output/json_text.hpp"
#include "loader/runs/send.hpp"
#include "loader/send/sip2_desks.hpp"
#include "loader/send/upload_steps.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

namespace {

/// A message, and what the journal knows it by.
struct Planned {
  MessageKey key;
  const SendableResult* result = nullptr;
  LiveMessage message;
};

LiveMessage message_of(const SendableResult& result, const Zone& zone) {
  LiveMessage message;
  message.kind = result.kind == Kind::checkout && result.has(Outcome::renewed) ? Kind::renewal : result.kind;
  message.library = result.library;
  message.user_id = result.user_id.empty() ? result.holder_id : result.user_id;
  if (result.kind == Kind::payment) {
    message.amount_cents = result.amount_cents;
    message.reference = result.name.text();
  } else {
    message.item_id = result.item_id;
  }
  message.holder_id = result.holder_id;
  message.occurred_at = result.occurred_at;
  if (result.due_at != k_no_time) message.due_at = result.due_at;
  if (result.kind != Kind::checkin) return message;
  message.returned_at = came_back_at(result.discharged_on, result.occurred_at, zone);
  message.clears_status = result.holder_id.empty();
  return message;
}

/// Plans the messages of results, and finds those that no message can say.
class LivePlan {
 public:
  LivePlan(const std::vector<SendableResult>& results, const std::map<MessageKey, StoredSend>& recorded, bool again,
           const Config& config)
      : m_recorded(recorded), m_again(again), m_config(config) {
    for (const SendableResult& result : results) add(result);
    std::map<std::string_view, Planned*> next;
    for (auto planned = all.rbegin(); planned != all.rend(); ++planned) {
      Planned*& following = next[planned->message.item_id];
      planned->message.followed_by_checkout =
          planned->message.kind == Kind::checkin && following != nullptr && following->message.kind == Kind::checkout;
      following = &*planned;
    }
    for (std::size_t i = 0; i < all.size(); ++i) all[i].message.id = static_cast<std::int64_t>(i);
  }

  std::vector<Planned> all;  // by LiveMessage::id
  std::vector<SendMessage> by_hand;

  [[nodiscard]] std::vector<LiveMessage> messages() const {
    std::vector<LiveMessage> messages;
    for (const Planned& planned : all) messages.push_back(planned.message);
    return messages;
  }

 private:
  void add(const SendableResult& result) {
    const auto known = m_recorded.find({result.result, 0});
    if (known != m_recorded.end() && known->second.state == SendState::by_hand) return;
    LiveMessage message = message_of(result, m_config.policy.zone);
    if (const std::string_view why = why_unsayable(message, m_config.send); !why.empty()) {
      by_hand.push_back({result.result, 0, SendState::by_hand, "", std::string(why)});
      return;
    }
    int step = 0;
    if (result.has(Outcome::was_charged_to_another)) {
      LiveMessage closing = message;
      closing.kind = Kind::checkin;
      closing.returned_at = result.occurred_at;
      closing.due_at.reset();
      add({{result.result, step++}, &result, std::move(closing)});
    }
    add({{result.result, step}, &result, std::move(message)});
  }

  // What an earlier run recorded about it decides whether the message is sent, or only asked about.
  void add(Planned planned) {
    const auto found = m_recorded.find(planned.key);
    if (found != m_recorded.end()) {
      const SendState state = found->second.state;
      planned.message.is_answer_lost = state == SendState::sending;
      if (state == SendState::sending) planned.message.sending_text = found->second.text;
      if (holds_back_item(state) && !m_again) return;
      planned.message.is_resend = holds_back_item(state);
      planned.message.is_sent = state != SendState::unsent && state != SendState::sending && !planned.message.is_resend;
    }
    all.push_back(std::move(planned));
  }

  const std::map<MessageKey, StoredSend>& m_recorded;
  bool m_again;
  const Config& m_config;
};

/// Records each state in a database transaction of its own.
class StoreLog : public SendLog {
 public:
  StoreLog(Store& store, const LivePlan& plan, std::int64_t send) : m_store(store), m_plan(plan), m_send(send) {}

  void record(std::int64_t message, SendState state, Seconds at, const std::string& text) override {
    m_store.begin_again();
    record_message(m_store.database(), m_plan.all.at(static_cast<std::size_t>(message)).key, m_send, state, at, text);
    m_store.commit();
  }

 private:
  Store& m_store;
  const LivePlan& m_plan;
  std::int64_t m_send;
};

/// Keeps what would become of each message, for a dry run.
class DryLog : public SendLog {
 public:
  void record(std::int64_t message, SendState state, Seconds /*at*/, const std::string& text) override {
    states[message] = {state, text};
  }
  std::map<std::int64_t, std::pair<SendState, std::string>> states;
};

Zone server_zone(const Config& config) {
  return config.send.timezone.empty() ? config.policy.zone : load_zone(config.send.timezone);
}

// RunError, before anything is recorded, if the settings can't be used or a password can't be read.
void require_usable_accounts(const std::vector<SendableResult>& results, const Config& config, const Zone& zone,
                             const Sip2Hooks& hooks) {
  Sip2Desks desks(config.send, zone, hooks);
  std::set<std::string_view> libraries;
  for (const SendableResult& result : results)
    if (libraries.insert(result.library).second) desks.add(result.library);
}

// The first transaction records what is to be sent, so that a run that dies knows what it had begun.
void begin_send(Store& store, const LivePlan& plan, const std::vector<SendableResult>& results, std::int64_t send,
                const Invocation& invocation) {
  NewSend record;
  record.send = send;
  record.via = "sip2";
  record.messages = plan.by_hand;
  for (const SendableResult& result : results) record.loads.insert(result.name.load);
  write_send(store.database(), record, invocation);
  for (const Planned& planned : plan.all)
    if (!planned.message.is_answer_lost && !planned.message.is_sent && !planned.message.is_resend)
      record_message(store.database(), planned.key, send, SendState::unsent, invocation.at, "");
  CommitPoint::prepare(fmt::format("Send {} is recorded in the database, with what became of each transaction.", send),
                       "'offcirc send' goes on where it ended.");
  store.commit();
}

// A message that stays unsent is not recorded again, so its reason is known to this run only.
void add_reasons(LiveSendOutcome& outcome, const LivePlan& plan) {
  std::map<const SendableResult*, std::string> reasons;
  for (const Sip2Summary::Unsent& unsent : outcome.summary.unsent)
    reasons.try_emplace(plan.all.at(static_cast<std::size_t>(unsent.message)).result, unsent.reason);
  for (LiveResult& one : outcome.states)
    if (const auto found = reasons.find(one.result); found != reasons.end() && one.text.empty())
      one.text = found->second;
}

// Of a check-in that captured a hold, and of a time that the server's clock showed twice, the summary knows.
void record_remarks(const LivePlan& plan, const Sip2Summary& summary, std::int64_t send, Seconds at,
                    const Database& database) {
  const auto recorded = find_open_messages(database, send);
  const auto record = [&](std::int64_t message, SendState state, std::string_view remark) {
    const MessageKey& key = plan.all.at(static_cast<std::size_t>(message)).key;
    const auto found = recorded.find(key);
    if (found == recorded.end() || found->second.state != SendState::sent) return;
    const std::string& text = found->second.text;
    record_message(database, key, send, state, at,
                   fmt::format("{}{}{}", text, text.empty() || remark.empty() ? "" : " ", remark));
  };
  for (const std::int64_t message : summary.repeated_hour)
    record(message, SendState::sent, "Its time is in the hour that the clocks repeat in autumn.");
  for (const std::int64_t message : summary.captured_holds) record(message, SendState::hold_captured, "");
}

void add_states(LiveSendOutcome& outcome, const Database& database) {
  for (const SendableResult& result : outcome.results) {
    const auto sends = find_sends(database, result.result, result.result);
    if (sends.empty())
      outcome.states.push_back({&result, SendState::unsent, ""});
    else
      outcome.states.push_back({&result, sends.begin()->second.state, sends.begin()->second.text});
  }
}

void add_states(LiveSendOutcome& outcome, const LivePlan& plan, const DryLog& log) {
  std::map<const SendableResult*, std::pair<SendState, std::string>> states;
  for (const Planned& planned : plan.all)
    if (const auto found = log.states.find(planned.message.id); found != log.states.end())
      states.try_emplace(planned.result, found->second);
  std::map<std::int64_t, std::string_view> by_hand;
  for (const SendMessage& message : plan.by_hand) by_hand.emplace(message.result, message.text);
  for (const SendableResult& result : outcome.results) {
    const auto found = states.find(&result);
    if (const auto why = by_hand.find(result.result); why != by_hand.end())
      outcome.states.push_back({&result, SendState::by_hand, std::string(why->second)});
    else if (found != states.end())
      outcome.states.push_back({&result, found->second.first, found->second.second});
    else
      outcome.states.push_back({&result, SendState::unsent, ""});
  }
}

// A mail for each load and library with something to settle. All its results are in that mail, also those of earlier
// sends.
void queue_answers(Database& database, LiveSendOutcome& outcome, const Config& config, Seconds at) {
  std::map<std::int64_t, std::set<std::string>> concerned;
  for (const LiveResult& one : outcome.states)
    if (!action_of(one.state).empty()) concerned[one.result->name.load].insert(one.result->library);
  for (const auto& [load, libraries] : concerned) {
    const MailsToQueue mails{mail_addressees(libraries, config), message_id_domain(config), outcome.send};
    queue_mails(database, load, at, mails);
    outcome.queued_mails += mails.libraries.size();
  }
}

}  // namespace

bool LiveSendOutcome::is_complete() const {
  return held.empty() && summary.unsent.empty() && summary.stopped.empty() && !summary.interrupted &&
         std::all_of(states.begin(), states.end(), [](const LiveResult& one) {
           return one.state != SendState::unsent && one.state != SendState::sending && action_of(one.state).empty();
         });
}

LiveSendOutcome run_live_send(const LiveSendOptions& options, const Config& config) {
  if (!CommitPoint::is_passed()) CommitPoint::begin();
  Store store(options.database, options.dry_run ? Store::Access::read : Store::Access::write);
  store.begin(options.wait_seconds, options.invocation);
  LiveSendOutcome outcome;
  const std::int64_t unfinished = find_unfinished_live_send(store.database());
  const SendChoice choice{options.load, earliest_load_to_send(options.invocation.at, config), options.again, true,
                          unfinished};
  outcome.results = find_sendable(store.database(), choice);
  outcome.held = take_held(outcome.results, find_held_items(store.database(), options.again ? options.load : 0));
  require_earlier_sent(choice, outcome.results, store.database());
  const auto recorded = find_open_messages(store.database(), unfinished);
  const LivePlan plan(outcome.results, recorded, options.again, config);
  const Zone zone = server_zone(config);
  if (options.dry_run) {
    store.commit();  // so that nobody has to wait for the end of the questions
    DryLog log;
    outcome.summary = ask_over_sip2(plan.messages(), config.send, zone, log, options.hooks);
    add_states(outcome, plan, log);
    add_reasons(outcome, plan);
    return outcome;
  }
  if (plan.all.empty() && plan.by_hand.empty()) return outcome;

  require_usable_accounts(outcome.results, config, zone, options.hooks);
  outcome.send = next_send(store.database());
  begin_send(store, plan, outcome.results, outcome.send, options.invocation);
  StoreLog log(store, plan, outcome.send);
  outcome.summary = send_over_sip2(plan.messages(), config.send, zone, log, options.hooks);
  store.begin_again();
  if (outcome.summary.all_asked) mark_written(store.database(), outcome.send, options.hooks.now());
  record_remarks(plan, outcome.summary, outcome.send, options.hooks.now(), store.database());
  add_states(outcome, store.database());
  add_reasons(outcome, plan);
  if (options.mail) queue_answers(store.database(), outcome, config, options.hooks.now());
  store.commit();
  return outcome;
}

Sip2ProbeReport run_probe(const std::filesystem::path& database, const Config& config, std::string item_id,
                          std::string user_id, const Sip2Hooks& hooks) {
  if (item_id.empty() && user_id.empty()) {
    const Store store(database, Store::Access::read);
    Statement row(store.database(),
                  "SELECT i.item_id, u.user_id FROM charges c CROSS JOIN items i ON i.item_no = c.item_no "
                  "CROSS JOIN users u ON u.user_no = c.user_no "
                  "ORDER BY EXISTS (SELECT 1 FROM changed_charges x WHERE x.item_no = c.item_no), c.item_no LIMIT 1");
    if (row.next()) {
      item_id = row.text(0);
      user_id = row.text(1);
    }
  }
  return probe_sip2(config.send, server_zone(config), item_id, user_id, hooks);
}

std::string live_send_json(const LiveSendOutcome& outcome, bool dry_run) {
  std::string text;
  JsonObjectWriter json(text);
  json.number_or_null("send", static_cast<std::uint64_t>(outcome.send))
      .boolean("dry_run", dry_run)
      .string("system", "sip2")
      .null("folder");
  json.begin("files");
  text += "[]";
  json.begin("results");
  text += '[';
  for (const LiveResult& one : outcome.states) append_send_result(text, *one.result, one.state, "", one.text);
  for (const SendableResult& result : outcome.held)
    append_send_result(text, result, SendState::unsent, "", "an earlier transaction of the item is not settled");
  text += ']';
  json.end();
  return text + '\n';
}

}  // namespace offcirc
