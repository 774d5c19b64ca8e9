// Measures how fast logs are parsed, compared with how an ordinary program would parse them.
// Usage: bench_parse [MEGABYTES]      of each of the two logs; 200 by default
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "formats/registry.hpp"
#include "tests/bench/parse/line_by_line.hpp"
#include "tests/bench/parse/sample_logs.hpp"

namespace offcirc::bench {
namespace {

constexpr int k_rounds = 5;
constexpr std::size_t k_megabyte = 1'000'000;

/// One way to read a log, and its time in each round.
struct Contest {
  std::string name;
  const std::string* log;
  std::function<Tally(const std::string&)> read;
  std::vector<double> cpu_seconds;
  Tally tally;
};

// The CPU time of this process alone, to exclude most of the machine's other load.
double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Tally count_lines(const std::string& log) {
  Tally tally;
  const char* at = log.data();
  const char* end = at + log.size();
  while (const void* newline = std::memchr(at, '\n', static_cast<std::size_t>(end - at))) {
    ++tally.transactions;
    at = static_cast<const char*>(newline) + 1;
  }
  return tally;
}

Tally read_with_offcirc(const LogFormat& format, const std::string& log) {
  TextArena arena;
  Decoder decoder("windows-1252", arena);
  const auto parser = std::get<std::unique_ptr<LogParser>>(format.open(log, {arena, decoder, DateOrder::mdy}));
  Tally tally;
  for (Record record; parser->next(record);) {
    const auto* t = std::get_if<Transaction>(&record.content);
    if (t == nullptr) throw std::runtime_error("A line of the sample is not read.");
    tally.add(t->kind, t->recorded, t->due, t->discharged_on, t->user_id, t->item_id,
              t->desk->library.size() + t->desk->user_access.size());
  }
  return tally;
}

// The copy of the log that the stream makes is not measured.
void run(Contest& contest) {
  const double start = cpu_seconds();
  contest.tally = contest.read(*contest.log);
  contest.cpu_seconds.push_back(cpu_seconds() - start);
}

void run_from_stream(Contest& contest, Tally (*read)(std::istream&)) {
  std::istringstream stream(*contest.log);
  const double start = cpu_seconds();
  contest.tally = read(stream);
  contest.cpu_seconds.push_back(cpu_seconds() - start);
}

void expect_same(const Contest& a, const Contest& b) {
  if (!(a.tally == b.tally)) throw std::runtime_error(a.name + " and " + b.name + " read different things.");
}

double megabytes_a_second(const Contest& contest) {
  return static_cast<double>(contest.log->size()) / k_megabyte / median(contest.cpu_seconds);
}

void print(const Contest& contest) {
  fmt::print("{:<40} {:>8.0f} MB/s  {:>6.0f} ns a line\n", contest.name, megabytes_a_second(contest),
             median(contest.cpu_seconds) * 1e9 / static_cast<double>(contest.tally.transactions));
}

void run_all(std::size_t megabytes) {
  const std::string symphony_log = make_symphony_log(megabytes * k_megabyte, 1);
  const std::string evergreen_log = make_evergreen_log(megabytes * k_megabyte, 2);
  Contest lines{"newlines of the symphony log", &symphony_log, count_lines, {}, {}};
  Contest symphony{"symphony, offcirc",
                   &symphony_log,
                   [](const std::string& log) { return read_with_offcirc(k_symphony_format, log); },
                   {},
                   {}};
  Contest split{"symphony, getline and split", &symphony_log, {}, {}, {}};
  Contest evergreen{"evergreen, offcirc",
                    &evergreen_log,
                    [](const std::string& log) { return read_with_offcirc(k_evergreen_format, log); },
                    {},
                    {}};
  Contest nlohmann{"evergreen, getline and nlohmann-json", &evergreen_log, {}, {}, {}};
  for (int round = 0; round < k_rounds; ++round) {
    run(lines);
    run(symphony);
    run_from_stream(split, read_symphony_by_splitting);
    run(evergreen);
    run_from_stream(nlohmann, read_evergreen_with_nlohmann);
  }
  expect_same(symphony, split);
  expect_same(evergreen, nlohmann);
  fmt::print("{} MB of each log, processor time, median of {}\n", megabytes, k_rounds);
  for (const Contest* contest : std::array{&lines, &symphony, &split, &evergreen, &nlohmann}) print(*contest);
  fmt::print("symphony: {:.1f} times as fast as getline and split (at least 10 are wanted)\n",
             megabytes_a_second(symphony) / megabytes_a_second(split));
  fmt::print("evergreen: {:.1f} times as fast as nlohmann-json (at least 3 are wanted)\n",
             megabytes_a_second(evergreen) / megabytes_a_second(nlohmann));
}

}  // namespace
}  // namespace offcirc::bench

int main(int argc, char** argv) {
  const long megabytes = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 200;
  if (argc > 2 || megabytes < 1 || megabytes > 2000) {
    fmt::print(stderr, "Usage: bench_parse [MEGABYTES]      from 1 to 2000\n");
    return 2;
  }
  try {
    offcirc::bench::run_all(static_cast<std::size_t>(megabytes));
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_parse: {}\n", error.what());
    return 1;
  }
  return 0;
}
