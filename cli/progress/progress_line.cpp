#include "cli/progress/progress_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace offcirc {
namespace {

constexpr std::array<std::string_view, k_stage_count> k_words = {
    "Waiting for another offcirc to end", "Reading", "Ordering", "Looking up", "Deciding", "Writing", "Reporting"};
constexpr std::size_t k_word_columns = 10;  // of all but waiting, so that nothing jumps
constexpr std::size_t k_narrowest_bar = 8, k_widest_bar = 40;

std::string duration(std::chrono::seconds seconds) {
  const auto count = seconds.count();
  if (count < 90) return fmt::format("{} s", count);
  if (count < 90 * 60) return fmt::format("{} min", (count + 30) / 60);
  return fmt::format("{} h", (count + 1800) / 3600);
}

// 1234567 -> 1,230,000: more digits would only flicker.
std::string rate(double lines_a_second) {
  const double step = std::pow(10, std::max(0.0, std::floor(std::log10(std::max(lines_a_second, 1.0))) - 2));
  std::string digits = fmt::format("{:.0f}", std::round(lines_a_second / step) * step);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits + " lines/s";
}

std::string bar(double part, std::size_t columns) {
  const std::size_t inside = columns - 2;
  const auto full = static_cast<std::size_t>(part * static_cast<double>(inside));
  std::string text = "[" + std::string(full, '=');
  if (full < inside) text += ">";
  text.resize(inside + 1, ' ');
  return text + "]";
}

}  // namespace

std::string progress_line(const ProgressState& state, std::size_t columns) {
  std::string word(k_words[static_cast<std::size_t>(state.stage)]);
  if (word.size() < k_word_columns) word.resize(k_word_columns, ' ');
  const std::string percent = state.part ? fmt::format("{:>3.0f} %", std::floor(*state.part * 100)) : "";
  const std::string speed = state.lines_a_second ? rate(*state.lines_a_second) : "";
  const std::string time = state.left ? duration(*state.left) + " left" : state.waited ? duration(*state.waited) : "";
  // Where there is a bar each has its place, so that nothing jumps.
  if (state.part) {
    const std::string wide = fmt::format("  {}  {:>17}  {:>9}", percent, speed, time);
    const std::string narrow = fmt::format("  {}  {:>9}", percent, time);
    for (const std::string& numbers : {wide, narrow}) {
      const std::size_t taken = word.size() + 2 + numbers.size();
      if (columns >= taken + k_narrowest_bar)
        return word + "  " + bar(*state.part, std::min(columns - taken, k_widest_bar)) + numbers;
    }
  }
  std::string line = word;
  for (const std::string& number : {percent, time})
    if (!number.empty() && line.size() + 2 + number.size() <= columns) line += "  " + number;
  return line.substr(0, columns);
}

}  // namespace offcirc
