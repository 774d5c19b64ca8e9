#include "loader/mail/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "loader/mail/delivery.hpp"
#include "loader/progress.hpp"

namespace offcirc {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t k_max_output_bytes = 64 * 1024;
constexpr int k_could_not_run = 127;  // as in a shell

// Owns a file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : m_number(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  void own(int number) { m_number = number; }
  void close() {
    if (m_number >= 0) ::close(std::exchange(m_number, -1));
  }
  [[nodiscard]] int number() const { return m_number; }

 private:
  int m_number = -1;
};

[[noreturn]] void fail(const std::string& program) {
  throw RunError(fmt::format("{} can't be started: {}.", program, std::strerror(errno)));
}

struct Pipe {
  Descriptor read, write;

  explicit Pipe(const std::string& program) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail(program);
    read.own(ends[0]);
    write.own(ends[1]);
  }
};

[[noreturn]] void become(const std::vector<char*>& arguments, const Pipe& input, const Pipe& output, pid_t parent) {
  // If this mailer is killed, the mail in progress must stop too; otherwise the next mailer could send it at the same
  // time.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(k_could_not_run);
  std::signal(SIGPIPE, SIG_DFL);
  ::unsetenv(k_password_variable);
  ::dup2(input.read.number(), STDIN_FILENO);
  ::dup2(output.write.number(), STDOUT_FILENO);
  ::dup2(output.write.number(), STDERR_FILENO);
  ::execv(arguments.front(), arguments.data());
  ::_exit(k_could_not_run);
}

// Reads what is available, once; false at the end of the output or on an error, such as EAGAIN.
bool take_output(int from, std::string& output) {
  std::array<char, 4096> buffer{};
  const ssize_t got = ::read(from, buffer.data(), buffer.size());
  if (got > 0 && output.size() < k_max_output_bytes) output.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

// Writes as much as the pipe takes.
void give_input(int to, std::string_view& input) {
  const ssize_t written = ::write(to, input.data(), input.size());
  if (written >= 0)
    input.remove_prefix(static_cast<std::size_t>(written));
  else if (errno != EAGAIN && errno != EINTR)
    input = {};  // the program has closed its standard input
}

/// A running program. Detects its end without reaping it, so that waitpid() can still get its exit status.
class Child {
 public:
  explicit Child(pid_t number)
      : m_number(number),
        m_handle(static_cast<int>(::syscall(SYS_pidfd_open, number, 0))) {}  // glibc 2.36 declares it for C only

  /// A descriptor for poll(), or -1, which poll() ignores: pidfd_open fails on a kernel before 5.3, in a sandbox that
  /// forbids it, or with too many open files.
  [[nodiscard]] int handle() const { return m_handle.number(); }
  /// The longest poll() timeout: short without a handle, because has_ended() must then be polled.
  [[nodiscard]] int longest_sleep_ms() const { return handle() < 0 ? 20 : 60'000; }
  [[nodiscard]] bool has_ended() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(m_number), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0;
  }

 private:
  pid_t m_number;
  Descriptor m_handle;
};

// Writes the input and reads the output until the program ends; false if the deadline passes first. Does not wait for
// the end of the output, which a background process of the program could keep open.
bool converse(const Child& child, Descriptor& to, int from, std::string_view input, Clock::time_point deadline,
              std::string& output) {
  ::fcntl(to.number(), F_SETFL, O_NONBLOCK);
  ::fcntl(from, F_SETFL, O_NONBLOCK);
  while (true) {
    if (input.empty()) to.close();
    const std::int64_t left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    // poll() ignores -1, the number of a closed descriptor.
    std::array<pollfd, 3> ends{{{child.handle(), POLLIN, 0}, {from, POLLIN, 0}, {to.number(), POLLOUT, 0}}};
    const bool has_ended = child.handle() < 0 && child.has_ended();  // asked first, so that no output is missed
    const auto sleep = std::min<std::int64_t>(left, has_ended ? 0 : child.longest_sleep_ms());
    if (::poll(ends.data(), ends.size(), static_cast<int>(sleep)) < 0) continue;
    if (ends[2].revents != 0) give_input(to.number(), input);
    if (ends[1].revents != 0 && !take_output(from, output)) from = -1;
    if (ends[0].revents == 0 && !has_ended) continue;
    while (from >= 0 && take_output(from, output)) {
    }
    return true;
  }
}

}  // namespace

ChildResult run_child(const std::vector<std::string>& command, std::string_view input, int timeout_seconds) {
  const Clock::time_point deadline = Clock::now() + std::chrono::seconds(timeout_seconds);
  const std::string& program = command.front();
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));  // for execv
  arguments.push_back(nullptr);

  Pipe to_child(program), from_child(program);
  const pid_t parent = ::getpid();
  const pid_t process = ::fork();
  if (process < 0) fail(program);
  if (process == 0) become(arguments, to_child, from_child, parent);
  to_child.read.close();
  from_child.write.close();

  ChildResult result;
  result.timed_out =
      !converse(Child(process), to_child.write, from_child.read.number(), input, deadline, result.output);
  if (result.timed_out) ::kill(process, SIGKILL);
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  result.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  result.could_run = result.exit_status != k_could_not_run;
  return result;
}

}  // namespace offcirc
