#include "loader/journal/journal.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <string>
#include <tuple>
#include <vector>

#include "loader/database/array_table.hpp"
#include "loader/journal/journal_text.hpp"
#include "loader/journal/result_rows.hpp"
#include "loader/memory/block_array.hpp"
#include "loader/memory/pages.hpp"

namespace offcirc {

void write_shelf_lists(Database& database, const ShelfLists& lists, std::int64_t load) {
  Statement add_hold(database,
                     "INSERT INTO load_holds(load, position, event, library, hold_id, user_id, item_id, title, at) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  std::int64_t position = 0;
  for (const ShelfHold& hold : lists.holds) {
    add_hold
        .with(load, position++, facts_of(hold.event).code, hold.library, hold.hold_id, hold.user_id, hold.item_id,
              hold.title, hold.at)
        .run();
  }
  Statement add_charge(database,
                       "INSERT INTO load_due_charges(load, position, library, user_id, item_id, title, due_at) "
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  position = 0;
  for (const DueCharge& charge : lists.due_charges) {
    add_charge.with(load, position++, charge.library, charge.user_id, charge.item_id, charge.title, charge.due_at)
        .run();
  }
}

ShelfLists read_shelf_lists(const Database& database, std::int64_t load) {
  ShelfLists lists;
  Statement holds(database,
                  "SELECT event, library, hold_id, user_id, item_id, title, at FROM load_holds WHERE load = ?1 "
                  "ORDER BY position");
  holds.with(load);
  while (holds.next()) {
    const std::optional<ShelfEvent> event = find_shelf_event(holds.text(0));
    if (!event) database.fail_as_damaged(fmt::format("load {} has a hold with an unknown event", load));
    lists.holds.push_back({*event, std::string(holds.text(1)), std::string(holds.text(2)), std::string(holds.text(3)),
                           std::string(holds.text(4)), std::string(holds.text(5)), holds.integer(6)});
  }
  Statement charges(database,
                    "SELECT library, user_id, item_id, title, due_at FROM load_due_charges WHERE load = ?1 "
                    "ORDER BY position");
  charges.with(load);
  while (charges.next()) {
    lists.due_charges.push_back({std::string(charges.text(0)), std::string(charges.text(1)),
                                 std::string(charges.text(2)), std::string(charges.text(3)), charges.integer(4)});
  }
  return lists;
}

namespace {

std::int64_t next_number(const Database& database, std::string_view sql) {
  Statement statement(database, sql);
  statement.next();
  return statement.integer(0) + 1;
}

/// Returns the number of the config with this text. Each text is stored once.
std::int64_t config_row(Database& database, const std::string& text) {
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  const std::string digest = fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
  Statement find(database, "SELECT config FROM configs WHERE digest = ?1");
  if (find.with(digest).next()) return find.integer(0);
  Statement(database, "INSERT INTO configs(digest, text) VALUES (?1, ?2)").with(digest, text).run();
  return database.last_row();
}

void write_head(Database& database, const Replayed& replayed, const LoadHead& head, const JournalPlace& place) {
  Statement insert(database,
                   "INSERT INTO loads(load, started_at, finished_at, operator, command, config, program_version, "
                   "first_result, result_count, system_name, missing_stations, accepted_since, is_to_send, "
                   "sqlite_version) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, sqlite_version())");
  insert
      .with(place.load, head.started_at, head.finished_at, head.operator_name, head.command,
            config_row(database, head.config_text), head.program_version, place.first_result,
            static_cast<std::int64_t>(replayed.results.size() + replayed.unreadable.size()), head.system_name,
            stations_text(head.missing_stations), cell_of(head.accepted_since), std::int64_t{head.is_to_send})
      .run();
}

void write_logs(Database& database, const Batch& batch, std::int64_t load) {
  Statement insert(database,
                   "INSERT INTO load_logs(load, log, path, format, library, station, digest, records, blank, error, "
                   "notes, full_path, given_library, given_station) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
  std::int64_t number = 0;
  for (const Log& log : batch.logs) {
    insert
        .with(load, number++, log.path, log.format, log.library, log.station, log.digest,
              static_cast<std::int64_t>(log.records), static_cast<std::int64_t>(log.blank),
              log.error ? Cell(*log.error) : Cell(), notes_text(log.notes), log.full_path, log.given_library,
              log.given_station)
        .run();
  }
}

void write_desks(Database& database, const Batch& batch, std::int64_t load) {
  Statement insert(database,
                   "INSERT INTO load_desks(load, desk, log, library, temporary_library, station, user_access, "
                   "given_clock_offset, placed_library, placed_station, clock_offset) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
  std::int64_t number = 0;
  for (const BatchDesk& one : batch.desks) {
    const Desk& desk = one.desk;
    insert
        .with(load, number++, std::int64_t{one.log}, desk.library, desk.temporary_library, desk.station,
              desk.user_access, cell_of(one.given_clock_offset), one.library_code, one.station,
              one.clock_offset_seconds)
        .run();
  }
}

struct Recorded {
  Seconds recorded;
  std::int64_t content;  // signed, as SQLite stores it
  std::uint32_t ordinal;
  std::uint32_t n;     // of the result, from 0
  std::int64_t words;  // see identities.words; 0: NULL

  friend auto operator<=>(const Recorded&, const Recorded&) = default;
};

Recorded recorded_of(const Identity& identity, std::uint32_t n, std::uint64_t words) {
  return {identity.recorded, static_cast<std::int64_t>(identity.content), identity.ordinal, n,
          static_cast<std::int64_t>(words)};
}

EntryRow entry_row(const Replayed& replayed, const NamedRows& names, std::size_t row) {
  constexpr std::size_t k_rows_ahead = 4;
  const BlockArray<Entry>& entries = replayed.batch.entries;
  if (row + k_rows_ahead < entries.size()) prefetch(entries[row + k_rows_ahead].transaction);
  const Entry& entry = entries[row];
  return {names, entry, replayed.batch.desks[entry.desk], *entry.transaction, replayed.results[row]};
}

/// `row` counts on from the entries.
UnreadableRow unreadable_row(const Replayed& replayed, std::size_t row) {
  const std::size_t index = row - replayed.results.size();
  return {replayed.batch.unreadable[index], replayed.unreadable[index]};
}

/// The identities of a load's records, collected while the results are written.
struct NewIdentities {
  SortedRuns<Recorded> recorded;
  std::vector<std::uint32_t> tried;  ///< indices of the entries that retry a rejected transaction

  void add(const Entry& entry, const Result& result, std::uint32_t n) {
    if (entry.earlier != nullptr)
      tried.push_back(n);
    else
      add(entry.identity, result, n, entry.needs_context ? entry.transaction->more : 0);
  }
  void add(const Identity& identity, const Result& result, std::uint32_t n, std::uint64_t words) {
    if (result.disposition != Disposition::already_loaded) recorded.add(recorded_of(identity, n, words));
  }
};

// What is collected while result_rows is written: the identities, and which rows need details and findings.
struct WrittenRows {
  NewIdentities identities;
  std::vector<std::uint32_t> with_details, with_findings;
};

WrittenRows write_result_rows(Database& database, const Replayed& replayed, const NamedRows& names,
                              const JournalPlace& place) {
  WrittenRows written;
  const std::size_t entries = replayed.results.size();
  const auto add_row = [&](std::size_t row, RowCells& cells) {
    const auto index = static_cast<std::uint32_t>(row);
    if (row >= entries) {
      const UnreadableRow unreadable = unreadable_row(replayed, row);
      const UnreadableRecord& record = unreadable.record;
      written.identities.add(record.diagnostic.identity, unreadable.result, index, record.anchor);
      written.with_details.push_back(index);
      if (!unreadable.result.findings.empty()) written.with_findings.push_back(index);
      return add_cells(unreadable, cells);
    }
    const EntryRow of_entry = entry_row(replayed, names, row);
    written.identities.add(of_entry.entry, of_entry.result, index);
    if (has_details(of_entry)) written.with_details.push_back(index);
    if (!of_entry.result.findings.empty()) written.with_findings.push_back(index);
    add_cells(of_entry, cells);
  };
  const std::size_t count = entries + replayed.unreadable.size();
  const ArrayTable decided(database, "decided", fmt::format("{}, place", k_result_columns), count,
                           [&](std::size_t row, RowCells& cells) {
                             add_row(row, cells);
                             cells.add(static_cast<std::int64_t>(row));
                           });
  Statement insert(database, fmt::format("INSERT INTO result_rows(result, load, {0}) SELECT ?1 + place, ?2, {0} "
                                         "FROM decided",
                                         k_result_columns));
  expect_changes(database, insert.with(place.first_result, place.load).run(), count, "results");
  return written;
}

void write_details(Database& database, const Replayed& replayed, const NamedRows& names, const JournalPlace& place,
                   const std::vector<std::uint32_t>& rows) {
  const std::size_t entries = replayed.results.size();
  const ArrayTable detailed(database, "detailed", fmt::format("result, {}", k_detail_columns), rows.size(),
                            [&](std::size_t at, RowCells& cells) {
                              const std::size_t row = rows[at];
                              cells.add(place.first_result + static_cast<std::int64_t>(row));
                              if (row < entries) return add_details(entry_row(replayed, names, row), cells);
                              add_details(unreadable_row(replayed, row), cells);
                            });
  Statement insert(database, fmt::format("INSERT INTO result_details(result, {0}) SELECT result, {0} FROM detailed",
                                         k_detail_columns));
  expect_changes(database, insert.run(), rows.size(), "result_details");
}

void write_findings(Database& database, const Replayed& replayed, const JournalPlace& place,
                    const std::vector<std::uint32_t>& rows) {
  const std::size_t entries = replayed.results.size();
  const auto add_row = [&](std::size_t at, RowCells& cells) {
    const std::size_t row = rows[at];
    cells.add(place.first_result + static_cast<std::int64_t>(row));
    if (row < entries) return cells.add(findings_cell(replayed.results[row].findings, cells));
    const UnreadableRow unreadable = unreadable_row(replayed, row);
    cells.add(findings_cell(unreadable.result.findings, cells, unreadable.record.diagnostic.is_doubtful));
  };
  const ArrayTable found(database, "found", "result, findings", rows.size(), add_row);
  Statement insert(database, "INSERT INTO result_findings(result, findings) SELECT result, findings FROM found");
  expect_changes(database, insert.run(), rows.size(), "result_findings");
}

NewIdentities write_results(Database& database, const Replayed& replayed, const JournalPlace& place) {
  const NamedRows names(database, replayed);
  WrittenRows written = write_result_rows(database, replayed, names, place);
  write_details(database, replayed, names, place, written.with_details);
  write_findings(database, replayed, place, written.with_findings);
  return std::move(written.identities);
}

// The newest attempt at a record is the one that counts, whatever its outcome, so the identity now points to it.
void move_identities(Database& database, const Replayed& replayed, const JournalPlace& place,
                     const std::vector<std::uint32_t>& tried) {
  Statement move(database,
                 "UPDATE identities SET result = ?1 WHERE recorded = ?2 AND content = ?3 AND ordinal = ?4 "
                 "AND result = ?5");
  for (const std::uint32_t index : tried) {
    const Entry& entry = replayed.batch.entries[index];
    const Identity& identity = entry.identity;
    expect_changes(database,
                   move.with(place.first_result + index, identity.recorded, static_cast<std::int64_t>(identity.content),
                             std::int64_t{identity.ordinal}, entry.earlier->result)
                       .run(),
                   1, "identities");
  }
}

void write_identities(Database& database, const Replayed& replayed, const JournalPlace& place,
                      NewIdentities& identities) {
  SortedRuns<Recorded>& recorded = identities.recorded;
  recorded.sort();
  const ArrayTable rows(database, "recorded", "recorded, content, ordinal, result, words", recorded.size(),
                        [&](std::size_t row, RowCells& cells) {
                          if (row > 0) recorded.pop();
                          const Recorded& one = recorded.front();
                          cells.add(one.recorded, one.content, std::int64_t{one.ordinal}, place.first_result + one.n,
                                    one.words == 0 ? Cell() : Cell(one.words));
                        });
  Statement insert(database,
                   "INSERT INTO identities(recorded, content, ordinal, result, words) "
                   "SELECT recorded, content, ordinal, result, words FROM recorded");
  expect_changes(database, insert.run(), recorded.size(), "identities");
  move_identities(database, replayed, place, identities.tried);
}

// An unreadable record is settled once a load has supplied the whole record.
void close_unreadable(const Database& database, const LoadHead& head, std::int64_t load) {
  Statement insert(database,
                   "INSERT INTO dismissals(result, dismissed_at, operator, note, by_load) VALUES (?1, ?2, ?3, '', ?4) "
                   "ON CONFLICT (result) DO UPDATE SET dismissed_at = ?2, operator = ?3, note = '', by_load = ?4");
  for (const std::int64_t result : head.closed) insert.with(result, head.started_at, head.operator_name, load).run();
}

}  // namespace

JournalPlace write_journal(Database& database, const Replayed& replayed, const LoadHead& head) {
  JournalPlace place;
  place.load = next_number(database, "SELECT max(load) FROM loads");
  place.first_result = next_number(database, "SELECT max(result) FROM result_rows");
  write_head(database, replayed, head, place);
  write_logs(database, replayed.batch, place.load);
  write_desks(database, replayed.batch, place.load);
  NewIdentities identities = write_results(database, replayed, place);
  write_identities(database, replayed, place, identities);
  close_unreadable(database, head, place.load);
  write_shelf_lists(database, head.shelf_lists, place.load);
  return place;
}

}  // namespace offcirc
