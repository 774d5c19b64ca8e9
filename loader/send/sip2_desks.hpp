// The desks that a run sends as: one account and session for each library, and what their questions show.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "loader/send/live_message.hpp"
#include "loader/send/sip2_session.hpp"
#include "loader/send/sip2_standing.hpp"

namespace offcirc {

/// Why SIP2 has no message for this, or none that may be sent: a sentence; empty if it has. IDs are not looked at.
std::string_view why_unsayable(const LiveMessage& message, const SendSettings& settings);

class Sip2Desks {
 public:
  /// RunError if the settings can't be used, or a password can't be read.
  Sip2Desks(const SendSettings& settings, const Zone& zone, const Sip2Hooks& hooks);
  Sip2Desks(const Sip2Desks&) = delete;
  Sip2Desks& operator=(const Sip2Desks&) = delete;

  /// Reads the password of the library's account, if it has one. RunError if it can't be read.
  void add(const std::string& library);
  /// The libraries that [library.send] gives an account.
  [[nodiscard]] std::vector<std::string> libraries_with_account() const;

  /// Why the library can't send, a sentence; empty if it can.
  [[nodiscard]] std::string trouble_of(const std::string& library) const;
  void give_up(const std::string& library, const std::string& why) { m_troubles[library] = why; }
  /// \pre trouble_of(library) is empty
  [[nodiscard]] Sip2Session& session(const std::string& library) { return *m_sessions.at(library); }

  struct Request {
    std::string text;
    std::string_view answer_code;
  };
  /// \pre why_by_hand() and trouble_of() are empty
  [[nodiscard]] Request request_for(const LiveMessage& message) const;
  /// Why the message must be entered by hand, a sentence; empty if SIP2 can send it.
  [[nodiscard]] std::string why_by_hand(const LiveMessage& message) const;

  /// Asks about the message's item if it has one, and about its user or holder. Throws as Sip2Session does.
  Sip2Sight look(const LiveMessage& message);
  [[nodiscard]] Standing standing(const LiveMessage& message, const Sip2Sight& sight,
                                  std::optional<Day> due_before) const {
    return standing_of(message, sight, m_trust, *m_setup.zone, due_before);
  }

  [[nodiscard]] bool is_met(const Sip2Expectation& expected, const LiveMessage& message, const Sip2Sight& sight) const {
    return offcirc::is_met(expected, message, sight, m_trust, *m_setup.zone);
  }

  /// Asks whether a value of a list (AU) is the ID of an item.
  [[nodiscard]] bool is_item(Sip2Session& session, const std::string& listed) const;

  [[nodiscard]] const Sip2Setup& setup() const { return m_setup; }
  [[nodiscard]] const Zone& zone() const { return *m_setup.zone; }
  [[nodiscard]] Sip2Lists lists() const { return m_trust.lists; }
  /// By library.
  [[nodiscard]] const std::map<std::string, std::string>& troubles() const { return m_troubles; }

 private:
  void learn_lists(Sip2Session& session, const Sip2Sight& sight, const std::string& item_id);

  const SendSettings& m_settings;
  Sip2Setup m_setup;
  Sip2Trust m_trust;
  std::map<std::string, std::unique_ptr<Sip2Session>> m_sessions;
  std::map<std::string, std::string> m_troubles;
};

}  // namespace offcirc
