// Which rows are otherwise now than a load left them, so that putting them back would undo somebody else's work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "loader/rules/state.hpp"
#include "loader/store/sqlite.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

struct Conflicts {
  std::vector<Row> items;  ///< because of the item itself or its charge
  std::vector<Row> holds;
  std::vector<Row> payers;             ///< users of bills
  std::vector<Row> users;              ///< whom the load registered
  std::vector<std::string> sentences;  ///< of the first ones
  std::size_t count = 0;               ///< of all
};

Conflicts find_conflicts(const Database& database, std::int64_t load, const Zone& zone);

}  // namespace offcirc
