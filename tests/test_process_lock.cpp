// Only one process at a time holds the lock, however it ends, and the others learn who holds it.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "loader/database/process_lock.hpp"
#include "loader/progress.hpp"
#include "tests/temp_folder.hpp"

namespace fs = std::filesystem;
using namespace offcirc;
using Of = ProcessLock::Of;

namespace {

constexpr Seconds k_now = 1'781'000'000;
const Invocation k_alice{k_now, "alice", "offcirc load logs", "0.1.0"};
const Invocation k_later{k_now + 125, "bob", "offcirc undo 1", "0.1.0"};
const std::string k_way_out = ". Try again when it has ended, or wait for it with --wait SECONDS.";

std::string message_of(const fs::path& database, Of of, const Invocation& who, int wait_seconds = 0) {
  try {
    const ProcessLock lock(database, of, wait_seconds, who);
  } catch (const RunError& error) {
    return error.what();
  }
  return {};
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A process that holds the lock until it is killed.
class Holder {
 public:
  explicit Holder(const fs::path& database) {
    int said[2];
    REQUIRE(::pipe(said) == 0);
    m_pid = ::fork();
    REQUIRE(m_pid >= 0);
    if (m_pid == 0) {
      const ProcessLock lock(database, Of::writing, 0, k_alice);
      if (::write(said[1], "!", 1) == 1) ::pause();
      ::_exit(1);
    }
    char byte = 0;
    REQUIRE(::read(said[0], &byte, 1) == 1);
    ::close(said[0]);
    ::close(said[1]);
  }
  ~Holder() { kill(); }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;

  void kill() {
    if (m_pid == 0) return;
    ::kill(m_pid, SIGKILL);
    ::waitpid(m_pid, nullptr, 0);
    m_pid = 0;
  }
  [[nodiscard]] pid_t pid() const { return m_pid; }

 private:
  pid_t m_pid = 0;
};

struct Fixture {
  Fixture() : database(folder.path() / "circ.db") { std::ofstream(database) << "x"; }
  TempFolder folder;
  fs::path database;
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "the second process is refused and told who has the lock since when, whatever --now is") {
  const ProcessLock first(database, Of::writing, 0, k_alice);
  // As if the lock had been taken two minutes earlier.
  const std::string file = database.string() + "-lock";
  std::string text = text_of(file);
  const std::size_t since = text.find('\n', text.find('\n') + 1) + 1;
  const std::int64_t taken_at = std::stoll(text.substr(since));
  CHECK(taken_at > k_now + 125);
  text.replace(since, text.find('\n', since) - since, std::to_string(taken_at - 150));
  std::ofstream(file) << text;
  const std::string refused = message_of(database, Of::writing, k_later);
  CHECK(refused == fmt::format("{}: another offcirc is writing it (process {} of alice, for 2 minutes: offcirc load "
                               "logs){}",
                               database.string(), ::getpid(), k_way_out));
}

TEST_CASE_FIXTURE(Fixture, "mail and the database have separate locks") {
  const ProcessLock first(database, Of::writing, 0, k_alice);
  {
    const ProcessLock mailing(database, Of::mailing, 0, k_alice);
    const std::string refused = message_of(database, Of::mailing, k_alice);
    CHECK(refused.starts_with(fmt::format("{}: another offcirc is sending its mail (process {} of alice, for ",
                                          database.string(), ::getpid())));
    CHECK(refused.ends_with(": offcirc load logs)" + k_way_out));
  }
  CHECK(message_of(database, Of::mailing, k_alice).empty());
}

TEST_CASE_FIXTURE(Fixture, "a lock ends with its process, however that ends") {
  Holder holder(database);
  const std::string refused = message_of(database, Of::writing, k_later);
  CHECK(refused.find(fmt::format("(process {} of alice,", holder.pid())) != std::string::npos);
  holder.kill();
  CHECK(!text_of(database.string() + "-lock").empty());
  CHECK(message_of(database, Of::writing, k_later).empty());
  CHECK(text_of(database.string() + "-lock").empty());
}

TEST_CASE_FIXTURE(Fixture, "a process that waits gets the lock") {
  Holder holder(database);
  const pid_t killer = ::fork();
  if (killer == 0) {
    ::usleep(100'000);
    ::kill(holder.pid(), SIGKILL);
    ::_exit(0);
  }
  CHECK(message_of(database, Of::writing, k_later, 600).empty());
  ::waitpid(killer, nullptr, 0);
}

TEST_CASE_FIXTURE(Fixture, "a link to the database leads to the same lock") {
  fs::create_symlink("circ.db", folder.path() / "link.db");
  const ProcessLock first(folder.path() / "link.db", Of::writing, 0, k_alice);
  CHECK(!message_of(database, Of::writing, k_later).empty());
  CHECK(fs::exists(database.string() + "-lock"));
}

TEST_CASE_FIXTURE(Fixture, "whoever may write the database may take its lock") {
  fs::permissions(database, fs::perms(0664));
  { const ProcessLock lock(database, Of::writing, 0, k_alice); }
  struct stat status {};
  REQUIRE(::stat((database.string() + "-lock").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777U) == 0664U);
}

TEST_CASE_FIXTURE(Fixture, "if a lock can't be made, the error names its file") {
  fs::create_directory(database.string() + "-lock");
  CHECK(message_of(database, Of::writing, k_alice) ==
        database.string() +
            "-lock can't be opened: Is a directory. Check who may write it and its folder, and whether "
            "the disk is full.");
}

TEST_CASE("the description of a holder") {
  const Invocation holder{k_now, "alice", "offcirc load 'a\nb' \x1b[31m", "0.1.0"};
  const std::string text = lock_text(holder, k_now, ::getpid(), "desk1");
  const std::string here = fmt::format("process {}", ::getpid());
  const std::string command = ": offcirc load 'a\\x0ab' \\x1b[31m";
  CHECK(name_of_holder(text, k_now + 1, "desk1") == here + " of alice, for 1 second" + command);
  CHECK(name_of_holder(text, k_now + 7199, "desk1") == here + " of alice, for 119 minutes" + command);
  CHECK(name_of_holder(text, k_now + 7200, "desk1") == here + " of alice, for 2 hours" + command);
  CHECK(name_of_holder(text, k_now + 172'800, "desk1") == here + " of alice, for 2 days" + command);
  CHECK(name_of_holder(text, k_now - 1, "desk1") == here + " of alice" + command);
  CHECK(name_of_holder(text, k_now, "desk2") == here + " on desk1 of alice, for 0 seconds" + command);
  CHECK(name_of_holder("", k_now, "desk1").empty());
  for (std::size_t size = 0; size < text.size(); ++size)
    CHECK(name_of_holder(text.substr(0, size), k_now, "desk1").empty());
  CHECK(name_of_holder("0\ndesk1\n1\nalice\nx\n", k_now, "desk1").empty());
  CHECK(name_of_holder("x\ndesk1\n1\nalice\nx\n", k_now, "desk1").empty());
}
