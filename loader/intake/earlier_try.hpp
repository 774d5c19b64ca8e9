// Of a transaction that is run again: which result of an earlier load it was, and what that load asked of its time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "formats/stamp.hpp"

namespace offcirc {

struct EarlierTry {
  std::int64_t result = 0;  ///< number of the row
  std::int64_t load = 0;
  std::uint64_t n = 0;                    ///< in the report of that load
  Seconds first_loaded_at = 0;            ///< UTC: nothing was recorded after it, and its age is counted from it
  std::optional<Seconds> accepted_since;  ///< UTC; what --since said then
  std::string perhaps_loaded = {};        ///< what PerhapsLoaded said of it then; empty: nothing
};

}  // namespace offcirc
