// What a fuzz target is: a reader and what it promises, whatever it is given to read.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace offcirc {

/// Each target defines it. Whatever `input` is, it comes back, or throws BrokenPromise. The bytes end where they end:
/// a sanitizer sees every step behind them.
void fuzz(std::string_view input);

/// Nobody catches it in a target: the program ends with its sentence, and libFuzzer keeps the input.
class BrokenPromise : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

inline void promise(bool is_kept, const std::string& what) {
  if (!is_kept) throw BrokenPromise(what);
}

}  // namespace offcirc
