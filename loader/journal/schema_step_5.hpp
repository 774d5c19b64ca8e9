// The fifth step of the schema: what runs rejected transactions again, and what explains how each was decided.
#pragma once

namespace offcirc {

// Version 5: what a retry needs beside the transaction itself, so that it judges as a load would; and the rules by
// which due dates and fines were decided.
inline constexpr const char* k_schema_step_5 = R"sql(
ALTER TABLE loads ADD COLUMN accepted_since INTEGER;  -- what --since said

-- An absolute path, from which the folder's library is read again; and what --library and --station said.
ALTER TABLE load_logs ADD COLUMN full_path TEXT NOT NULL DEFAULT '';
ALTER TABLE load_logs ADD COLUMN given_library TEXT NOT NULL DEFAULT '';
ALTER TABLE load_logs ADD COLUMN given_station TEXT NOT NULL DEFAULT '';

-- Where the lines of a log say that they were recorded.
CREATE TABLE load_desks (
  load INTEGER NOT NULL REFERENCES loads,
  desk INTEGER NOT NULL,  -- from 0
  library TEXT NOT NULL,  -- the station's
  temporary_library TEXT NOT NULL,  -- set at the desk for the transaction; goes before library
  station TEXT NOT NULL,
  user_access TEXT NOT NULL,
  given_clock_offset INTEGER,  -- what --clock said
  PRIMARY KEY (load, desk)
) STRICT, WITHOUT ROWID;

-- Rows of circulation maps that have decided something, each kept once.
CREATE TABLE map_rows (
  map_row INTEGER PRIMARY KEY,
  library TEXT NOT NULL,
  user_profile TEXT NOT NULL,
  item_type TEXT NOT NULL,
  rule TEXT NOT NULL,
  line INTEGER NOT NULL,  -- of the file
  UNIQUE (library, user_profile, item_type, rule, line)
) STRICT;

ALTER TABLE results ADD COLUMN desk INTEGER;  -- of load_desks; NULL: unreadable, or of an older version
ALTER TABLE results ADD COLUMN clock_offset INTEGER;  -- added to recorded_at; NULL: the log itself says a corrected time
ALTER TABLE results ADD COLUMN retry_of INTEGER;  -- the result of an earlier load that was run again
ALTER TABLE results ADD COLUMN loan_rule INTEGER;  -- that it was lent or renewed under
ALTER TABLE results ADD COLUMN map_row INTEGER;  -- where loan_rule stood; NULL: the default loan
ALTER TABLE results ADD COLUMN fine_rule INTEGER;  -- of the bill that it made

-- Few results are in these, so they cost a load next to nothing.
CREATE INDEX results_rejected ON results(load) WHERE disposition = 'rejected';
CREATE INDEX results_by_retry_of ON results(retry_of) WHERE retry_of IS NOT NULL;
)sql";

}  // namespace offcirc
