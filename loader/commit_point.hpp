// Which side of its commit a run is on. Before the commit every failure means that nothing was changed. After it no
// failure may say so, whatever it is (no memory, a full disk, an exception): it says what is in the database instead.
#pragma once

#include <string>

namespace offcirc {

/// One for the process, since a process runs one command. The sentences are made before the commit, so that saying them
/// needs no memory.
class CommitPoint {
 public:
  /// A run begins, and has changed nothing.
  static void begin() noexcept;
  /// To be said if anything fails after the commit. `done`: what is in the database, a sentence. `left`: how the rest
  /// is done by hand, sentences; empty where nothing is left.
  static void prepare(std::string done, std::string left);
  /// The commit is durable. Called by the database, at each commit of the run.
  static void pass() noexcept;

  [[nodiscard]] static bool is_passed() noexcept;
  /// What prepare() said; without it, that what was done so far is in the database. "Nothing was changed." before
  /// pass().
  [[nodiscard]] static const std::string& done() noexcept;
  /// To follow done(): begins with a blank, unless it is empty.
  [[nodiscard]] static const std::string& left() noexcept;
};

}  // namespace offcirc
