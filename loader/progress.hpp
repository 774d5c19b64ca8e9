// How far a run has come, and how it ends when it can't go on.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace offcirc {

// The run can't go on. Bad data is never this: it becomes a result or a diagnostic, and the run goes on.

/// Carries whole sentences for the operator: where, what, the way out. One place, main, catches it: exit status 2.
class RunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What was asked for is done, but something failed at its very end: exit status 1.
class DoneWithTrouble : public RunError {
 public:
  using RunError::RunError;
};

// How far a run has come, for whoever shows it to the operator.

/// What a run is busy with, in this order.
enum class Stage : std::uint8_t { waiting, reading, ordering, looking_up, deciding, writing, reporting };
inline constexpr int k_stage_count = 7;

/// As it stands here, it shows nothing to nobody.
class Progress {
 public:
  Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  virtual ~Progress() = default;

  /// Whether it is worth finding out how much there is to do.
  [[nodiscard]] virtual bool is_shown() const { return false; }
  /// `lines`: how many the stage has to do with; 0: not known.
  virtual void begin(Stage, std::uint64_t /*lines*/) {}
  /// So many of them are done, as far as it can be told.
  virtual void done(std::uint64_t /*lines*/) {}

  static Progress& nobody() {
    static Progress progress;
    return progress;
  }
};

/// Adds up the lines of one stage after the other, and tells of them in steps that are too large to cost anything.
class LineCount {
 public:
  /// `progress` outlives it.
  explicit LineCount(Progress& progress) : m_progress(&progress) {}

  void begin(Stage stage, std::uint64_t lines) {
    m_lines = 0;
    m_progress->begin(stage, lines);
  }
  void add_one() {
    if (++m_lines % k_step == 0) m_progress->done(m_lines);
  }
  [[nodiscard]] Progress& progress() const { return *m_progress; }

 private:
  static constexpr std::uint64_t k_step = 4096;

  Progress* m_progress;
  std::uint64_t m_lines = 0;
};

}  // namespace offcirc
