// The run can't go on. Bad data is never this: it becomes a result or a diagnostic, and the run goes on.
#pragma once

#include <stdexcept>
#include <string>

namespace offcirc {

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

}  // namespace offcirc
