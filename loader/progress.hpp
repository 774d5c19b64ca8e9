// The progress of a run, and the exceptions by which it ends when it can't go on.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace offcirc {

// The run can't go on. Bad data is never this: it becomes a result or a diagnostic, and the run goes on.

/// Carries whole sentences for the operator: where, what is wrong, and the way out. It ends the run in main with exit
/// status 2.
class RunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The run did what was asked, but something failed at the very end: exit status 1.
class DoneWithTrouble : public RunError {
 public:
  using RunError::RunError;
};

// The progress of a run, for the code that shows it to the operator.

/// The stages of a run, in order.
enum class Stage : std::uint8_t { waiting, reading, ordering, looking_up, deciding, writing, reporting };
inline constexpr int k_stage_count = 7;

/// Receives the progress of a run. This base class ignores it.
class Progress {
 public:
  Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  virtual ~Progress() = default;

  /// Whether it is worth finding out how much there is to do.
  [[nodiscard]] virtual bool is_shown() const { return false; }
  /// `lines` is how many lines the stage has to process; 0: not known.
  virtual void begin(Stage, std::uint64_t /*lines*/) {}
  /// `lines` is how many of them are done, as far as is known.
  virtual void done(std::uint64_t /*lines*/) {}

  static Progress& nobody() {
    static Progress progress;
    return progress;
  }
};

/// Counts the lines of each stage in turn, and reports them in steps large enough to cost nothing.
class LineCount {
 public:
  /// `progress` must outlive the count.
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
