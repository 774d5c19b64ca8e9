// The first step of the schema: the tables of the circulation system, and the journal of loads.
#pragma once

namespace offcirc {

// Version 1. Times are UTC seconds since 1970 (INT64_MAX: never), days are days since 1970, money is cents, no value is
// NULL. Codes are kept once each and named by number, so that a row of an item is small.
inline constexpr const char* k_schema_step_1 = R"sql(
CREATE TABLE libraries (library INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE profiles (profile INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE item_types (item_type INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE locations (location INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE rules (rule INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE titles (title INTEGER PRIMARY KEY, title_id TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE users (
  user INTEGER PRIMARY KEY,
  user_id TEXT NOT NULL UNIQUE,
  profile INTEGER REFERENCES profiles,
  library INTEGER REFERENCES libraries,
  last_name TEXT NOT NULL, first_name TEXT NOT NULL, middle_name TEXT NOT NULL, alternate_name TEXT NOT NULL,
  folded_last_name TEXT NOT NULL,  -- without case, accents and hyphens: to find possible duplicates
  birth_date INTEGER,
  email TEXT NOT NULL, phone TEXT NOT NULL, language TEXT NOT NULL, address TEXT NOT NULL,
  categories TEXT NOT NULL,  -- separated by ;
  department TEXT NOT NULL,
  barred INTEGER NOT NULL CHECK (barred IN (0, 1)),  -- by staff, by hand
  expires_on INTEGER,  -- the privilege is valid through this day
  claims_returned INTEGER NOT NULL,  -- how often
  registered_on INTEGER
) STRICT;
CREATE INDEX users_by_folded_last_name ON users(folded_last_name);

-- Other IDs that find a user; an ID finds one user.
CREATE TABLE user_aliases (
  id TEXT PRIMARY KEY,
  user INTEGER NOT NULL REFERENCES users,
  kind TEXT NOT NULL CHECK (kind IN ('alternate', 'inactive'))  -- inactive: of a lost or replaced card
) STRICT, WITHOUT ROWID;
CREATE INDEX user_aliases_by_user ON user_aliases(user);

CREATE TABLE items (
  item INTEGER PRIMARY KEY,
  item_id TEXT NOT NULL UNIQUE,
  title INTEGER REFERENCES titles,  -- what title-level holds wait for
  title_text TEXT NOT NULL,
  call_number TEXT NOT NULL,
  item_type INTEGER REFERENCES item_types,
  library INTEGER REFERENCES libraries,
  home_location INTEGER REFERENCES locations,
  current_location INTEGER REFERENCES locations,
  price_cents INTEGER,
  last_action_at INTEGER,  -- by the server, as imported; a load leaves it alone
  last_action TEXT NOT NULL,
  last_result INTEGER  -- the latest result that took effect on it, by occurred_at, of the loads that stand
) STRICT;

-- Keyed by item: an item has one charge at most. A discharge deletes it.
CREATE TABLE charges (
  item INTEGER PRIMARY KEY REFERENCES items,
  user INTEGER NOT NULL REFERENCES users,
  library INTEGER REFERENCES libraries,  -- of the checkout
  charged_at INTEGER,
  due_at INTEGER NOT NULL,
  rule INTEGER REFERENCES rules,  -- of the checkout library, for the fine; NULL: no fine
  renewals INTEGER NOT NULL,
  claims_returned_on INTEGER
) STRICT;
CREATE INDEX charges_by_user ON charges(user);

CREATE TABLE holds (
  hold INTEGER PRIMARY KEY,
  hold_id TEXT NOT NULL UNIQUE,
  item_level INTEGER NOT NULL CHECK (item_level IN (0, 1)),
  title INTEGER REFERENCES titles,
  item INTEGER REFERENCES items,  -- of an item-level hold, or the copy on the shelf or in transit for it
  user INTEGER NOT NULL REFERENCES users,
  pickup_library INTEGER REFERENCES libraries,
  placed_at INTEGER,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'on-shelf', 'in-transit', 'filled')),
  expires_on INTEGER  -- it does not count after this day
) STRICT;
CREATE INDEX holds_by_title ON holds(title);
CREATE INDEX holds_by_item ON holds(item);
CREATE INDEX holds_by_user ON holds(user);

CREATE TABLE bills (
  bill INTEGER PRIMARY KEY,
  bill_id TEXT NOT NULL UNIQUE,
  user INTEGER NOT NULL REFERENCES users,
  item INTEGER REFERENCES items,
  reason TEXT NOT NULL,
  amount_cents INTEGER NOT NULL,  -- still owed; negative: a credit; 0: paid
  library INTEGER REFERENCES libraries,
  billed_at INTEGER
) STRICT;
CREATE INDEX bills_by_user ON bills(user);
CREATE INDEX bills_by_item ON bills(item);

-- In-house uses and items that are in no catalogue.
CREATE TABLE uses (
  library INTEGER NOT NULL REFERENCES libraries,
  day INTEGER NOT NULL,
  item_type TEXT NOT NULL,  -- text: a desk may count types that no item has
  count INTEGER NOT NULL,
  PRIMARY KEY (library, day, item_type)
) STRICT, WITHOUT ROWID;

-- The journal: what was loaded, from which logs, under which configuration, and what became of each record.
CREATE TABLE configs (config INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, text TEXT NOT NULL) STRICT;

CREATE TABLE loads (
  load INTEGER PRIMARY KEY,
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  command TEXT NOT NULL,
  config INTEGER NOT NULL REFERENCES configs,
  program_version TEXT NOT NULL,
  first_result INTEGER NOT NULL,  -- its results have the numbers from here on
  result_count INTEGER NOT NULL
) STRICT;

CREATE TABLE load_logs (
  load INTEGER NOT NULL REFERENCES loads,
  log INTEGER NOT NULL,  -- from 0, in order of path
  path TEXT NOT NULL,
  format TEXT NOT NULL,
  library TEXT NOT NULL,
  station TEXT NOT NULL,
  digest TEXT NOT NULL,
  records INTEGER NOT NULL,
  blank INTEGER NOT NULL,
  error TEXT,  -- why nothing of it was read
  notes TEXT NOT NULL,  -- JSON: [{"code", "message", "action"}]
  PRIMARY KEY (load, log)
) STRICT, WITHOUT ROWID;

-- One row for each record that is not blank, in the order of the replay, unreadable ones last.
CREATE TABLE results (
  result INTEGER PRIMARY KEY,
  load INTEGER NOT NULL,
  n INTEGER NOT NULL,  -- from 1
  log INTEGER NOT NULL,
  line INTEGER NOT NULL,
  col INTEGER,  -- of what can't be read
  library TEXT NOT NULL, station TEXT NOT NULL, user_access TEXT NOT NULL,
  kind TEXT,  -- NULL: unreadable
  recorded_at INTEGER, occurred_at INTEGER,
  identity_recorded INTEGER NOT NULL, identity_content INTEGER NOT NULL, identity_ordinal INTEGER NOT NULL,
  -- The transaction itself, so that a rejected one can be run again.
  user_id TEXT NOT NULL, item_id TEXT NOT NULL,
  title TEXT NOT NULL,  -- as it was then
  due_given TEXT,  -- ISO 8601 as the log has it: a date, a civil time, a time with offset, or NEVER
  due_given_from TEXT,
  discharged_on TEXT,
  amount_cents INTEGER, count INTEGER,
  what TEXT,  -- of an unsupported one: its name; of an in-house use without an item: what type was used
  override_used INTEGER NOT NULL,
  registration TEXT,  -- JSON; never a PIN or password
  -- What became of it.
  disposition TEXT NOT NULL,
  outcome TEXT NOT NULL,
  findings TEXT,  -- JSON: [{"code", "message"}], the outcome's first
  due_at INTEGER, due_from TEXT,
  bill_cents INTEGER
) STRICT;

-- Which records the loads that stand have recorded. Keyed by time, so that it grows at its end.
CREATE TABLE identities (
  recorded INTEGER NOT NULL,  -- by the station's own clock
  content INTEGER NOT NULL,  -- hash of the record
  ordinal INTEGER NOT NULL,  -- among equal records of one log
  result INTEGER NOT NULL,
  PRIMARY KEY (recorded, content, ordinal)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace offcirc
