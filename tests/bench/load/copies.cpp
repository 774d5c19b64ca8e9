// Measures what a load spends on recognizing copies: bench_copies CONFIG DATABASE NOW LOGS... reads the logs as a load
// does, finds what is recorded already, and prints the processor time of that in seconds. Nothing is loaded.
#include <fmt/format.h>

#include <ctime>
#include <string>

#include "loader/config/config.hpp"
#include "loader/intake/intake.hpp"
#include "loader/memory/pages.hpp"
#include "loader/progress.hpp"
#include "loader/runs/recorded.hpp"
#include "loader/store/store.hpp"

namespace offcirc::bench {
namespace {

double processor_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

int run(int count, char** arguments) {
  if (count < 5) {
    fmt::print(stderr, "usage: bench_copies CONFIG DATABASE NOW LOGS...\n");
    return 2;
  }
  try {
    prepare_heap();
    const Config config = read_config(arguments[1]);
    IntakeOptions options;
    options.now = std::stoll(arguments[3]);
    options.paths.assign(arguments + 4, arguments + count);
    Batch batch = read_batch(options, config);
    Store store(arguments[2], Store::Access::write);
    store.begin(0, {*options.now, "bench", "bench_copies", ""});
    const double began = processor_seconds();
    const Recorded recorded = find_recorded(batch, {false, false, config.policy.zone}, store.database());
    fmt::print("{:.3f}\n", processor_seconds() - began);
    return recorded.entries.size() == batch.entries.size() ? 0 : 1;
  } catch (const RunError& error) {
    fmt::print(stderr, "bench_copies: {}\n", error.what());
    return 2;
  }
}

}  // namespace
}  // namespace offcirc::bench

int main(int count, char** arguments) {
  return offcirc::bench::run(count, arguments);
}
