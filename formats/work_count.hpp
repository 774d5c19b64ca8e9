// Counts the bytes that readers look at, so that a test can tell linear work from quadratic without a clock.
#pragma once

#include <cstddef>
#include <cstdint>

namespace offcirc {

/// Of this thread. Readers add to it once per search or line, not once per byte.
class WorkCount {
 public:
  static void add(std::size_t bytes) { m_bytes += bytes; }
  [[nodiscard]] static std::uint64_t bytes() { return m_bytes; }

 private:
  inline static thread_local std::uint64_t m_bytes = 0;
};

}  // namespace offcirc
