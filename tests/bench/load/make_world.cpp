// Makes a library system and its logs in a folder. Usage: bench_world FOLDER [NAME=NUMBER]..., where each name is a
// member of WorldSize.
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <exception>
#include <map>
#include <stdexcept>

#include "tests/bench/load/world.hpp"

namespace offcirc::bench {
namespace {

WorldSize size_of(int count, const char* const* arguments) {
  std::map<std::string, std::uint64_t, std::less<>> given;
  for (int i = 0; i < count; ++i) {
    const std::string_view argument = arguments[i];
    const std::size_t sign = argument.find('=');
    std::uint64_t value = 0;
    const char* end = argument.data() + argument.size();
    if (sign == std::string_view::npos || std::from_chars(argument.data() + sign + 1, end, value).ptr != end)
      throw std::runtime_error(fmt::format("expected NAME=NUMBER, got {}", argument));
    given[std::string(argument.substr(0, sign))] = value;
  }
  const auto take = [&](const char* name, std::uint64_t otherwise) {
    const auto found = given.extract(name);
    return found.empty() ? otherwise : found.mapped();
  };
  WorldSize size;
  size.items = take("items", size.items);
  size.lines = take("lines", size.lines);
  size.users = take("users", std::max<std::uint64_t>(size.items / 5, 1));
  size.charges = take("charges", size.items * 3 / 10);
  size.holds = take("holds", size.items / 50);
  size.bills = take("bills", size.users / 10);
  size.stations = static_cast<std::uint32_t>(take("stations", size.stations));
  size.seed = take("seed", size.seed);
  size.mix.registrations = static_cast<int>(take("registrations", 10));
  size.mix.unknown_items = static_cast<int>(take("unknown_items", 3));
  size.mix.unknown_users = static_cast<int>(take("unknown_users", 2));
  size.mix.unreadable = static_cast<int>(take("unreadable", 1));
  if (!given.empty()) throw std::runtime_error(fmt::format("there is no size called {}", given.begin()->first));
  if (size.stations == 0 || size.stations > 99 * k_stations_of_library || size.users == 0 || size.items == 0)
    throw std::runtime_error("there have to be users, items, and 1 to 297 stations");
  return size;
}

int run(int count, const char* const* arguments) {
  try {
    if (count < 2) throw std::runtime_error("usage: bench_world FOLDER [NAME=NUMBER]...");
    const WorldSize size = size_of(count - 2, arguments + 2);
    const std::filesystem::path folder = arguments[1];
    std::filesystem::create_directories(folder);
    write_config(size, folder);
    Holders holders = write_database(size, folder / "circ.db");
    write_logs(size, holders, folder / "logs");
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_world: {}\n", error.what());
    return 2;
  }
}

}  // namespace
}  // namespace offcirc::bench

int main(int count, char** arguments) {
  return offcirc::bench::run(count, arguments);
}
