#include "loader/journal/recorded_identities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "loader/database/array_table.hpp"
#include "loader/memory/pages.hpp"

namespace offcirc {

namespace {

LargeVector<std::uint32_t> in_order(std::span<const Identity> identities) {
  LargeVector<std::uint32_t> order(identities.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return std::tie(identities[a], a) < std::tie(identities[b], b); });
  return order;
}

// How many identities, from the beginning of `order`, are not later than the last stored record. The others need no
// lookup; usually that is all of them, since stored records predate the outage.
std::size_t count_not_behind_last(const Database& database, std::span<const Identity> identities,
                                  std::span<const std::uint32_t> order) {
  Statement last(database, "SELECT max(recorded) FROM identities");
  last.next();
  if (last.is_null(0)) return 0;
  const auto is_before = [&](Seconds stored, std::uint32_t i) { return stored < identities[i].recorded; };
  const auto behind = std::upper_bound(order.begin(), order.end(), last.integer(0), is_before);
  return static_cast<std::size_t>(behind - order.begin());
}

constexpr std::string_view k_known_columns = "r.result, r.load, r.n, r.log, r.line, r.library, r.station";
constexpr int k_known_column_count = 7;

// Reads the row of a statement that begins with k_known_columns.
KnownResult known_result(const Statement& row) {
  return {row.integer(0),
          row.integer(1),
          row.integer(2),
          row.integer(3),
          static_cast<std::uint32_t>(row.integer(4)),
          std::string(row.text(5)),
          std::string(row.text(6))};
}

// `order` sorts the identities.
Copies copies_in_order(std::span<const Identity> identities, std::span<const std::uint32_t> order) {
  Copies copies;
  copies.is_copy.assign(identities.size(), false);
  std::uint32_t first = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || identities[order[i]] != identities[order[i - 1]]) {
      first = order[i];
      continue;
    }
    copies.is_copy[order[i]] = true;
    copies.within.push_back({order[i], first});
  }
  return copies;
}

// A record that was closed by a load is pending again if that load was undone.
constexpr std::string_view k_pending_unreadable = R"sql(
SELECT r.result, i.recorded, i.content, i.ordinal, coalesce(i.words, 0), r.user_id, r.item_id,
  r.load, r.log, r.line, r.library, r.station, g.format
FROM result_rows b INDEXED BY results_unreadable
CROSS JOIN results r ON r.result = b.result
CROSS JOIN loads l ON l.load = r.load AND l.undone_at IS NULL AND l.pruned_at IS NULL
CROSS JOIN identities i ON i.recorded = r.identity_recorded AND i.content = r.identity_content
  AND i.ordinal = r.identity_ordinal AND i.result = r.result
CROSS JOIN load_logs g ON g.load = r.load AND g.log = r.log
WHERE b.disposition = 4 AND NOT EXISTS (
  SELECT 1 FROM dismissals d LEFT JOIN loads b ON b.load = d.by_load
  WHERE d.result = r.result AND b.undone_at IS NULL)
ORDER BY r.load, r.log, r.line, r.result
)sql";

}  // namespace

Copies find_copies_within(std::span<const Identity> identities) {
  return copies_in_order(identities, in_order(identities));
}

Copies find_copies(Database& database, std::span<const Identity> identities) {
  // For the progress display: each record is looked up, and its user and its item usually in three tables.
  database.lines().begin(Stage::looking_up, 4 * identities.size());
  const LargeVector<std::uint32_t> order = in_order(identities);
  const std::size_t asked = count_not_behind_last(database, identities, order);
  for (std::size_t i = asked; i < order.size(); ++i) database.lines().add_one();
  Copies copies = copies_in_order(identities, order);
  const ArrayTable given(database, "given", "recorded INTEGER, content INTEGER, ordinal INTEGER, place INTEGER", asked,
                         [&](std::size_t row, RowCells& cells) {
                           const Identity& identity = identities[order[row]];
                           cells.add(identity.recorded, static_cast<std::int64_t>(identity.content),
                                     std::int64_t{identity.ordinal}, std::int64_t{order[row]});
                         });
  Statement known(database,
                  "SELECT given.place, i.result FROM given CROSS JOIN identities i ON i.recorded = given.recorded "
                  "AND i.content = given.content AND i.ordinal = given.ordinal");
  while (known.next()) {
    const auto place = static_cast<std::uint32_t>(known.integer(0));
    if (!copies.is_copy[place]) copies.stored.push_back({place, known.integer(1)});
    copies.is_copy[place] = true;
  }
  return copies;
}

std::vector<KnownResult> find_known_results(Database& database, std::span<const std::int64_t> results) {
  std::vector<KnownResult> found(results.size());
  if (results.empty()) return found;
  const ArrayTable given(
      database, "given", "result INTEGER, place INTEGER", results.size(),
      [&](std::size_t row, RowCells& cells) { cells.add(results[row], static_cast<std::int64_t>(row)); });
  Statement rows(database, fmt::format("SELECT {}, given.place FROM given CROSS JOIN results r ON r.result = "
                                       "given.result",
                                       k_known_columns));
  while (rows.next()) found[static_cast<std::size_t>(rows.integer(k_known_column_count))] = known_result(rows);
  return found;
}

