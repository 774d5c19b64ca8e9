// How much one load takes in at most, so that no log, however it came about, uses up the memory of the machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace offcirc {

/// Files that are found below the paths that were named.
inline constexpr std::size_t k_max_load_files = 100'000;

/// Of all logs together, unpacked.
inline constexpr std::uint64_t k_max_load_bytes = std::uint64_t{8} << 30;

/// Of all logs together; blank ones, which are only counted, do not count.
inline constexpr std::uint64_t k_max_load_records = 10'000'000;

/// Of the ID of a user or an item. Longer ones are unreadable: no real one comes near.
inline constexpr std::size_t k_max_id_characters = 200;

}  // namespace offcirc
