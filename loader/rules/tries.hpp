// How results are named, and how the tries of one transaction follow each other: rejected by one load, run again by
// another.
#pragma once

#include <compare>
#include <cstdint>

namespace offcirc {

/// A result as people name it: `3:12`, number 12 in the report of load 3.
struct ResultName {
  std::int64_t load = 0;
  std::uint64_t n = 0;

  friend auto operator<=>(const ResultName&, const ResultName&) = default;
};

/// A later try of a result, the newest whose load stands.
struct LaterTry {
  ResultName name;
  bool loaded = false;
};

}  // namespace offcirc
