#include "tests/crash/struck_run.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <exception>
#include <stdexcept>

#include "loader/progress.hpp"

namespace offcirc::crash {
namespace {

constexpr int k_done = 0, k_refused = 1, k_otherwise = 2;

// The child's message is shorter than a pipe's buffer.
void say(int to, const std::string& text) {
  if (::write(to, text.data(), text.size()) != static_cast<ssize_t>(text.size())) ::_exit(k_otherwise);
}

[[noreturn]] void run_in_child(const std::function<void()>& what, int to) {
  int status = k_done;
  std::string message;
  try {
    what();
  } catch (const RunError& error) {
    status = k_refused;
    message = error.what();
  } catch (const std::exception& error) {
    status = k_otherwise;
    message = error.what();
  }
  say(to, std::to_string(operations()) + "\n" + message);
  ::_exit(status);
}

std::string hear(int from) {
  std::string text;
  std::array<char, 4096> piece;
  for (ssize_t got = 1; got > 0;) {
    got = ::read(from, piece.data(), piece.size());
    if (got > 0) text.append(piece.data(), static_cast<std::size_t>(got));
  }
  return text;
}

}  // namespace

StruckRun run_struck(const std::function<void()>& what, Fault fault, std::uint64_t at, std::uint64_t seed) {
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) {
    ::close(pipe[0]);
    register_fault_vfs(fault, at, seed);
    run_in_child(what, pipe[1]);
  }
  ::close(pipe[1]);
  const std::string said = hear(pipe[0]);
  ::close(pipe[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  StruckRun run;
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : k_otherwise;
  if (code == k_done) run.end = StruckRun::End::done;
  if (code == k_refused) run.end = StruckRun::End::refused;
  if (code == k_power_cut) run.end = StruckRun::End::power_cut;
  const std::size_t line = said.find('\n');
  if (line == std::string::npos) return run;
  run.operations = std::stoull(said);
  run.message = said.substr(line + 1);
  return run;
}

}  // namespace offcirc::crash
