// The fourth step of the schema: what undoes a load, and the trace of what is no load.
#pragma once

namespace offcirc {

// Version 4: what each load changed, row by row, so that it can be undone; and the trace of what is no load.
inline constexpr const char* k_schema_step_4 = R"sql(
ALTER TABLE loads ADD COLUMN keeps_changes INTEGER NOT NULL DEFAULT 0;  -- 1: the tables below have what it changed
ALTER TABLE loads ADD COLUMN undone_at INTEGER;
ALTER TABLE loads ADD COLUMN undone_by TEXT;
ALTER TABLE loads ADD COLUMN undone_in_part INTEGER NOT NULL DEFAULT 0;  -- 1: the tables below have what was left
ALTER TABLE loads ADD COLUMN pruned_at INTEGER;

CREATE TABLE added_users (
  load INTEGER NOT NULL,
  user INTEGER NOT NULL,
  content TEXT NOT NULL,  -- JSON: the columns as the load wrote them
  PRIMARY KEY (load, user)
) STRICT, WITHOUT ROWID;

-- One row for each item that a transaction of the load took effect on.
CREATE TABLE changed_items (
  load INTEGER NOT NULL,
  item INTEGER NOT NULL,
  moved INTEGER NOT NULL,  -- 0: the load left the location alone
  location_before INTEGER, location_after INTEGER,
  last_result_before INTEGER, last_result_after INTEGER,  -- after NULL: the load left it alone
  PRIMARY KEY (load, item)
) STRICT, WITHOUT ROWID;

-- The whole charge of the item; user NULL: it was not charged.
CREATE TABLE changed_charges (
  load INTEGER NOT NULL,
  item INTEGER NOT NULL,
  user_before INTEGER, library_before INTEGER, charged_at_before INTEGER, due_at_before INTEGER, rule_before INTEGER,
  renewals_before INTEGER, claims_returned_on_before INTEGER,
  user_after INTEGER, library_after INTEGER, charged_at_after INTEGER, due_at_after INTEGER, rule_after INTEGER,
  renewals_after INTEGER, claims_returned_on_after INTEGER,
  PRIMARY KEY (load, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE changed_holds (
  load INTEGER NOT NULL,
  hold INTEGER NOT NULL,
  item_before INTEGER, status_before TEXT NOT NULL,
  item_after INTEGER, status_after TEXT NOT NULL,
  PRIMARY KEY (load, hold)
) STRICT, WITHOUT ROWID;

CREATE TABLE changed_bills (
  load INTEGER NOT NULL,
  bill INTEGER NOT NULL,
  user INTEGER NOT NULL,
  amount_cents_before INTEGER,  -- NULL: the load made the bill
  amount_cents_after INTEGER NOT NULL,
  item INTEGER, reason TEXT, library INTEGER, billed_at INTEGER,  -- of a bill that the load made
  PRIMARY KEY (load, bill)
) STRICT, WITHOUT ROWID;

CREATE TABLE changed_uses (
  load INTEGER NOT NULL,
  library INTEGER NOT NULL,
  day INTEGER NOT NULL,
  item_type TEXT NOT NULL,
  count INTEGER NOT NULL,  -- so many were added
  PRIMARY KEY (load, library, day, item_type)
) STRICT, WITHOUT ROWID;

-- The highest number that a row of users, items, holds or bills had when rows were removed: none is given again, so that
-- what the tables above say stays true.
CREATE TABLE last_numbers (name TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Who else has changed the database: init, import, undo, prune.
CREATE TABLE events (
  event INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  command TEXT NOT NULL,
  program_version TEXT NOT NULL,
  sqlite_version TEXT NOT NULL,
  what TEXT NOT NULL
) STRICT;
)sql";

}  // namespace offcirc
