// Commits, on demand, the faults that no other target may commit: tests/fuzz.sh checks that they are detected.
#include <climits>
#include <memory>

#include "tests/fuzz/fuzz.hpp"

namespace offcirc {

void fuzz(std::string_view input) {
  if (input == "address") {
    const auto bytes = std::make_unique<char[]>(input.size());
    volatile std::size_t behind = input.size();
    bytes[behind] = 'x';
  } else if (input == "undefined") {
    volatile int largest = INT_MAX;
    largest = largest + 1;
  } else if (input == "promise") {
    promise(false, "A promise is broken.");
  }
}

}  // namespace offcirc
