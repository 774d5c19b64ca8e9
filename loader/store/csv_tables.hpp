// The five data files, users.csv to bills.csv: which columns they have, what stands in each, and where the database
// keeps it. Import and export both go by this table.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace offcirc {

enum class CellType : std::uint8_t {
  text,
  key,      ///< the ID of the row
  count,    ///< whole number, 0 where empty
  boolean,  ///< false where empty
  date,     ///< a day
  time,     ///< a bare date is its midnight
  due,      ///< a time, or NEVER; a bare date is 23:59
  price,    ///< money, never negative
  amount,   ///< money; a credit is negative
  library,  ///< a code that config or database know, likewise profile
  profile,
  item_type,  ///< any code
  location,   ///< any code
  rule,       ///< a circulation rule
  title,      ///< any title_id
  user,       ///< the ID of a user whom database or files know, likewise item
  item,
  level,  ///< of a hold: title or item
  hold_status,
  alternate_ids,  ///< a list, kept in user_aliases, likewise inactive_ids
  inactive_ids,
};

struct CsvColumn {
  std::string_view name;    ///< in the header row
  std::string_view column;  ///< of the database's table; empty for those kept elsewhere
  CellType type = CellType::text;
  bool required = false;
};

struct CsvTable {
  std::string_view file;               ///< users.csv
  std::string_view table;              ///< users
  std::string_view row;                ///< the column of the number that rows are known by
  std::span<const CsvColumn> columns;  ///< the first is the one that rows are known by in the file
};

enum class CsvTableIndex : std::uint8_t { users, items, charges, holds, bills };

/// In the order in which they refer to each other: what a row names stands in a table before its own.
std::span<const CsvTable> csv_tables();

}  // namespace offcirc
