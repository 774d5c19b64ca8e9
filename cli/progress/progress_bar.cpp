#include "cli/progress/progress_bar.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

namespace offcirc {
namespace {

// Before that, the time left would be a guess.
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
  // Whoever waits says so again and again.
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
  // The last column stays free: a terminal may begin a new line as soon as it is filled.
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
