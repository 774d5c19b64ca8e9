#include "loader/mail/mail_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <string>
#include <thread>

#include "loader/run_error.hpp"

namespace offcirc {

MailLock::MailLock(const std::filesystem::path& database, int wait_seconds) {
  const std::string file = database.string() + "-mail";
  m_descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (m_descriptor < 0) throw RunError(fmt::format("{} can't be opened: {}.", file, std::strerror(errno)));
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(wait_seconds);
  while (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    if (error == EWOULDBLOCK && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      continue;
    }
    ::close(m_descriptor);
    if (error != EWOULDBLOCK) throw RunError(fmt::format("{} can't be locked: {}.", file, std::strerror(error)));
    throw RunError(
        fmt::format("{}: another offcirc is sending its mail. Try again when it has ended, or wait for it with --wait "
                    "SECONDS.",
                    database.string()));
  }
}

MailLock::~MailLock() {
  ::close(m_descriptor);
}

}  // namespace offcirc
