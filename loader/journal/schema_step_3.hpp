// The third step of the schema: the mails that loads have queued.
#pragma once

namespace offcirc {

inline constexpr const char* k_schema_step_3 = R"sql(
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
)sql";

}  // namespace offcirc
