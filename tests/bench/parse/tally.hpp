// What all ways of reading a log have to agree on, so that none is quick because it reads less than the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "formats/transaction.hpp"

namespace offcirc::bench {

/// Of all transactions of a log.
struct Tally {
  std::uint64_t transactions = 0;
  std::uint64_t digits = 0;  ///< of the last places of what was read

  /// `desk_bytes`: how long the names of the library and the user access are.
  void add(Kind kind, Stamp recorded, Stamp due, Stamp discharged_on, std::string_view user_id,
           std::string_view item_id, std::size_t desk_bytes) {
    ++transactions;
    digits = digits * 31 + static_cast<std::uint64_t>(kind) + static_cast<std::uint64_t>(recorded.seconds()) +
             static_cast<std::uint64_t>(due.seconds()) * 3 + static_cast<std::uint64_t>(discharged_on.seconds()) * 5 +
             last_bytes(user_id) * 7 + last_bytes(item_id) * 11 + desk_bytes * 13;
  }

  friend bool operator==(const Tally&, const Tally&) = default;

 private:
  static std::uint64_t last_bytes(std::string_view id) {
    std::uint64_t sum = id.size();
    for (const char c : id.substr(id.size() < 8 ? 0 : id.size() - 8)) sum = sum * 10 + static_cast<unsigned char>(c);
    return sum;
  }
};

}  // namespace offcirc::bench
