// One log format, OFFCIRC_FORMAT, reads the input as one of its logs.
#include "formats/registry.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/log_checks.hpp"

namespace offcirc {

void fuzz(std::string_view input) {
  static const LogFormat& format = *find_format(OFFCIRC_FORMAT);
  check_log(format, input);
}

}  // namespace offcirc
