// Random numbers that are the same on every machine: the generator is the standard library's, the distributions are
// not.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace offcirc::model {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : m_random(seed) {}

  /// 0 .. sides - 1
  int below(int sides) { return static_cast<int>(m_random() % static_cast<std::uint64_t>(sides)); }
  int between(int low, int high) { return low + below(high - low + 1); }
  bool chance(int percent) { return below(100) < percent; }
  template <typename T>
  const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
  }
  template <typename T>
  void shuffle(std::vector<T>& list) {
    for (int i = static_cast<int>(list.size()) - 1; i > 0; --i) {
      std::swap(list[static_cast<std::size_t>(i)], list[static_cast<std::size_t>(below(i + 1))]);
    }
  }

 private:
  std::mt19937_64 m_random;
};

}  // namespace offcirc::model
