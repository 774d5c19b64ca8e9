// Makes long logs for benchmarks: invented checkouts, check-ins, and renewals in the forms that stations write.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace offcirc::bench {

/// At least `bytes` of one station's Symphony log. The same seed gives the same bytes.
std::string make_symphony_log(std::size_t bytes, std::uint64_t seed);

/// At least `bytes` of an Evergreen log, as the web client writes it.
std::string make_evergreen_log(std::size_t bytes, std::uint64_t seed);

}  // namespace offcirc::bench
