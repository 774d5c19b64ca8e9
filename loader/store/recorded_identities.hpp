// Which records a load that stands has recorded already.
#pragma once

#include <span>
#include <vector>

#include "formats/transaction.hpp"
#include "loader/store/sqlite.hpp"

namespace offcirc {

/// By `identities`; of those that are equal, all but the first count as recorded too.
std::vector<bool> find_recorded(Database& database, std::span<const Identity> identities);

}  // namespace offcirc
