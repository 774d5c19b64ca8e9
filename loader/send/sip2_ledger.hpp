// What a run over SIP2 knows of its messages and their items, what it has recorded about each, and what it leaves
// unsent.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "loader/send/live_message.hpp"
#include "loader/send/sip2_sender.hpp"
#include "loader/send/sip2_standing.hpp"

namespace offcirc {

class Sip2Ledger {
 public:
  struct Item {
    std::string held_because = {};  ///< a sentence; empty if its messages can be sent
    std::size_t last = 0;           ///< the message that the expectation comes from
    Sip2Expectation expected = {};
    bool has_server_due_day = false;  ///< this run lent or renewed it, and the server chose the due day
    std::size_t first = 0;            ///< its first message
  };

  /// The references must outlive the ledger.
  Sip2Ledger(const std::vector<LiveMessage>& messages, SendLog& log, std::function<Seconds()> now);

  [[nodiscard]] const LiveMessage& message(std::size_t i) const { return m_messages[i]; }
  [[nodiscard]] std::size_t message_count() const { return m_messages.size(); }
  [[nodiscard]] std::size_t item_count() const { return m_items.size(); }
  /// The item of a message. Each payment has one of its own, since nothing connects payments.
  Item& item_of(std::size_t i);
  /// Null if no message is about that item.
  Item* find_item(const std::string& item_id);
  /// The next message of the same item; message_count() if there is none.
  [[nodiscard]] std::size_t next_of_item(std::size_t i) const { return m_next[i]; }

  /// Returns false if the message was begun before.
  bool begin(std::size_t i);
  /// What becomes of the message in this run is settled.
  void end(std::size_t i) { m_states[i].is_done = true; }

  /// Durable on return. A state that holds the item back does so from now on.
  void record(std::size_t i, SendState state, const std::string& text);
  [[nodiscard]] std::optional<SendState> recorded(std::size_t i) const { return m_states[i].recorded; }
  void leave_unsent(std::size_t i, const std::string& reason);
  /// Later messages of the item are not sent. The first reason is kept.
  void hold(std::size_t i, std::string reason);

  /// Adds to the summary how many messages have which state, and which are unsent.
  void close(Sip2Summary& summary) const;

 private:
  struct State {
    bool is_begun = false, is_done = false;
    std::optional<SendState> recorded = {};
  };

  [[nodiscard]] std::string why_not_done(std::size_t i) const;

  const std::vector<LiveMessage>& m_messages;
  SendLog& m_log;
  std::function<Seconds()> m_now;
  std::vector<State> m_states;      // by message
  std::vector<std::size_t> m_next;  // by message
  std::unordered_map<std::string, Item> m_items;
  std::vector<Sip2Summary::Unsent> m_unsent;
};

}  // namespace offcirc
