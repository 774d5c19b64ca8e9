// A library's session with the SIP2 server: it connects and logs in when needed, asks questions until it has an answer,
// and sends each transaction exactly once.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "loader/send/sip2_answer.hpp"
#include "loader/send/sip2_connection.hpp"
#include "loader/send/sip2_request.hpp"

namespace offcirc {

/// What sending needs from its surroundings. Tests replace the clock, and make a second of a timeout shorter.
struct Sip2Hooks {
  std::function<Seconds()> now;                                        ///< UTC
  std::function<void(Seconds)> sleep;                                  ///< may end early if the run is interrupted
  std::function<bool()> interrupted;                                   ///< whether the operator wants the run to end
  std::function<void(std::uint64_t, std::uint64_t)> progress;          ///< how many steps of how many are done
  std::chrono::milliseconds timeout_second = std::chrono::seconds(1);  ///< how long a second of a timeout lasts
};

/// The system's clock, and no progress. A sleep ends soon after `interrupted` returns true.
Sip2Hooks system_sip2_hooks(std::function<bool()> interrupted);

/// The server does not accept the account. The text is a sentence.
class Sip2LoginRefused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The server gives no answer about an item or a user, though it accepts logins. The text is a sentence.
class Sip2NoAnswer : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Nothing can be sent any more: the server can't be reached, or its clock is wrong. The text is a sentence.
class Sip2Unusable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What all sessions of a run share. Must outlive them.
struct Sip2Setup {
  /// RunError if the server's address or the encoding is not usable.
  Sip2Setup(const SendSettings& settings, const Zone& server_zone, Sip2Hooks run_hooks);

  Sip2Endpoint server;
  std::string server_text;  ///< for messages
  Sip2Requests requests;
  const Zone* zone;
  Sip2Hooks hooks;
  std::chrono::milliseconds timeout;
};

/// Members that talk to the server throw Sip2LoginRefused, Sip2Unusable and Sip2Interrupted.
class Sip2Session {
 public:
  Sip2Session(const Sip2Setup& setup, std::string library, Sip2Account account);

  /// Connects and logs in unless that has been done. A connection that was idle, which servers close after about 20
  /// seconds, is tried first.
  void open();
  void close() { m_connection.reset(); }

  /// Asks until there is an answer. nullopt if the server keeps answering about another item or user; Sip2NoAnswer if
  /// it keeps closing the connection, or says that it can't read the question.
  std::optional<LiveItem> ask_item(std::string_view id);
  std::optional<LiveUser> ask_user(std::string_view id);

  /// Sends a checkout, check-in or renewal once, or again after an answer 96, which says that nothing was done. Throws
  /// Sip2ConnectionLost if no answer with `code` comes back; the transaction may have been carried out.
  /// \pre open() was called since the last exception.
  Sip2Answer transact(const std::string& message, std::string_view code);

  [[nodiscard]] const std::string& library() const { return m_library; }
  [[nodiscard]] const Sip2Account& account() const { return m_account; }
  /// What the server said at the last login.
  [[nodiscard]] const LiveServer& server() const { return m_server; }
  /// The server's clock less ours at the last login; nullopt if the server does not say.
  [[nodiscard]] std::optional<Seconds> clock_difference() const { return m_clock_difference; }

 private:
  void connect();
  void log_in();
  void check_status();
  std::optional<Sip2Answer> ask(const std::string& message, std::string_view code, std::string_view field,
                                std::string_view id);
  Sip2Answer exchange(const std::string& message, std::string_view code);
  [[nodiscard]] bool is_usable();
  void pause(int attempt) const;

  const Sip2Setup* m_setup;
  std::string m_library;
  Sip2Account m_account;
  LiveServer m_server;
  std::optional<Seconds> m_clock_difference;
  std::unique_ptr<Sip2Connection> m_connection;
  Seconds m_last_used = 0;
  int m_sequence = 0;
};

}  // namespace offcirc
