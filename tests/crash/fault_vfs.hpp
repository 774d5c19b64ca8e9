// A disk that can be made to fail, or to lose its power, at the Nth thing that SQLite asks of it.
#pragma once

#include <cstdint>
#include <string_view>

namespace offcirc::crash {

enum class Fault : std::uint8_t {
  none,          ///< only counts
  error,         ///< the Nth operation fails with an I/O error, and is not done
  late_error,    ///< it is done, and reported as an I/O error all the same
  broken,        ///< from the Nth on all of them fail, as of a disk that was unplugged
  full,          ///< half of the Nth write gets to the disk, which is full then, and stays so
  power_kept,    ///< the power is cut at the Nth: all that was written before is on the disk
  power_lost,    ///< likewise, but nothing that was not synced is
  power_sectors  ///< likewise, but any sectors of it are, and any names
};

std::string_view name_of(Fault fault);

/// The power cuts end the process with this exit status.
inline constexpr int k_power_cut = 77;

/// Makes such a disk SQLite's default, for the rest of this process. Operations are opens, writes, truncations, syncs
/// and deletions, counted from 1; `seed` chooses the sectors.
void register_fault_vfs(Fault fault, std::uint64_t at, std::uint64_t seed);

/// So many operations there have been.
std::uint64_t operations();

}  // namespace offcirc::crash
