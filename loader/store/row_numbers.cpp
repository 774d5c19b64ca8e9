#include "loader/store/row_numbers.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace offcirc {

Row last_number(const Database& database, std::string_view table, std::string_view column) {
  Statement last(database, fmt::format("SELECT max(ifnull((SELECT max({0}) FROM {1}), 0), "
                                       "ifnull((SELECT number FROM last_numbers WHERE name = '{1}'), 0))",
                                       column, table));
  last.next();
  return last.integer(0);
}

void remember_numbers(Database& database) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> k_numbered = {
      {{"users", "user"}, {"items", "item"}, {"holds", "hold"}, {"bills", "bill"}}};
  Statement remember(database,
                     "INSERT INTO last_numbers(name, number) VALUES (?1, ?2) "
                     "ON CONFLICT(name) DO UPDATE SET number = excluded.number");
  for (const auto& [table, column] : k_numbered) remember.with(table, last_number(database, table, column)).run();
}

}  // namespace offcirc
