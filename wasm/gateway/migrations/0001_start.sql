-- The index of the gateway, in SQLite and in D1. Every row can be made again from the
-- blobs. Every table but the last, which hangs on record, begins with the tenant.

-- entry: which leaf of the log is which record. Its keys make sure that two who
-- sequence at once cannot both succeed.
CREATE TABLE entry(
  tenant TEXT NOT NULL,
  idx    INTEGER NOT NULL,
  id     TEXT NOT NULL,
  PRIMARY KEY(tenant, idx),
  UNIQUE(tenant, id)
) WITHOUT ROWID;

-- at: date and time of the record as it stands in it; received: RFC 3339, UTC;
-- size: bytes with files; cut: 1 where the words of the end are not in the index
CREATE TABLE record(
  n         INTEGER PRIMARY KEY,
  tenant    TEXT NOT NULL,
  id        TEXT NOT NULL,
  at        TEXT NOT NULL,
  received  TEXT NOT NULL,
  channel   TEXT NOT NULL,
  direction TEXT NOT NULL,
  method    TEXT NOT NULL,
  series    TEXT NOT NULL,
  subject   TEXT NOT NULL,
  sender    TEXT NOT NULL,
  keeper    TEXT NOT NULL,
  size      INTEGER NOT NULL,
  cut       INTEGER NOT NULL,
  UNIQUE(tenant, id)
);
CREATE INDEX record_at ON record(tenant, at, id);

CREATE TABLE hold(
  tenant   TEXT NOT NULL,
  hold     TEXT NOT NULL,
  released INTEGER NOT NULL,
  PRIMARY KEY(tenant, hold)
) WITHOUT ROWID;

CREATE TABLE held(
  tenant TEXT NOT NULL,
  hold   TEXT NOT NULL,
  id     TEXT NOT NULL,
  PRIMARY KEY(tenant, id, hold)
) WITHOUT ROWID;

-- words: rowid is record.n. The text itself is not stored: it is in the blobs.
CREATE VIRTUAL TABLE words USING fts5(
  subject, sender, recipients, chat, body, note,
  content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
);
