#include <fmt/format.h>

#include <numeric>

#include "tests/bench/load/world.hpp"

namespace offcirc::bench {
namespace {

constexpr std::uint64_t k_roll = 1000;

std::uint64_t barcode_number(std::uint64_t number, std::uint64_t count) {
  const std::uint64_t rolls = count / k_roll;
  const std::uint64_t roll = number / k_roll;
  if (roll >= rolls) return number;
  std::uint64_t step = 7919;
  while (std::gcd(step, rolls) != 1) step += 2;
  return roll * step % rolls * k_roll + number % k_roll;
}

// The Luhn check digit, as library barcodes use it.
std::string with_check_digit(const std::string& digits) {
  int sum = 0;
  bool doubled = true;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, doubled = !doubled) {
    const int value = (*digit - '0') * (doubled ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace

std::string user_id(std::uint64_t number, std::uint64_t count) {
  return with_check_digit(fmt::format("2122{:09}", barcode_number(number, count)));
}

std::string item_id(std::uint64_t number, std::uint64_t count) {
  return with_check_digit(fmt::format("3122{:09}", barcode_number(number, count)));
}

std::uint32_t library_count(const WorldSize& size) {
  return (size.stations + k_stations_of_library - 1) / k_stations_of_library;
}

std::uint32_t library_of_item(std::uint64_t number, const WorldSize& size) {
  return static_cast<std::uint32_t>(number / k_roll % library_count(size));
}

std::uint64_t item_of_library(std::uint64_t number, std::uint32_t library, const WorldSize& size) {
  const std::uint64_t nearest = (number / k_roll - library_of_item(number, size) + library) * k_roll + number % k_roll;
  return nearest < size.items ? nearest : number;
}

std::string library_code(std::uint32_t library) {
  return fmt::format("L{:02}", library + 1);
}

}  // namespace offcirc::bench
