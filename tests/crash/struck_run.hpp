// Runs an action on a database in a child process, on a disk that fails, and reports how it ended.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "tests/crash/fault_vfs.hpp"

namespace offcirc::crash {

struct StruckRun {
  enum class End : std::uint8_t { done, refused, power_cut, otherwise } end = End::otherwise;
  std::string message;           ///< of the RunError, if it was refused
  std::uint64_t operations = 0;  ///< requested from the disk; unknown after a power failure
};

/// `at` counts from 1.
StruckRun run_struck(const std::function<void()>& what, Fault fault, std::uint64_t at, std::uint64_t seed);

}  // namespace offcirc::crash
