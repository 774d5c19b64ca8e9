// A TCP connection to a SIP2 server: writes one message, reads one answer, and gives up after a timeout.
#pragma once

#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

struct addrinfo;

namespace offcirc {

/// The connection can't be made or used any more. Its text is the end of a sentence: `Connection refused`.
class Sip2ConnectionLost : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The operator wants the run to end.
class Sip2Interrupted : public std::runtime_error {
 public:
  Sip2Interrupted() : std::runtime_error("Interrupted.") {}
};

struct Sip2Endpoint {
  std::string host, port;
};

/// Splits `sip.example.org:6001` or `[::1]:6001`. RunError for anything else.
Sip2Endpoint parse_sip2_server(std::string_view server);

/// How long a connection waits, and the question whether to stop waiting, which it asks about five times a second.
struct Sip2Patience {
  std::chrono::milliseconds timeout;
  std::function<bool()> interrupted;
};

/// All members but the destructor throw Sip2ConnectionLost, or Sip2Interrupted while they wait.
class Sip2Connection {
 public:
  /// Tries all addresses of the host, each with the whole timeout.
  Sip2Connection(const Sip2Endpoint& server, Sip2Patience patience);
  Sip2Connection(const Sip2Connection&) = delete;
  Sip2Connection& operator=(const Sip2Connection&) = delete;
  ~Sip2Connection();

  /// Writes the whole frame at once; only a full send buffer makes it two writes.
  void write(std::string_view frame);
  /// Reads up to the next CR and returns the bytes before it. An LF before an answer belongs to the end of the last
  /// one.
  std::string read();
  /// Returns whether the server has neither closed the connection nor said something that nobody asked for.
  [[nodiscard]] bool is_quiet();
  /// Whether to wait for an answer even if the operator wants the run to end, because the message may have been carried
  /// out.
  void must_answer(bool must) { m_must_answer = must; }

 private:
  using Time = std::chrono::steady_clock::time_point;

  bool connect_to(const addrinfo& address);
  void wait_for(short events, Time deadline) const;
  void close();
  [[nodiscard]] Time deadline() const { return std::chrono::steady_clock::now() + m_patience.timeout; }

  Sip2Patience m_patience;
  int m_socket = -1;
  bool m_must_answer = false;
  std::string m_trouble;  // why the last address could not be connected
  std::string m_unread;
};

}  // namespace offcirc
