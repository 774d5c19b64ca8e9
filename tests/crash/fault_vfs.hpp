// A disk that fails or loses power at the Nth operation that SQLite requests.
#pragma once

#include <cstdint>
#include <string_view>

namespace offcirc::crash {

enum class Fault : std::uint8_t {
  none,          ///< only counts
  error,         ///< the Nth operation fails with an I/O error and has no effect
  late_error,    ///< the Nth operation takes effect but reports an I/O error
  broken,        ///< the Nth and all later operations fail, as on an unplugged disk
  full,          ///< half of the Nth write reaches the disk, which is full from then on
  power_kept,    ///< power fails at the Nth operation: everything written before it is on the disk
  power_lost,    ///< the same, but nothing unsynced is on the disk
  power_sectors  ///< the same, but any of the unsynced sectors and names may be on the disk
};

std::string_view name_of(Fault fault);

/// A power failure ends the process with this exit status.
inline constexpr int k_power_cut = 77;

/// Makes this disk SQLite's default for the rest of the process. Operations are opens, writes, truncations, syncs, and
/// deletions, counted from 1; `seed` chooses the sectors.
void register_fault_vfs(Fault fault, std::uint64_t at, std::uint64_t seed);

/// The number of operations so far.
std::uint64_t operations();

}  // namespace offcirc::crash
