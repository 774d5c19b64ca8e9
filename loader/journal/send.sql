-- The way back: what was handed out in upload files or sent to the library's live system, and what became of it.

-- The meaning of the numbers in send_messages.state. The program fills the table when it creates the database.
CREATE TABLE send_states (state INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, phrase TEXT NOT NULL) STRICT;

-- One row for each run of 'offcirc send' that handed something out or sent it.
CREATE TABLE sends (
  send INTEGER PRIMARY KEY,  -- the number in the name of its folder
  begun_at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  command TEXT NOT NULL,
  via TEXT NOT NULL,  -- the system whose files were written, or sip2
  folder TEXT NOT NULL,  -- absolute path; empty if it was sent over SIP2
  -- When all files were on the disk, or when all items had been asked about once more. NULL: the next send completes it.
  written_at INTEGER,
  settled_at INTEGER,  -- when the files were confirmed or withdrawn; NULL: neither
  settled_by TEXT,
  settled_as TEXT CHECK (settled_as IN ('confirmed', 'withdrawn'))
) STRICT;

-- The upload files. They are recognized by their digest, so that nobody loads them as logs.
CREATE TABLE send_files (
  send INTEGER NOT NULL REFERENCES sends,
  path TEXT NOT NULL,  -- below the folder
  digest TEXT NOT NULL,  -- as in load_logs
  records INTEGER NOT NULL,
  PRIMARY KEY (send, path)
) STRICT;

-- The messages, or the records in a file, that bring a result into the live system. A result without a row here is
-- unsent. One that needs two messages, such as a checkout that ends another patron's loan, has two rows.
CREATE TABLE send_messages (
  result INTEGER NOT NULL,
  step INTEGER NOT NULL,  -- from 0
  send INTEGER REFERENCES sends,  -- the newest that had it; NULL: staff settled it
  state INTEGER NOT NULL REFERENCES send_states,
  at INTEGER NOT NULL,  -- when it got into this state
  file TEXT,  -- path of its upload file; NULL: none
  text TEXT NOT NULL,  -- why it is to be entered by hand, or what the live system answered; may be empty
  released_at INTEGER,  -- when staff allowed later transactions of the item to be sent; NULL: they did not
  released_by TEXT,
  PRIMARY KEY (result, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX send_messages_by_send ON send_messages(send);
-- The states that hold back later transactions of the item: refused, moved-on and unconfirmed.
CREATE INDEX send_messages_held ON send_messages(result) WHERE state IN (9, 10, 11) AND released_at IS NULL;