std::vector<KnownListEnd> find_known_lists(Database& database, std::span<const std::uint64_t> digests) {
  std::vector<KnownListEnd> known;
  if (digests.empty()) return known;
  const ArrayTable given(database, "given", "words INTEGER", digests.size(),
                         [&](std::size_t row, RowCells& cells) { cells.add(static_cast<std::int64_t>(digests[row])); });
  Statement rows(database,
                 "SELECT i.words, i.content, i.result FROM given CROSS JOIN identities i ON i.words = given.words "
                 "ORDER BY i.result");
  while (rows.next())
    known.push_back(
        {static_cast<std::uint64_t>(rows.integer(0)), static_cast<std::uint64_t>(rows.integer(1)), rows.integer(2)});
  return known;
}

std::vector<SameWords> find_same_words(Database& database, std::span<const std::uint64_t> words) {
  std::vector<SameWords> found;
  if (words.empty()) return found;
  const ArrayTable given(database, "given", "words INTEGER, place INTEGER", words.size(),
                         [&](std::size_t row, RowCells& cells) {
                           cells.add(static_cast<std::int64_t>(words[row]), static_cast<std::int64_t>(row));
                         });
  Statement rows(database,
                 fmt::format("SELECT {}, given.place, l.started_at, g.path FROM given CROSS JOIN identities i "
                             "ON i.words = given.words CROSS JOIN results r ON r.result = i.result "
                             "CROSS JOIN loads l ON l.load = r.load "
                             "CROSS JOIN load_logs g ON g.load = r.load AND g.log = r.log "
                             "WHERE r.kind IS NOT NULL ORDER BY given.place, r.result",
                             k_known_columns));
  while (rows.next())
    found.push_back({static_cast<std::uint32_t>(rows.integer(k_known_column_count)), known_result(rows),
                     rows.integer(k_known_column_count + 1), std::string(rows.text(k_known_column_count + 2))});
  return found;
}

std::uint64_t count_records_of_log(Database& database, std::int64_t load, std::int64_t log) {
  Statement row(database, "SELECT records - blank FROM load_logs WHERE load = ?1 AND log = ?2");
  return row.with(load, log).next() ? static_cast<std::uint64_t>(row.integer(0)) : 0;
}

std::vector<PendingUnreadable> find_pending_unreadable(Database& database) {
  Statement rows(database, k_pending_unreadable);
  std::vector<PendingUnreadable> pending;
  while (rows.next()) {
    PendingUnreadable& one = pending.emplace_back();
    one.result = rows.integer(0);
    one.identity = {rows.integer(1), static_cast<std::uint64_t>(rows.integer(2)),
                    static_cast<std::uint32_t>(rows.integer(3))};
    one.anchor = static_cast<std::uint64_t>(rows.integer(4));
    one.user_id = rows.text(5);
    one.item_id = rows.text(6);
    one.load = rows.integer(7);
    one.log = rows.integer(8);
    one.line = static_cast<std::uint32_t>(rows.integer(9));
    one.library = rows.text(10);
    one.station = rows.text(11);
    one.format = rows.text(12);
  }
  return pending;
}

std::vector<LoggedRecord> find_list_records(Database& database, std::int64_t load, std::int64_t log,
                                            std::size_t limit) {
  Statement size(database, "SELECT records - blank FROM load_logs WHERE load = ?1 AND log = ?2");
  if (!size.with(load, log).next() || size.integer(0) > static_cast<std::int64_t>(limit)) return {};
  Statement rows(database,
                 "SELECT r.result, r.user_id, r.item_id, r.kind IS NOT NULL, r.identity_recorded FROM loads l "
                 "CROSS JOIN results r ON r.result BETWEEN l.first_result AND l.first_result + l.result_count - 1 "
                 "WHERE l.load = ?1 AND r.log = ?2 ORDER BY r.line, r.col, r.result");
  rows.with(load, log);
  std::vector<LoggedRecord> records;
  while (rows.next()) {
    if (rows.integer(4) != 0) return {};
    records.push_back({rows.integer(0), std::string(rows.text(1)), std::string(rows.text(2)), rows.integer(3) != 0});
  }
  return records;
}

std::optional<CutRecord> find_cut_record(Database& database, const KnownResult& before) {
  Statement log(database, "SELECT 1 FROM load_logs WHERE load = ?1 AND log = ?2 AND notes LIKE '%\"cut-short\"%'");
  if (!log.with(before.load, before.log).next()) return std::nullopt;
  Statement rows(database,
                 fmt::format("SELECT {}, r.kind, r.user_id, r.item_id FROM loads l CROSS JOIN results r ON r.result "
                             "BETWEEN l.first_result AND l.first_result + l.result_count - 1 "
                             "WHERE l.load = ?1 AND r.log = ?2 AND r.line >= ?3 AND r.result <> ?4 LIMIT 2",
                             k_known_columns));
  rows.with(before.load, before.log, std::int64_t{before.line}, before.result);
  if (!rows.next()) return std::nullopt;
  CutRecord cut{known_result(rows), find_kind(rows.text(k_known_column_count)),
                std::string(rows.text(k_known_column_count + 1)), std::string(rows.text(k_known_column_count + 2))};
  // If two records follow `before`, it is not the last but one, so the record after it is not the one that may be cut.
  return rows.next() ? std::nullopt : std::optional(std::move(cut));
}

std::vector<std::optional<RecordedAs>> find_recorded_as(Database& database, std::span<const Identity> identities) {
  std::vector<std::optional<RecordedAs>> recorded(identities.size());
  const LargeVector<std::uint32_t> order = in_order(identities);
  const ArrayTable given(database, "given", "recorded INTEGER, content INTEGER, ordinal INTEGER, place INTEGER",
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
