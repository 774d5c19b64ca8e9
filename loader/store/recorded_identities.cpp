#include "loader/store/recorded_identities.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "loader/memory/large_vector.hpp"
#include "loader/store/key_table.hpp"

namespace offcirc {

namespace {

LargeVector<std::uint32_t> in_order(std::span<const Identity> identities) {
  LargeVector<std::uint32_t> order(identities.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return std::tie(identities[a], a) < std::tie(identities[b], b); });
  return order;
}

// Most often all that is stored was recorded before the outage began, and nothing has to be looked up.
std::size_t count_not_behind_last(const Database& database, std::span<const Identity> identities,
                                  std::span<const std::uint32_t> order) {
  Statement last(database, "SELECT max(recorded) FROM identities");
  last.next();
  if (last.is_null(0)) return 0;
  const auto is_before = [&](Seconds stored, std::uint32_t i) { return stored < identities[i].recorded; };
  const auto behind = std::upper_bound(order.begin(), order.end(), last.integer(0), is_before);
  return static_cast<std::size_t>(behind - order.begin());
}

}  // namespace

std::vector<bool> find_recorded(Database& database, std::span<const Identity> identities) {
  const LargeVector<std::uint32_t> order = in_order(identities);
  const std::size_t asked = count_not_behind_last(database, identities, order);
  for (std::size_t i = asked; i < order.size(); ++i) database.lines().add_one();
  const KeyTable given(database, "given", "recorded INTEGER, content INTEGER, ordinal INTEGER, place INTEGER", asked,
                       [&](std::size_t row, RowCells& cells) {
                         const Identity& identity = identities[order[row]];
                         cells.add(identity.recorded, static_cast<std::int64_t>(identity.content),
                                   std::int64_t{identity.ordinal}, std::int64_t{order[row]});
                       });
  Statement known(database,
                  "SELECT given.place FROM given CROSS JOIN identities i ON i.recorded = given.recorded "
                  "AND i.content = given.content AND i.ordinal = given.ordinal");
  std::vector<bool> recorded(identities.size(), false);
  for (std::size_t i = 1; i < order.size(); ++i)
    if (identities[order[i]] == identities[order[i - 1]]) recorded[order[i]] = true;
  while (known.next()) recorded[static_cast<std::size_t>(known.integer(0))] = true;
  return recorded;
}

std::vector<std::optional<RecordedAs>> find_recorded_as(Database& database, std::span<const Identity> identities) {
  std::vector<std::optional<RecordedAs>> recorded(identities.size());
  const LargeVector<std::uint32_t> order = in_order(identities);
  const KeyTable given(database, "given", "recorded INTEGER, content INTEGER, ordinal INTEGER, place INTEGER",
                       order.size(), [&](std::size_t row, RowCells& cells) {
                         const Identity& identity = identities[order[row]];
                         cells.add(identity.recorded, static_cast<std::int64_t>(identity.content),
                                   std::int64_t{identity.ordinal}, std::int64_t{order[row]});
                       });
  Statement known(database,
                  "SELECT given.place, r.load, r.occurred_at, r.disposition IN ('loaded', 'follow-up') FROM given "
                  "CROSS JOIN identities i ON i.recorded = given.recorded AND i.content = given.content "
                  "AND i.ordinal = given.ordinal CROSS JOIN results r ON r.result = i.result");
  while (known.next())
    recorded[static_cast<std::size_t>(known.integer(0))] =
        RecordedAs{known.integer(1), known.integer_or(2, k_no_time), known.integer(3) != 0};
  return recorded;
}

}  // namespace offcirc
