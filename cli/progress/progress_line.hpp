// The progress line on the terminal: the current stage, how much of the run is done, the rate, and the time left.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "loader/progress.hpp"

namespace offcirc {

struct ProgressState {
  Stage stage = Stage::reading;
  std::optional<double> part;                  ///< of the whole run that is done, 0 to 1; nullopt while waiting
  std::optional<double> lines_a_second;        ///< in this stage
  std::optional<std::chrono::seconds> left;    ///< until the end of the run
  std::optional<std::chrono::seconds> waited;  ///< for another offcirc; nullopt unless waiting
};

/// At most `columns` of plain ASCII without line breaks: `Deciding   [====>     ]  47 %  310,000 lines/s  12 s left`.
/// If the space is too narrow, drops the rate first, then the bar, then the time.
std::string progress_line(const ProgressState& state, std::size_t columns);

/// Returns the cursor to the start of the line and erases the line.
inline constexpr std::string_view k_wipe_line = "\r\x1b[K";

/// The terminal and the clock of the bar, replaceable in tests.
struct ProgressScreen {
  std::function<void(std::string_view)> draw;
  std::function<void()> wipe;
  /// Returns 0 while nothing may be drawn.
  std::function<std::size_t()> columns;
  std::function<std::chrono::milliseconds()> clock;
};

/// By Stage: the share of its time that a run spends in it. ProgressBar scales them to a sum of 1.
using StageShares = std::array<double, k_stage_count>;
// Measured with 300,000 lines loaded into as many items.
inline constexpr StageShares k_load_shares = {0, 0.09, 0.05, 0.23, 0.10, 0.45, 0.08};
inline constexpr StageShares k_check_shares = {0, 0.09, 0.05, 0.23, 0.10, 0, 0.08};
inline constexpr StageShares k_import_shares = {0, 0.9, 0, 0, 0, 0.1, 0};

/// Draws the progress line on a terminal for a run that takes long enough.
class ProgressBar : public Progress {
 public:
  /// The bar appears after this time, so that a short run shows nothing.
  static constexpr std::chrono::milliseconds k_patience{700};
  static constexpr std::chrono::milliseconds k_between_drawings{100};

  /// Starts the clock of the run.
  ProgressBar(ProgressScreen screen, const StageShares& shares);

  [[nodiscard]] bool is_shown() const override { return true; }
  void begin(Stage stage, std::uint64_t lines) override;
  void done(std::uint64_t lines) override;
  /// Clears the line for a message. The next update draws the bar again.
  void wipe();
  /// Clears the line, and draws no more.
  void finish();

 private:
  using Time = std::chrono::milliseconds;

  void draw_when_due(Time now);
  [[nodiscard]] ProgressState state_at(Time now) const;
  [[nodiscard]] double part_of_stage() const;

  ProgressScreen m_screen;
  StageShares m_shares;
  Stage m_stage = Stage::reading;
  std::uint64_t m_lines = 0, m_done = 0;
  std::uint64_t m_lines_of_run = 0;  // for the rate: looking up and writing count rows, several per line
  Time m_began, m_stage_began;
  Time m_waited{0};  // in total
  Time m_drawn{-k_between_drawings};
  bool m_is_drawn = false;
  bool m_is_finished = false;
};

}  // namespace offcirc
