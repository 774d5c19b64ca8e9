#include "loader/send/sip2_connection.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "formats/fields.hpp"
#include "loader/progress.hpp"

namespace offcirc {
namespace {

// A list of ten thousand items is shorter.
constexpr std::size_t k_max_answer_bytes = std::size_t{1} << 18U;

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Addresses resolve(const Sip2Endpoint& server) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int trouble = getaddrinfo(server.host.c_str(), server.port.c_str(), &wanted, &found);
  if (trouble == EAI_SYSTEM) throw Sip2ConnectionLost(std::strerror(errno));
  if (trouble != 0) throw Sip2ConnectionLost(gai_strerror(trouble));
  return {found, freeaddrinfo};
}

bool is_transient(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

Sip2Endpoint parse_sip2_server(std::string_view server) {
  const std::size_t colon = server.rfind(':');
  std::string_view host = server.substr(0, colon);
  const std::string_view port = colon == std::string_view::npos ? std::string_view() : server.substr(colon + 1);
  const bool has_brackets = host.size() > 2 && host.starts_with('[') && host.ends_with(']');
  if (has_brackets) host = host.substr(1, host.size() - 2);
  const int number = parse_digits(port).value_or(0);
  const bool is_host = !host.empty() && (has_brackets || host.find(':') == std::string_view::npos);
  if (!is_host || number < 1 || number > 65535)
    throw RunError(fmt::format("[send] server: {} is not a server and its port, such as \"sip.example.org:6001\".",
                               quoted(server)));
  return {std::string(host), std::string(port)};
}

Sip2Connection::Sip2Connection(const Sip2Endpoint& server, Sip2Patience patience) : m_patience(std::move(patience)) {
  const Addresses addresses = resolve(server);
  for (const addrinfo* address = addresses.get(); address != nullptr; address = address->ai_next)
    if (connect_to(*address)) return;
  throw Sip2ConnectionLost(m_trouble);
}

Sip2Connection::~Sip2Connection() {
  close();
}

void Sip2Connection::close() {
  if (m_socket >= 0) ::close(m_socket);
  m_socket = -1;
}

bool Sip2Connection::connect_to(const addrinfo& address) {
  m_socket = ::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol);
  try {
    if (m_socket < 0) throw Sip2ConnectionLost(std::strerror(errno));
    if (::connect(m_socket, address.ai_addr, address.ai_addrlen) != 0) {
      if (errno != EINPROGRESS && errno != EINTR) throw Sip2ConnectionLost(std::strerror(errno));
      wait_for(POLLOUT, deadline());
    }
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(m_socket, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) throw Sip2ConnectionLost(std::strerror(error));
    // Each message is answered before the next: nothing is gained by collecting bytes.
    const int on = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return true;
  } catch (const Sip2ConnectionLost& trouble) {
    m_trouble = trouble.what();
    close();
    return false;
  } catch (const Sip2Interrupted&) {
    close();  // a constructor that throws has no destructor
    throw;
  }
}

void Sip2Connection::wait_for(short events, Time deadline) const {
  constexpr std::chrono::milliseconds k_slice(200);
  for (;;) {
    if (!m_must_answer && m_patience.interrupted && m_patience.interrupted()) throw Sip2Interrupted();
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) throw Sip2ConnectionLost("no answer within the timeout");
    pollfd waiting{m_socket, events, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::min(left, k_slice).count()));
    if (ready > 0) return;
    if (ready < 0 && errno != EINTR) throw Sip2ConnectionLost(std::strerror(errno));
  }
}

void Sip2Connection::write(std::string_view frame) {
  const Time end = deadline();
  while (!frame.empty()) {
    const ssize_t written = ::send(m_socket, frame.data(), frame.size(), MSG_NOSIGNAL);
    if (written >= 0)
      frame.remove_prefix(static_cast<std::size_t>(written));
    else if (is_transient(errno))
      wait_for(POLLOUT, end);
    else
      throw Sip2ConnectionLost(std::strerror(errno));
  }
}

std::string Sip2Connection::read() {
  const Time end = deadline();
  for (std::size_t searched = 0;;) {
    const std::size_t begin = std::min(m_unread.find_first_not_of("\n "), m_unread.size());
    m_unread.erase(0, begin);
    searched -= std::min(searched, begin);
    const std::size_t cr = m_unread.find('\r', searched);
    if (cr == 0) {  // an empty line
      m_unread.erase(0, 1);
      searched = 0;
      continue;
    }
    if (cr != std::string::npos) {
      std::string answer = m_unread.substr(0, cr);
      m_unread.erase(0, cr + 1);
      return answer;
    }
    searched = m_unread.size();
    if (searched > k_max_answer_bytes) throw Sip2ConnectionLost("an answer without an end");
    std::array<char, 4096> bytes;
    const ssize_t size = ::recv(m_socket, bytes.data(), bytes.size(), 0);
    if (size > 0)
      m_unread.append(bytes.data(), static_cast<std::size_t>(size));
    else if (size == 0)
      throw Sip2ConnectionLost("the server closed the connection");
    else if (is_transient(errno))
      wait_for(POLLIN, end);
    else
      throw Sip2ConnectionLost(std::strerror(errno));
  }
}

bool Sip2Connection::is_quiet() {
  // The LF of the last answer's CR LF may have come in a packet of its own.
  std::array<char, 64> bytes;
  for (;;) {
    const ssize_t size = ::recv(m_socket, bytes.data(), bytes.size(), 0);
    if (size > 0)
      m_unread.append(bytes.data(), static_cast<std::size_t>(size));
    else if (size < 0 && errno == EINTR)
      continue;
    else if (size == 0 || !is_transient(errno))
      return false;
    else
      break;
    if (m_unread.size() > bytes.size()) return false;
  }
  return m_unread.find_first_not_of("\r\n ") == std::string::npos;
}

}  // namespace offcirc
