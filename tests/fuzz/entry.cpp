// The entry point for libFuzzer and for replaying its inputs.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  offcirc::fuzz({reinterpret_cast<const char*>(data), size});
  return 0;
}
