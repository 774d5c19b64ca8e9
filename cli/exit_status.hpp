// What the program's exit status says: three values, the same for every command, never a count.
#pragma once

namespace offcirc {

enum class ExitStatus : int {
  done = 0,         ///< everything was loaded, written, or found in order
  incomplete = 1,   ///< it ran, and something was rejected, unreadable, or failed after the load was durable
  did_not_run = 2,  ///< it did not run and changed nothing
};

}  // namespace offcirc
