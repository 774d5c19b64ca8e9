// The second step of the schema: what makes the report of a load again.
#pragma once

namespace offcirc {

// Version 2: what the report of a load needs beside its results, so that it can be made again whatever has changed
// since.
inline constexpr const char* k_schema_step_2 = R"sql(
ALTER TABLE loads ADD COLUMN sqlite_version TEXT NOT NULL DEFAULT '';
ALTER TABLE loads ADD COLUMN system_name TEXT NOT NULL DEFAULT '';  -- as configured then
ALTER TABLE loads ADD COLUMN missing_stations TEXT NOT NULL DEFAULT '[]';  -- JSON: [{"library", "station"}]

-- Holds to compare with the hold shelf, and charges that came due since the outage began: text, since their rows may go.
CREATE TABLE load_holds (
  load INTEGER NOT NULL REFERENCES loads,
  position INTEGER NOT NULL,  -- from 0, in the order of the report
  event TEXT NOT NULL,
  library TEXT NOT NULL,  -- of pickup
  hold_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  title TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (load, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE load_due_charges (
  load INTEGER NOT NULL REFERENCES loads,
  position INTEGER NOT NULL,
  library TEXT NOT NULL,  -- of the checkout
  user_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  title TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  PRIMARY KEY (load, position)
) STRICT, WITHOUT ROWID;

-- For the title of a hold that no item of the load has.
CREATE INDEX items_by_title ON items(title);
)sql";

}  // namespace offcirc
