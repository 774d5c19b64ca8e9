-- The tables of the circulation database, format 6. Times are UTC seconds since 1970 (INT64_MAX: never), days are days
-- since 1970, money is cents, no value is NULL. Codes are kept once each and named by number, so that a row of an item is
-- small. Tables and columns are documented in offcirc-database(5).

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
  result_count INTEGER NOT NULL,
  sqlite_version TEXT NOT NULL,
  system_name TEXT NOT NULL,  -- as configured then
  missing_stations TEXT NOT NULL,  -- JSON: [{"library", "station"}]
  undone_at INTEGER,
  undone_by TEXT,
  undone_in_part INTEGER NOT NULL DEFAULT 0,  -- 1: the tables of changes have what was left
  pruned_at INTEGER,
  accepted_since INTEGER  -- what --since said
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
  -- An absolute path, from which the folder's library is read again; and what --library and --station said.
  full_path TEXT NOT NULL,
  given_library TEXT NOT NULL,
  given_station TEXT NOT NULL,
  PRIMARY KEY (load, log)
) STRICT, WITHOUT ROWID;

-- What the numbers in result_rows and result_details mean; the program writes these tables when it creates the database.
CREATE TABLE kinds (kind INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dispositions (disposition INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE outcomes (outcome INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, phrase TEXT NOT NULL) STRICT;

-- One row for each record that is not blank, in the order of the replay, unreadable ones last: what every record has.
-- The view `results` shows it with what the other tables say of it. A load has millions of these rows, so whatever is
-- the same for a whole desk, or can be found by a row number, is not repeated here.
CREATE TABLE result_rows (
  result INTEGER PRIMARY KEY,
  load INTEGER NOT NULL,
  desk INTEGER,  -- of load_desks; NULL: unreadable
  line INTEGER NOT NULL,
  kind INTEGER,  -- NULL: unreadable
  disposition INTEGER NOT NULL,
  outcome INTEGER NOT NULL,
  occurred_at INTEGER,
  clock_shift INTEGER,  -- occurred_at - recorded_at; NULL: recorded_at is unknown, or in result_details
  user_no INTEGER,  -- whom the record names, and which item; NULL: nobody, or nobody known
  item_no INTEGER,
  due_at INTEGER,
  due_from INTEGER,  -- 1: transaction, 2: session, 3: policy
  loan_rule INTEGER,  -- under which the item was lent or renewed
  map_row INTEGER  -- where loan_rule was found; NULL: the default loan
) STRICT;

-- What few records have; a record without any of it has no row here.
CREATE TABLE result_details (
  result INTEGER PRIMARY KEY,
  -- Where an unreadable record was read.
  log INTEGER, col INTEGER, library TEXT, station TEXT,
  recorded_at INTEGER,  -- only where occurred_at is unknown
  -- IDs as the log has them, unless they are the row's own: an unknown one, and another card of a user.
  user_id TEXT, item_id TEXT,
  -- The record's key in `identities`, unless the record counts, so that it is found there, and its time is recorded_at.
  identity_recorded INTEGER, identity_content INTEGER, identity_ordinal INTEGER,
  -- The transaction itself, so that a rejected one can be run again.
  due_given TEXT,  -- ISO 8601 as the log has it: a date, a civil time, a time with offset, or NEVER
  due_given_from INTEGER,
  discharged_on TEXT,
  amount_cents INTEGER, count INTEGER,
  what TEXT,  -- of an unsupported one: its name; of an in-house use without an item: what type was used
  override_used INTEGER,
  registration TEXT,  -- JSON; never a PIN or password
  time_is_given INTEGER,  -- 1: the log itself says a corrected time
  -- What became of it.
  bill_cents INTEGER,
  fine_rule INTEGER,  -- of the bill that it made
  retry_of INTEGER  -- the result of an earlier load that was run again
) STRICT;

-- What was found of a record; one with the outcome `ok` has no row here.
CREATE TABLE result_findings (
  result INTEGER PRIMARY KEY,
  findings TEXT NOT NULL  -- JSON: [{"code", "message"}], the outcome's first
) STRICT;

-- Rows that were removed from users and items while results name them.
CREATE TABLE former_users (user_no INTEGER PRIMARY KEY, user_id TEXT NOT NULL) STRICT;
CREATE TABLE former_items (item_no INTEGER PRIMARY KEY, item_id TEXT NOT NULL, title TEXT NOT NULL) STRICT;
-- The title of an item as loads up to last_load saw it, before an import changed it.
CREATE TABLE former_titles (
  item_no INTEGER NOT NULL,
  last_load INTEGER NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (item_no, last_load)
) STRICT, WITHOUT ROWID;

-- Which records the loads that stand have recorded. Keyed by time, so that it grows at its end.
CREATE TABLE identities (
  recorded INTEGER NOT NULL,  -- by the station's own clock
  content INTEGER NOT NULL,  -- hash of the record
  ordinal INTEGER NOT NULL,  -- among equal records of one log
  result INTEGER NOT NULL,
  -- Of a record that only its neighbors tell from others, and of those of a list without times: what it says by itself, so
  -- that the same words in another place are found. Of the last record of such a list: the digest of the whole list. Of an
  -- unreadable record: the content of the record before it, so that the whole record is recognized. NULL: of all others.
  words INTEGER,
  PRIMARY KEY (recorded, content, ordinal)
) STRICT, WITHOUT ROWID;

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

-- Reports that are to be sent by mail, queued by the load itself. What they say is in the journal: here is only to whom.
CREATE TABLE mails (
  mail INTEGER PRIMARY KEY,
  load INTEGER NOT NULL REFERENCES loads,
  library TEXT NOT NULL,  -- whose part of the report; empty: the whole, for the system's addresses
  message_id TEXT NOT NULL UNIQUE,  -- the same each time it is sent
  queued_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  last_attempt_at INTEGER,
  last_error TEXT,  -- NULL: the last attempt left nothing to do
  done_at INTEGER,  -- when no address was left that had not got it
  UNIQUE (load, library)
) STRICT;

CREATE TABLE mail_deliveries (
  mail INTEGER NOT NULL REFERENCES mails,
  address TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  PRIMARY KEY (mail, address)
) STRICT, WITHOUT ROWID;

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

-- Where the lines of a log were recorded: what they say, and whose desk that is taken for.
CREATE TABLE load_desks (
  load INTEGER NOT NULL REFERENCES loads,
  desk INTEGER NOT NULL,  -- from 0
  log INTEGER NOT NULL,
  library TEXT NOT NULL,  -- the station's
  temporary_library TEXT NOT NULL,  -- set at the desk for the transaction; goes before library
  station TEXT NOT NULL,
  user_access TEXT NOT NULL,
  given_clock_offset INTEGER,  -- what --clock said
  placed_library TEXT NOT NULL,  -- whose rules were applied
  placed_station TEXT NOT NULL,
  clock_offset INTEGER NOT NULL,  -- added to recorded_at, unless the clock jumped or the log says a corrected time
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

-- Few results are in these, so they cost a load next to nothing. 2 is rejected, 4 unreadable.
CREATE INDEX results_rejected ON result_rows(load) WHERE disposition = 2;
CREATE INDEX results_unreadable ON result_rows(load) WHERE disposition = 4;
CREATE INDEX results_by_retry_of ON result_details(retry_of) WHERE retry_of IS NOT NULL;

CREATE INDEX identities_by_words ON identities(words) WHERE words IS NOT NULL;

-- Pending rejections and unreadable records that were settled without a retry.
CREATE TABLE dismissals (
  result INTEGER PRIMARY KEY,
  dismissed_at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  note TEXT NOT NULL,
  by_load INTEGER  -- the load that brought the whole record; NULL: staff settled it by hand
) STRICT;

-- All that the journal knows of a result, in words.
CREATE VIEW results AS
SELECT r.result, r.load, r.result - l.first_result + 1 AS n,
  coalesce(d.log, x.log) AS log, r.line, x.col,
  coalesce(d.placed_library, x.library, '') AS library, coalesce(d.placed_station, x.station, '') AS station,
  coalesce(d.user_access, '') AS user_access,
  k.code AS kind,
  coalesce(r.occurred_at - r.clock_shift, x.recorded_at) AS recorded_at, r.occurred_at,
  coalesce(x.identity_recorded, r.occurred_at - r.clock_shift) AS identity_recorded,
  coalesce(x.identity_content, (SELECT i.content FROM identities i
    WHERE i.recorded = r.occurred_at - r.clock_shift AND i.result = r.result)) AS identity_content,
  coalesce(x.identity_ordinal, (SELECT i.ordinal FROM identities i
    WHERE i.recorded = r.occurred_at - r.clock_shift AND i.result = r.result)) AS identity_ordinal,
  coalesce(x.user_id, u.user_id, gone_user.user_id, '') AS user_id,
  coalesce(x.item_id, item.item_id, gone_item.item_id, '') AS item_id,
  coalesce((SELECT t.title FROM former_titles t WHERE t.item_no = r.item_no AND t.last_load >= r.load
    ORDER BY t.last_load LIMIT 1), item.title_text, gone_item.title, '') AS title,
  x.due_given,
  CASE x.due_given_from WHEN 1 THEN 'transaction' WHEN 2 THEN 'session' WHEN 3 THEN 'policy' END AS due_given_from,
  x.discharged_on, x.amount_cents, x.count, x.what, coalesce(x.override_used, 0) AS override_used, x.registration,
  p.code AS disposition, o.code AS outcome, f.findings,
  r.due_at, CASE r.due_from WHEN 1 THEN 'transaction' WHEN 2 THEN 'session' WHEN 3 THEN 'policy' END AS due_from,
  x.bill_cents, r.desk, CASE WHEN x.time_is_given = 1 THEN NULL ELSE d.clock_offset END AS clock_offset,
  x.retry_of, r.loan_rule, r.map_row, x.fine_rule, r.user_no, r.item_no
FROM result_rows r
JOIN loads l ON l.load = r.load
LEFT JOIN dispositions p ON p.disposition = r.disposition
LEFT JOIN outcomes o ON o.outcome = r.outcome
LEFT JOIN kinds k ON k.kind = r.kind
LEFT JOIN result_details x ON x.result = r.result
LEFT JOIN result_findings f ON f.result = r.result
LEFT JOIN load_desks d ON d.load = r.load AND d.desk = r.desk
LEFT JOIN users u ON u.user = r.user_no
LEFT JOIN former_users gone_user ON gone_user.user_no = r.user_no
LEFT JOIN items item ON item.item = r.item_no
LEFT JOIN former_items gone_item ON gone_item.item_no = r.item_no;
