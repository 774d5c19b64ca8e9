#include "cli/progress/progress_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

namespace offcirc {

namespace {

constexpr std::array<std::string_view, k_stage_count> k_words = {
    "Waiting for another offcirc to end", "Reading", "Ordering", "Looking up", "Deciding", "Writing", "Reporting"};
constexpr std::size_t k_word_columns = 10;  // the longest word but the one for waiting, so that the bar stays in place
constexpr std::size_t k_narrowest_bar = 8, k_widest_bar = 40;

std::string duration(std::chrono::seconds seconds) {
  const auto count = seconds.count();
  if (count < 90) return fmt::format("{} s", count);
  if (count < 90 * 60) return fmt::format("{} min", (count + 30) / 60);
  return fmt::format("{} h", (count + 1800) / 3600);
}

// Rounds to three significant digits, 1234567 -> 1,230,000, because further digits would only flicker.
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
  // Next to a bar the numbers have fixed widths, so that nothing moves.
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

namespace {

// The part of the run that must be done before the time left is shown; earlier it would be a guess.
constexpr double k_enough = 0.03;

std::size_t index_of(Stage stage) {
  return static_cast<std::size_t>(stage);
}

}  // namespace

ProgressBar::ProgressBar(ProgressScreen screen, const StageShares& shares)
    : m_screen(std::move(screen)), m_shares(shares), m_began(m_screen.clock()), m_stage_began(m_began) {
  const double sum = std::accumulate(m_shares.begin(), m_shares.end(), 0.0);
  for (double& share : m_shares) share /= sum;
}

void ProgressBar::begin(Stage stage, std::uint64_t lines) {
  const Time now = m_screen.clock();
  // A process that waits for a lock calls this for every attempt.
  const bool goes_on = stage == Stage::waiting && m_stage == stage;
  if (!goes_on) {
    if (m_stage == Stage::waiting) m_waited += now - m_stage_began;
    m_stage = stage;
    m_stage_began = now;
  }
  m_lines = lines;
  m_done = 0;
  if (stage != Stage::looking_up && stage != Stage::writing && lines > 0) m_lines_of_run = lines;
  draw_when_due(now);
}

void ProgressBar::done(std::uint64_t lines) {
  m_done = lines;
  draw_when_due(m_screen.clock());
}

void ProgressBar::wipe() {
  if (m_is_drawn) m_screen.wipe();
  m_is_drawn = false;
}

void ProgressBar::finish() {
  wipe();
  m_is_finished = true;
}

void ProgressBar::draw_when_due(Time now) {
  if (m_is_finished || now - m_began < k_patience || now - m_drawn < k_between_drawings) return;
  m_drawn = now;
  const std::size_t columns = m_screen.columns();
  if (columns < 2) return;
  // Leaves the last column free, because a terminal may wrap as soon as it is filled.
  const std::string line = progress_line(state_at(now), columns - 1);
  m_screen.draw("\r" + line + "\x1b[K");
  m_is_drawn = true;
}

double ProgressBar::part_of_stage() const {
  return m_lines == 0 ? 0 : std::min(1.0, static_cast<double>(m_done) / static_cast<double>(m_lines));
}

ProgressState ProgressBar::state_at(Time now) const {
  using std::chrono::duration;
  using std::chrono::seconds;
  ProgressState state;
  state.stage = m_stage;
  const Time in_stage = now - m_stage_began;
  if (m_stage == Stage::waiting) {
    state.waited = std::chrono::floor<seconds>(in_stage);
    return state;
  }
  const double before = std::accumulate(m_shares.begin(), m_shares.begin() + static_cast<std::ptrdiff_t>(m_stage), 0.0);
  state.part = before + m_shares[index_of(m_stage)] * part_of_stage();
  if (part_of_stage() > 0 && in_stage.count() > 0)
    state.lines_a_second = part_of_stage() * static_cast<double>(m_lines_of_run) / duration<double>(in_stage).count();
  const double worked = duration<double>(now - m_began - m_waited).count();
  if (*state.part >= k_enough)
    state.left = std::chrono::ceil<seconds>(duration<double>(worked * (1 - *state.part) / *state.part));
  return state;
}

}  // namespace offcirc
