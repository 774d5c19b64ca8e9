// Every format checks whether the input is one of its logs.
#include "formats/registry.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace offcirc {

void fuzz(std::string_view input) {
  const auto claiming = formats_that_claim(input);
  promise(formats_that_claim(input) == claiming, "Asked again, other formats claim the log.");
  if (!input.starts_with('\xEF')) {
    promise(formats_that_claim(std::string("\xEF\xBB\xBF").append(input)) == claiming,
            "With a byte order mark other formats claim the log.");
  }
  for (const LogFormat* format : claiming)
    promise(find_format(format->name) == format, "A format goes by another name.");
}

}  // namespace offcirc
