// The sixth step of the schema: copies are told from records that look alike, and pending records can be dismissed.
#pragma once

namespace offcirc {

inline constexpr const char* k_schema_step_6 = R"sql(
-- Of a record that only its neighbors tell from others: what it says by itself, so that the same words in another place
-- are found. Of the last record of a list without times: the digest of the whole list. Of an unreadable record: the
-- content of the record before it, so that the whole record is recognized when it comes. NULL: of all others.
ALTER TABLE identities ADD COLUMN words INTEGER;
CREATE INDEX identities_by_words ON identities(words) WHERE words IS NOT NULL;

CREATE INDEX results_unreadable ON results(load) WHERE disposition = 'unreadable';

-- Pending rejections and unreadable records that were settled without a retry.
CREATE TABLE dismissals (
  result INTEGER PRIMARY KEY,
  dismissed_at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  note TEXT NOT NULL,
  by_load INTEGER  -- the load that brought the whole record; NULL: staff settled it by hand
) STRICT;
)sql";

}  // namespace offcirc
