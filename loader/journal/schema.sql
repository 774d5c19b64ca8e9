-- The tables of the circulation database, format 7. Times are UTC seconds since 1970 (INT64_MAX: never), days are days
-- since 1970, money is in cents, and NULL means no value. Each code is stored once and referred to by number, so that a
-- row of an item is small. Columns that hold row numbers of users, items, titles, holds and bills end in _no, since
-- `user` is reserved in PostgreSQL. Tables and columns are documented in offcirc-database(5).

CREATE TABLE libraries (library INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE profiles (profile INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE item_types (item_type INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE locations (location INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE rules (rule INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE titles (title_no INTEGER PRIMARY KEY, title_id TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE users (
  user_no INTEGER PRIMARY KEY,
  user_id TEXT NOT NULL UNIQUE,
  profile INTEGER REFERENCES profiles,
  library INTEGER REFERENCES libraries,
  last_name TEXT NOT NULL, first_name TEXT NOT NULL, middle_name TEXT NOT NULL, alternate_name TEXT NOT NULL,
  folded_last_name TEXT NOT NULL,  -- without case, accents, hyphens and blanks, to find possible duplicates
  birth_date INTEGER,
  email TEXT NOT NULL, phone TEXT NOT NULL, language TEXT NOT NULL, address TEXT NOT NULL,
  categories TEXT NOT NULL,  -- separated by ;
  department TEXT NOT NULL,
  barred INTEGER NOT NULL CHECK (barred IN (0, 1)),  -- set by staff
  expires_on INTEGER,  -- the privilege is valid through this day; NULL: it does not expire
  claims_returned INTEGER NOT NULL,  -- how often the user claimed to have returned an item
  registered_on INTEGER
) STRICT;
CREATE INDEX users_by_folded_last_name ON users(folded_last_name);

-- Other IDs that find a user. An ID finds one user at most.
CREATE TABLE user_aliases (
  id TEXT PRIMARY KEY,
  user_no INTEGER NOT NULL REFERENCES users,
  kind TEXT NOT NULL CHECK (kind IN ('alternate', 'inactive'))  -- inactive: that of a lost or replaced card
) STRICT, WITHOUT ROWID;
CREATE INDEX user_aliases_by_user ON user_aliases(user_no);

CREATE TABLE items (
  item_no INTEGER PRIMARY KEY,
  item_id TEXT NOT NULL UNIQUE,
  title_no INTEGER REFERENCES titles,  -- by which title-level holds find the item
  title_text TEXT NOT NULL,
  call_number TEXT NOT NULL,
  item_type INTEGER REFERENCES item_types,
  library INTEGER REFERENCES libraries,
  home_location INTEGER REFERENCES locations,
  current_location INTEGER REFERENCES locations,
  price_cents INTEGER,
  last_action_at INTEGER,  -- by the server, as imported; a load does not change it
  last_action TEXT NOT NULL,
  last_result INTEGER  -- the latest result, by occurred_at, that took effect on it, among loads that stand
) STRICT;

-- Open charges. The key is the item, because an item has one charge at most. The end of the loan deletes it.
CREATE TABLE charges (
  item_no INTEGER PRIMARY KEY REFERENCES items,
  user_no INTEGER NOT NULL REFERENCES users,
  library INTEGER REFERENCES libraries,  -- where it was checked out
  charged_at INTEGER,
  due_at INTEGER NOT NULL,
  rule INTEGER REFERENCES rules,  -- of the checkout library, for the fine; NULL: no fine
  renewals INTEGER NOT NULL,
  claims_returned_on INTEGER
) STRICT;
CREATE INDEX charges_by_user ON charges(user_no);

CREATE TABLE holds (
  hold_no INTEGER PRIMARY KEY,
  hold_id TEXT NOT NULL UNIQUE,
  item_level INTEGER NOT NULL CHECK (item_level IN (0, 1)),
  title_no INTEGER REFERENCES titles,
  item_no INTEGER REFERENCES items,  -- of an item-level hold, or the copy on the shelf or in transit for the hold
  user_no INTEGER NOT NULL REFERENCES users,
  pickup_library INTEGER REFERENCES libraries,
  placed_at INTEGER,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'on-shelf', 'in-transit', 'filled')),
  expires_on INTEGER  -- the hold does not count after this day
) STRICT;
CREATE INDEX holds_by_title ON holds(title_no);
CREATE INDEX holds_by_item ON holds(item_no);
CREATE INDEX holds_by_user ON holds(user_no);

CREATE TABLE bills (
  bill_no INTEGER PRIMARY KEY,
  bill_id TEXT NOT NULL UNIQUE,
  user_no INTEGER NOT NULL REFERENCES users,
  item_no INTEGER REFERENCES items,
  reason TEXT NOT NULL,
  amount_cents INTEGER NOT NULL,  -- still owed; negative: a credit; 0: paid
  library INTEGER REFERENCES libraries,
  billed_at INTEGER
) STRICT;
CREATE INDEX bills_by_user ON bills(user_no);
CREATE INDEX bills_by_item ON bills(item_no);

-- Counts of in-house uses and of noncataloged items.
CREATE TABLE uses (
  library INTEGER NOT NULL REFERENCES libraries,
  day INTEGER NOT NULL,
  item_type TEXT NOT NULL,  -- text, because a desk may count types that no item has
  count INTEGER NOT NULL,
  PRIMARY KEY (library, day, item_type)
) STRICT, WITHOUT ROWID;

-- The journal: what was loaded, from which logs and under which configuration, and what became of each record.
CREATE TABLE configs (config INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, text TEXT NOT NULL) STRICT;

CREATE TABLE loads (
  load INTEGER PRIMARY KEY,
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  command TEXT NOT NULL,
  config INTEGER NOT NULL REFERENCES configs,
  program_version TEXT NOT NULL,
  first_result INTEGER NOT NULL,  -- the load's results have consecutive numbers from here on
  result_count INTEGER NOT NULL,
  sqlite_version TEXT NOT NULL,
  system_name TEXT NOT NULL,  -- as configured at the time
  missing_stations TEXT NOT NULL,  -- JSON: [{"library", "station"}]
  undone_at INTEGER,
  undone_by TEXT,
  undone_in_part INTEGER NOT NULL DEFAULT 0,  -- 1: the tables of changes still have what was not undone
  pruned_at INTEGER,
  accepted_since INTEGER,  -- as given with --since
  is_to_send INTEGER NOT NULL DEFAULT 0  -- 1: what it loaded is to be sent to the live system (send.sql)
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
  error TEXT,  -- why nothing of it was read; NULL: it was read
  notes TEXT NOT NULL,  -- JSON: [{"code", "message", "action"}]
  -- The absolute path, from which the folder's library is read again, and what --library and --station gave.
  full_path TEXT NOT NULL,
  given_library TEXT NOT NULL,
  given_station TEXT NOT NULL,
  PRIMARY KEY (load, log)
) STRICT, WITHOUT ROWID;

-- The meaning of the numbers in result_rows. The program fills these tables when it creates the database.
CREATE TABLE kinds (kind INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE dispositions (disposition INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE outcomes (outcome INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, phrase TEXT NOT NULL) STRICT;

-- What every record has: one row for each record that is not blank, in replay order, unreadable ones last. The view
-- `results` joins it with the other tables. A load may have millions of these rows, so they don't repeat what is the
-- same for a whole desk or can be found by a row number.
CREATE TABLE result_rows (
  result INTEGER PRIMARY KEY,
  load INTEGER NOT NULL,
  desk INTEGER,  -- in load_desks; NULL: unreadable
  line INTEGER NOT NULL,
  kind INTEGER,  -- NULL: unreadable
  disposition INTEGER NOT NULL,
  outcome INTEGER NOT NULL,
  occurred_at INTEGER,
  clock_shift INTEGER,  -- occurred_at - recorded_at; NULL: recorded_at is unknown, or in result_details
  user_no INTEGER,  -- row of the user that the record names; NULL: none, unknown, or pruned
  item_no INTEGER,  -- row of the item; NULL: none, or unknown
  due_at INTEGER,
  due_from INTEGER,  -- 1: transaction, 2: session, 3: policy
  loan_rule INTEGER,  -- under which the item was checked out or renewed
  map_row INTEGER  -- row of map_rows that gave loan_rule; NULL: the library's default loan
) STRICT;

-- What only few records have. A record with none of it has no row here.
CREATE TABLE result_details (
  result INTEGER PRIMARY KEY,
  -- Where an unreadable record was found.
  log INTEGER, col INTEGER, library TEXT, station TEXT,
  recorded_at INTEGER,  -- only if occurred_at is unknown
  -- The ID in the log, if it is unknown, or if it is an alternate or inactive ID of the user in user_no.
  user_id TEXT, item_id TEXT,
  -- The record's key in `identities`. NULL if the record is loaded or follow-up and its key has recorded_at: then the
  -- view `results` finds the key by that time and the result.
  identity_recorded INTEGER, identity_content INTEGER, identity_ordinal INTEGER,
  -- The transaction itself, so that it can be retried if it was rejected.
  due_given TEXT,  -- ISO 8601 as the log has it: a date, a civil time, a time with offset, or NEVER
  due_given_from INTEGER,
  discharged_on TEXT,
  amount_cents INTEGER, count INTEGER,
  -- For an unsupported transaction or an edit of a registration: its name. For an in-house use without an item: the
  -- type of what was used. For a check-in: `fine waived` if the desk waived the fine.
  what TEXT,
  override_used INTEGER,
  registration TEXT,  -- JSON; never a PIN or password
  time_is_given INTEGER,  -- 1: the log itself gives a corrected time
  done_online INTEGER,  -- 1: the log says that the live system carried it out at the time
  -- What became of it.
  bill_cents INTEGER,
  fine_rule INTEGER,  -- of the bill in bill_cents
  retry_of INTEGER  -- the prior attempt: a result of an earlier load
) STRICT;

-- The findings on a record. A record with the outcome `ok` has no row here.
CREATE TABLE result_findings (
  result INTEGER PRIMARY KEY,
  findings TEXT NOT NULL  -- JSON: [{"code", "form", "args"}], the outcome's first
) STRICT;

-- Users and items whose rows were removed while results refer to them.
CREATE TABLE former_users (user_no INTEGER PRIMARY KEY, user_id TEXT NOT NULL) STRICT;
CREATE TABLE former_items (item_no INTEGER PRIMARY KEY, item_id TEXT NOT NULL, title TEXT NOT NULL) STRICT;
-- The title that an item had for the loads up to last_load, before an import changed it.
CREATE TABLE former_titles (
  item_no INTEGER NOT NULL,
  last_load INTEGER NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (item_no, last_load)
) STRICT, WITHOUT ROWID;

-- The records that loads that stand have recorded. The key begins with the time, so that new rows go at the end.
CREATE TABLE identities (
  recorded INTEGER NOT NULL,  -- by the station's own clock
  content INTEGER NOT NULL,  -- hash of the record
  ordinal INTEGER NOT NULL,  -- among equal records of one section of a log, from 0
  result INTEGER NOT NULL,  -- the newest attempt at the record
  -- For a record that only its neighbors distinguish from others, or one of a list without times: the hash of what it
  -- says by itself, so that the same words are found in another place. For a record by which such a list is known,
  -- usually its last: the digest of the list. For any other unreadable record: the content of the strong record before
  -- it, so that the whole record is recognized. For all other records: NULL.
  words INTEGER,
  PRIMARY KEY (recorded, content, ordinal)
) STRICT, WITHOUT ROWID;

-- The shelf lists: holds to compare with the hold shelf, and charges that came due since the outage began. They have
-- text instead of numbers, since the rows of users, items and holds may be removed.
CREATE TABLE load_holds (
  load INTEGER NOT NULL REFERENCES loads,
  position INTEGER NOT NULL,  -- from 0, in the order of the report
  event TEXT NOT NULL,
  library TEXT NOT NULL,  -- where the hold is to be picked up
  hold_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  title TEXT NOT NULL,
  at INTEGER NOT NULL,  -- when the event happened
  PRIMARY KEY (load, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE load_due_charges (
  load INTEGER NOT NULL REFERENCES loads,
  position INTEGER NOT NULL,
  library TEXT NOT NULL,  -- where it was checked out
  user_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  title TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  PRIMARY KEY (load, position)
) STRICT, WITHOUT ROWID;

-- To find the items of a held title that the load does not name.
CREATE INDEX items_by_title ON items(title_no);

-- Reports to be sent by mail, queued by the load itself, or by a send that got answers. The report is made from the journal; here is only to whom it
-- goes and what became of it.
CREATE TABLE mails (
  mail INTEGER PRIMARY KEY,
  load INTEGER NOT NULL REFERENCES loads,
  library TEXT NOT NULL,  -- whose part of the report; empty: the whole report, for the system's addresses
  send INTEGER NOT NULL,  -- the send whose answers are to be settled; 0: the load queued it
  message_id TEXT NOT NULL UNIQUE,  -- the same at each attempt
  queued_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  last_attempt_at INTEGER,
  last_error TEXT,  -- NULL: no attempt yet, or the last one left nothing to do
  done_at INTEGER,  -- when it left the queue: sent to every address, or its load was undone or pruned
  UNIQUE (load, library, send)
) STRICT;

CREATE TABLE mail_deliveries (
  mail INTEGER NOT NULL REFERENCES mails,
  address TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  PRIMARY KEY (mail, address)
) STRICT, WITHOUT ROWID;

-- Users whom the load registered or edited.
CREATE TABLE added_users (
  load INTEGER NOT NULL,
  user_no INTEGER NOT NULL,
  -- JSON. For a registered user, an array of the columns as the load wrote them; for an edited one, {"before",
  -- "after"}, each such an array as text.
  content TEXT NOT NULL,
  PRIMARY KEY (load, user_no)
) STRICT, WITHOUT ROWID;

-- One row for each item that a transaction of the load took effect on.
CREATE TABLE changed_items (
  load INTEGER NOT NULL,
  item_no INTEGER NOT NULL,
  moved INTEGER NOT NULL,  -- 0: the load did not change the location
  location_before INTEGER, location_after INTEGER,
  last_result_before INTEGER, last_result_after INTEGER,  -- NULL after: the load did not change it
  PRIMARY KEY (load, item_no)
) STRICT, WITHOUT ROWID;

-- The whole charge of the item. A NULL user_no: the item was not checked out.
CREATE TABLE changed_charges (
  load INTEGER NOT NULL,
  item_no INTEGER NOT NULL,
  user_no_before INTEGER, library_before INTEGER, charged_at_before INTEGER, due_at_before INTEGER, rule_before INTEGER,
  renewals_before INTEGER, claims_returned_on_before INTEGER,
  user_no_after INTEGER, library_after INTEGER, charged_at_after INTEGER, due_at_after INTEGER, rule_after INTEGER,
  renewals_after INTEGER, claims_returned_on_after INTEGER,
  PRIMARY KEY (load, item_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE changed_holds (
  load INTEGER NOT NULL,
  hold_no INTEGER NOT NULL,
  item_no_before INTEGER, status_before TEXT NOT NULL,
  item_no_after INTEGER, status_after TEXT NOT NULL,
  PRIMARY KEY (load, hold_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE changed_bills (
  load INTEGER NOT NULL,
  bill_no INTEGER NOT NULL,
  user_no INTEGER NOT NULL,
  amount_cents_before INTEGER,  -- NULL: the load made the bill
  amount_cents_after INTEGER NOT NULL,
  item_no INTEGER, reason TEXT, library INTEGER, billed_at INTEGER,  -- of a bill that the load made
  PRIMARY KEY (load, bill_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE changed_uses (
  load INTEGER NOT NULL,
  library INTEGER NOT NULL,
  day INTEGER NOT NULL,
  item_type TEXT NOT NULL,
  count INTEGER NOT NULL,  -- how many the load added
  PRIMARY KEY (load, library, day, item_type)
) STRICT, WITHOUT ROWID;

-- The highest row number of users, items, holds and bills, recorded when rows are removed. No number is reused, so that
-- the tables above stay true.
CREATE TABLE last_numbers (name TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Changes to the database other than loads: init, import, dismiss, undo and prune.
CREATE TABLE events (
  event INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  command TEXT NOT NULL,
  program_version TEXT NOT NULL,
  sqlite_version TEXT NOT NULL,
  what TEXT NOT NULL
) STRICT;

-- Where the lines of a log were recorded: what the lines say, and which library and station that was taken to mean.
-- Lines that say the same share a row.
CREATE TABLE load_desks (
  load INTEGER NOT NULL REFERENCES loads,
  desk INTEGER NOT NULL,  -- from 0
  log INTEGER NOT NULL,
  library TEXT NOT NULL,  -- the station's, as the lines say
  temporary_library TEXT NOT NULL,  -- set at the desk for single transactions; overrides library
  station TEXT NOT NULL,
  user_access TEXT NOT NULL,
  given_clock_offset INTEGER,  -- as given with --clock, in seconds
  placed_library TEXT NOT NULL,  -- whose rules were applied
  placed_station TEXT NOT NULL,
  clock_offset INTEGER NOT NULL,  -- seconds added to recorded_at, unless the clock jumped or the log corrects the time
  PRIMARY KEY (load, desk)
) STRICT, WITHOUT ROWID;

-- Rows of circulation maps that have decided a result. Each is stored once.
CREATE TABLE map_rows (
  map_row INTEGER PRIMARY KEY,
  library TEXT NOT NULL,
  user_profile TEXT NOT NULL,
  item_type TEXT NOT NULL,
  rule TEXT NOT NULL,
  line INTEGER NOT NULL,  -- in the map's file
  UNIQUE (library, user_profile, item_type, rule, line)
) STRICT;

-- Few results are in these indexes, so they cost a load next to nothing. 2: rejected, 4: unreadable.
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
  by_load INTEGER  -- the load that supplied the whole record; NULL: staff settled it by hand
) STRICT;

-- Everything that the journal knows about a result, in words.
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
  x.retry_of, r.loan_rule, r.map_row, x.fine_rule, r.user_no, r.item_no,
  coalesce(x.done_online, 0) AS done_online
FROM result_rows r
JOIN loads l ON l.load = r.load
LEFT JOIN dispositions p ON p.disposition = r.disposition
LEFT JOIN outcomes o ON o.outcome = r.outcome
LEFT JOIN kinds k ON k.kind = r.kind
LEFT JOIN result_details x ON x.result = r.result
LEFT JOIN result_findings f ON f.result = r.result
LEFT JOIN load_desks d ON d.load = r.load AND d.desk = r.desk
LEFT JOIN users u ON u.user_no = r.user_no
LEFT JOIN former_users gone_user ON gone_user.user_no = r.user_no
LEFT JOIN items item ON item.item_no = r.item_no
LEFT JOIN former_items gone_item ON gone_item.item_no = r.item_no;
