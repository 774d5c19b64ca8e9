// A program that receives a mail: its output, its exit status, and detection of its end with and without pidfd_open.
#include <doctest/doctest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <string>

#include "loader/mail/child_process.hpp"

using namespace offcirc;

namespace {

ChildResult run_shell(const std::string& script, std::string_view input = {}, int timeout_seconds = 60) {
  return run_child({"/bin/sh", "-c", script}, input, timeout_seconds);
}

// As a container or a systemd unit may do; a kernel before 5.3 behaves the same.
bool refuse_pidfd_open() {
  sock_filter filter[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                          BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pidfd_open, 0, 1),
                          BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
                          BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  sock_fprog program{sizeof(filter) / sizeof(*filter), filter};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

// Returns the number of the failed check, as an exit status can hold it, or 0.
int trouble_with_children() {
  const ChildResult done = run_shell("cat; exit 3", "a mail\n");
  if (done.timed_out) return 1;
  if (done.exit_status != 3) return 2;
  if (done.output != "a mail\n") return 3;
  const std::string much(200'000, 'x');  // more than a pipe's buffer holds
  const ChildResult counted = run_shell("wc -c", much);
  if (counted.timed_out || std::stoul(counted.output) != much.size()) return 4;
  // Does not wait for the end of output of a background process.
  const ChildResult quick = run_shell("sleep 30 & echo gone");
  if (quick.timed_out || quick.output != "gone\n") return 5;
  const ChildResult hanging = run_shell("exec sleep 30", {}, 1);
  if (!hanging.timed_out) return 6;
  const ChildResult missing = run_child({"/nowhere/sendmail"}, {}, 60);
  if (missing.timed_out || missing.could_run) return 7;
  return 0;
}

}  // namespace

TEST_CASE("a program gets its input, writes output, and ends") {
  CHECK(trouble_with_children() == 0);
}

TEST_CASE("a program gets its input, writes output, and ends even if pidfd_open is refused") {
  const pid_t process = ::fork();
  REQUIRE(process >= 0);
  if (process == 0) {
    if (!refuse_pidfd_open()) ::_exit(100);
    ::_exit(::syscall(SYS_pidfd_open, ::getpid(), 0) >= 0 ? 101 : trouble_with_children());
  }
  int status = 0;
  REQUIRE(::waitpid(process, &status, 0) == process);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 100) return;  // no seccomp here
  CHECK(WEXITSTATUS(status) == 0);
}
