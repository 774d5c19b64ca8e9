#include "loader/send/sip2_ledger.hpp"

#include <fmt/format.h>

#include <utility>

namespace offcirc {

namespace {

// What connects messages: those of an item follow one another, while a payment stands alone.
std::string chain_of(const LiveMessage& message, std::size_t i) {
  return message.item_id.empty() ? fmt::format("\x01{}", i) : message.item_id;
}

}  // namespace

Sip2Ledger::Sip2Ledger(const std::vector<LiveMessage>& messages, SendLog& log, std::function<Seconds()> now)
    : m_messages(messages), m_log(log), m_now(std::move(now)) {
  m_states.resize(messages.size());
  m_next.resize(messages.size(), messages.size());
  for (std::size_t i = messages.size(); i-- > 0;) {
    const auto [later, is_last] = m_items.try_emplace(chain_of(messages[i], i), Item{.first = i});
    if (!is_last) m_next[i] = std::exchange(later->second.first, i);
  }
}

Sip2Ledger::Item& Sip2Ledger::item_of(std::size_t i) {
  return m_items.find(chain_of(message(i), i))->second;
}

Sip2Ledger::Item* Sip2Ledger::find_item(const std::string& item_id) {
  const auto found = m_items.find(item_id);
  return found == m_items.end() ? nullptr : &found->second;
}

bool Sip2Ledger::begin(std::size_t i) {
  return !std::exchange(m_states[i].is_begun, true);
}

void Sip2Ledger::record(std::size_t i, SendState state, const std::string& text) {
  m_log.record(message(i).id, state, m_now(), text);
  m_states[i].recorded = state;
  if (holds_back_item(state)) hold(i, fmt::format("An earlier transaction of the item is {}.", code_of(state)));
}

void Sip2Ledger::leave_unsent(std::size_t i, const std::string& reason) {
  m_unsent.push_back({message(i).id, reason});
  hold(i, "An earlier transaction of the item is unsent.");
}

void Sip2Ledger::hold(std::size_t i, std::string reason) {
  Item& item = item_of(i);
  if (item.held_because.empty()) item.held_because = std::move(reason);
}

std::string Sip2Ledger::why_not_done(std::size_t i) const {
  const bool is_lost = m_states[i].recorded == SendState::sending || message(i).is_answer_lost;
  return is_lost ? "The run ended before the server could be asked what became of it." : "The run ended before it.";
}

void Sip2Ledger::close(Sip2Summary& summary) const {
  summary.unsent = m_unsent;
  for (std::size_t i = 0; i < m_messages.size(); ++i) {
    const auto& recorded = m_states[i].recorded;
    if (recorded) ++summary.counts.at(static_cast<std::size_t>(*recorded));
    const bool is_settled = m_states[i].is_done || (recorded && recorded != SendState::sending);
    if (!is_settled && !message(i).is_sent) summary.unsent.push_back({message(i).id, why_not_done(i)});
  }
}

}  // namespace offcirc
