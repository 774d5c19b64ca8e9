// Where libFuzzer, and the replay of what it has found, come in.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  offcirc::fuzz({reinterpret_cast<const char*>(data), size});
  return 0;
}
