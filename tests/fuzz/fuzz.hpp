// The interface of a fuzz target: a reader and what it promises for any input.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace offcirc {

/// Defined by each target. Returns for any `input`, or throws BrokenPromise. The memory ends with the input, so that a
/// sanitizer detects any read past its end.
void fuzz(std::string_view input);

/// Targets do not catch it: the program ends with its message, and libFuzzer keeps the input.
class BrokenPromise : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

inline void promise(bool is_kept, const std::string& what) {
  if (!is_kept) throw BrokenPromise(what);
}

}  // namespace offcirc
