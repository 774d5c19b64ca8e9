// Loads as an ordinary, careful program would. Usage: bench_rival [--durable-lines] CONFIG DATABASE NOW LOGS...
#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "loader/progress.hpp"
#include "tests/bench/load/line_by_line.hpp"

int main(int count, char** arguments) {
  using namespace offcirc;
  const bool each_line = count > 1 && std::string(arguments[1]) == "--durable-lines";
  char** const given = arguments + (each_line ? 1 : 0);
  if (count - (each_line ? 1 : 0) < 5) {
    fmt::print(stderr, "usage: bench_rival [--durable-lines] CONFIG DATABASE NOW LOGS...\n");
    return 2;
  }
  try {
    Config config = read_config(given[1]);
    LoadOptions options;
    options.database = given[2];
    options.now = std::stoll(given[3]);
    options.intake.paths.assign(given + 4, arguments + count);
    const std::size_t results =
        bench::load_line_by_line(options, config, each_line ? bench::Durable::each_line : bench::Durable::at_the_end);
    fmt::print("{} results\n", results);
    return 0;
  } catch (const RunError& error) {
    fmt::print(stderr, "bench_rival: {}\n", error.what());
    return 2;
  }
}
