// Preloaded into the program by test_failing_memory.py: makes an allocation fail after the database has committed,
// which it recognizes by the removal of the journal. OFFCIRC_FAIL_AT is the allocation's number, from 1; if
// OFFCIRC_FAIL_ON is set, all later ones fail, too. If OFFCIRC_COUNT_TO names a file, the number of allocations after
// the commit is written there at exit.
#include <dlfcn.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string_view>

// glibc's own functions, under the names that it reserves for replacements of malloc().
extern "C" void* __libc_malloc(std::size_t bytes);
extern "C" void* __libc_calloc(std::size_t count, std::size_t bytes);
extern "C" void* __libc_realloc(void* memory, std::size_t bytes);

namespace {

std::atomic<bool> has_committed{false};
std::atomic<long> allocations{0};

long number_of(const char* variable) {
  const char* text = std::getenv(variable);
  return text == nullptr ? 0 : std::strtol(text, nullptr, 10);
}

bool fails_now() {
  if (!has_committed) return false;
  static const long at = number_of("OFFCIRC_FAIL_AT"), all_that_follow = number_of("OFFCIRC_FAIL_ON");
  const long n = ++allocations;
  if (at == 0 || (all_that_follow != 0 ? n < at : n != at)) return false;
  errno = ENOMEM;
  return true;
}

__attribute__((destructor)) void write_count() {
  const char* file = std::getenv("OFFCIRC_COUNT_TO");
  const long count = allocations;
  if (file == nullptr || !has_committed) return;
  if (std::FILE* to = std::fopen(file, "w")) {
    std::fprintf(to, "%ld\n", count);
    std::fclose(to);
  }
}

}  // namespace

extern "C" void* malloc(std::size_t bytes) {
  return fails_now() ? nullptr : __libc_malloc(bytes);
}

extern "C" void* calloc(std::size_t count, std::size_t bytes) {
  return fails_now() ? nullptr : __libc_calloc(count, bytes);
}

extern "C" void* realloc(void* memory, std::size_t bytes) {
  return fails_now() ? nullptr : __libc_realloc(memory, bytes);
}

extern "C" int unlink(const char* path) noexcept {
  using Unlink = int (*)(const char*);
  static const auto real = reinterpret_cast<Unlink>(::dlsym(RTLD_NEXT, "unlink"));
  const int result = real(path);
  if (std::string_view(path).ends_with("circ.db-journal")) has_committed = true;
  return result;
}
