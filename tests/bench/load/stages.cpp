// Shows where a load spends its time. bench_stages CONFIG DATABASE NOW LOGS... loads as the program does and prints the
// time of each stage and the peak memory by its end, as CSV.
#include <fmt/format.h>
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <string>

#include "loader/memory/pages.hpp"
#include "loader/progress.hpp"
#include "loader/report/rendering.hpp"
#include "loader/report/report.hpp"
#include "loader/runs/load.hpp"

namespace offcirc::bench {
namespace {

constexpr std::array<std::string_view, k_stage_count> k_names = {"waiting",  "reading", "ordering", "looking up",
                                                                 "deciding", "writing", "reporting"};

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

class StageClock : public Progress {
 public:
  void begin(Stage stage, std::uint64_t) override {
    end_stage();
    m_name = k_names.at(static_cast<std::size_t>(stage));
  }

  void end_stage() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const double cpu = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    const auto now = std::chrono::steady_clock::now();
    if (!m_name.empty())
      fmt::print("{},{:.3f},{:.3f},{:.0f}\n", m_name, cpu - m_cpu, std::chrono::duration<double>(now - m_began).count(),
                 static_cast<double>(usage.ru_maxrss) / 1024);
    m_cpu = cpu;
    m_began = now;
  }

 private:
  std::string_view m_name;
  double m_cpu = 0;
  std::chrono::steady_clock::time_point m_began;
};

int run(int count, char** arguments) {
  if (count < 5) {
    fmt::print(stderr, "usage: bench_stages CONFIG DATABASE NOW LOGS...\n");
    return 2;
  }
  try {
    prepare_heap();
    Config config = read_config(arguments[1]);
    LoadOptions options;
    options.database = arguments[2];
    options.now = std::stoll(arguments[3]);
    options.intake.paths.assign(arguments + 4, arguments + count);
    StageClock stages;
    options.progress = &stages;
    fmt::print("stage,cpu_seconds,wall_seconds,peak_megabytes\n");
    const LoadOutcome outcome = run_load(options, config);
    stages.begin(Stage::reporting, 0);
    const Report report = make_report(outcome, config);
    std::uint64_t bytes = 0;
    find_rendering("text")->write(report, config.policy.zone, [&](std::string_view text) { bytes += text.size(); });
    stages.end_stage();
    return bytes == 0 ? 1 : 0;
  } catch (const RunError& error) {
    fmt::print(stderr, "bench_stages: {}\n", error.what());
    return 2;
  }
}

}  // namespace
}  // namespace offcirc::bench

int main(int count, char** arguments) {
  return offcirc::bench::run(count, arguments);
}
