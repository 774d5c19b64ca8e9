// Sees to it that only one process sends the mail of a database, so that nobody gets it twice.
#pragma once

#include <filesystem>

namespace offcirc {

/// Held from construction to destruction; the system lets go of it when the process ends, however it ends. It stands on
/// an empty file beside the database, with `-mail` at the end of its name, which stays.
class MailLock {
 public:
  /// RunError where another process holds it for longer than `wait_seconds`, or the file can't be made.
  MailLock(const std::filesystem::path& database, int wait_seconds);
  MailLock(const MailLock&) = delete;
  MailLock& operator=(const MailLock&) = delete;
  ~MailLock();

 private:
  int m_descriptor = -1;
};

}  // namespace offcirc
