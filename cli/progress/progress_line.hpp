// The line on a terminal that shows how far a run has come.
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

// The one line that says how far a run has come: what it is busy with, how much of it is done, how fast it goes, and
// how long it will still take.

struct ProgressState {
  Stage stage = Stage::reading;
  std::optional<double> part;                  ///< of the whole run, 0 to 1; none while that can't be told
  std::optional<double> lines_a_second;        ///< of this stage
  std::optional<std::chrono::seconds> left;    ///< of the whole run
  std::optional<std::chrono::seconds> waited;  ///< while nothing can be done
};

/// At most `columns` of plain ASCII without line breaks: `Deciding   [====>     ]  47 %  310,000 lines/s  12 s left`.
/// Where it gets narrow, the rate goes first, then the bar, then the time.
std::string progress_line(const ProgressState& state, std::size_t columns);

// Shows on a terminal how far a run has come, when it takes so long that somebody may wonder.

/// Back to the beginning of the line, and nothing on it.
inline constexpr std::string_view k_wipe_line = "\r\x1b[K";

/// What the bar is drawn on, and when.
struct ProgressScreen {
  std::function<void(std::string_view)> draw;
  std::function<void()> wipe;
  /// 0: nothing can be drawn just now.
  std::function<std::size_t()> columns;
  std::function<std::chrono::milliseconds()> clock;
};

/// By Stage: which part of its time a run spends on it. They need not add up to 1.
using StageShares = std::array<double, k_stage_count>;
// As measured when 300,000 lines were loaded into as many items.
inline constexpr StageShares k_load_shares = {0, 0.09, 0.05, 0.23, 0.10, 0.45, 0.08};
inline constexpr StageShares k_check_shares = {0, 0.09, 0.05, 0.23, 0.10, 0, 0.08};
inline constexpr StageShares k_import_shares = {0, 0.9, 0, 0, 0, 0.1, 0};

class ProgressBar : public Progress {
 public:
  /// A run that ends sooner shows nothing.
  static constexpr std::chrono::milliseconds k_patience{700};
  static constexpr std::chrono::milliseconds k_between_drawings{100};

  /// The run begins now.
  ProgressBar(ProgressScreen screen, const StageShares& shares);

  [[nodiscard]] bool is_shown() const override { return true; }
  void begin(Stage stage, std::uint64_t lines) override;
  void done(std::uint64_t lines) override;
  /// Leaves an empty line for what is to be said; what is drawn next is drawn anew.
  void wipe();
  /// The same, for the last time.
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
  std::uint64_t m_lines_of_run = 0;  // to look up and to write, a line is several rows
  Time m_began, m_stage_began;
  Time m_waited{0};  // in all
  Time m_drawn{-k_between_drawings};
  bool m_is_drawn = false;
  bool m_is_finished = false;
};

}  // namespace offcirc
