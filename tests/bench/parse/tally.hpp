// A checksum on which all ways of reading a log must agree, so that none is fast because it reads less.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc::bench {

/// Sums over all transactions of a log.
struct Tally {
  std::uint64_t transactions = 0;
  std::uint64_t digits = 0;  ///< a hash over the values read

  /// `desk_bytes` is the total length of the library's and the user access's names.
  void add(Kind kind, Stamp recorded, Stamp due, Stamp discharged_on, std::string_view user_id,
           std::string_view item_id, std::size_t desk_bytes) {
    ++transactions;
    digits = digits * 31 + static_cast<std::uint64_t>(kind) + static_cast<std::uint64_t>(recorded.seconds()) +
             static_cast<std::uint64_t>(due.seconds()) * 3 + static_cast<std::uint64_t>(discharged_on.seconds()) * 5 +
             last_bytes(user_id) * 7 + last_bytes(item_id) * 11 + desk_bytes * 13;
  }

  friend bool operator==(const Tally&, const Tally&) = default;

 private:
  // As one number: both sides compute it, so it must cost little compared with the parsing.
  static std::uint64_t last_bytes(std::string_view id) {
    std::uint64_t bytes = 0;
    const std::size_t count = std::min(id.size(), sizeof bytes);
    std::memcpy(&bytes, id.data() + id.size() - count, count);
    return bytes + id.size();
  }
};

}  // namespace offcirc::bench
