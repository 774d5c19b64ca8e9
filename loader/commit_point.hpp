// Knows which side of its commit a run is on. Before the commit, every failure means that nothing was changed. After
// it, no failure may say so, whatever it is (no memory, a full disk, an exception); it must say what is in the database
// instead.
#pragma once

#include <string>

namespace offcirc {

/// There is one for the process, since a process runs one command. The sentences are made before the commit, so that
/// returning them needs no memory.
class CommitPoint {
 public:
  /// Says that a run begins and has changed nothing yet.
  static void begin() noexcept;
  /// Sets what to say if anything fails after the commit. `done` is a sentence that says what is in the database.
  /// `left` holds sentences that say how to do the rest by hand; it is empty if nothing is left.
  static void prepare(std::string done, std::string left);
  /// Says that the commit is durable. The database calls it at each commit of the run.
  static void pass() noexcept;

  [[nodiscard]] static bool is_passed() noexcept;
  /// "Nothing was changed." before pass(). After it, the sentence given to prepare(); without one, a sentence that says
  /// that what was done so far is in the database.
  [[nodiscard]] static const std::string& done() noexcept;
  /// Follows done(): begins with a blank unless it is empty.
  [[nodiscard]] static const std::string& left() noexcept;
};

}  // namespace offcirc
