package vault

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// migrations bring a database from one version to the next, forward only: number i
// makes version i+1. What was released is never edited; testdata/v1 is a vault of
// version 1, and so on.
//
// seq is a record's place in the tree, from 0. Digests are 32 raw bytes.
var migrations = []string{`
CREATE TABLE version(version INTEGER PRIMARY KEY, at TEXT NOT NULL) STRICT;
-- the signing keys this vault has had; seed only of the one in force
CREATE TABLE device(n INTEGER PRIMARY KEY, name TEXT NOT NULL, public BLOB NOT NULL, seed BLOB, from_size INTEGER NOT NULL) STRICT;
-- what lists and filters need; first_day and last_day are YYYY-MM-DD
CREATE TABLE record(seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, state INTEGER NOT NULL, channel TEXT NOT NULL,
  first_day TEXT NOT NULL, last_day TEXT NOT NULL, changed_at TEXT NOT NULL, stub TEXT) STRICT;
CREATE INDEX record_day ON record(last_day);
CREATE INDEX record_state ON record(state) WHERE state < 2;
-- the evidence: canonical JSON, public key and signature (32 and 64 bytes)
CREATE TABLE content(seq INTEGER PRIMARY KEY REFERENCES record, signature BLOB NOT NULL, json BLOB NOT NULL) STRICT;
-- attached files, in pieces, and which records have them
CREATE TABLE file(n INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE) STRICT;
CREATE TABLE piece(file INTEGER NOT NULL REFERENCES file, piece INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY(file, piece)) STRICT;
CREATE TABLE record_file(seq INTEGER NOT NULL REFERENCES record, file INTEGER NOT NULL REFERENCES file, PRIMARY KEY(seq, file)) STRICT, WITHOUT ROWID;
CREATE INDEX record_file_file ON record_file(file);
-- hashes of the tree by sumdb/tlog's storage index
CREATE TABLE tree(n INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;
CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TABLE delivery(seq INTEGER NOT NULL REFERENCES record, destination TEXT NOT NULL, state INTEGER NOT NULL,
  attempts INTEGER NOT NULL, next_at TEXT NOT NULL, trouble TEXT NOT NULL, identical INTEGER NOT NULL, receipt BLOB,
  at TEXT NOT NULL, PRIMARY KEY(seq, destination)) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_due ON delivery(next_at) WHERE state = 1;
CREATE TABLE hold_statement(n INTEGER PRIMARY KEY, state TEXT NOT NULL, by TEXT NOT NULL, source TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE TABLE hold(name TEXT PRIMARY KEY, by TEXT NOT NULL, at TEXT NOT NULL, lifted_at TEXT NOT NULL, receipt TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE hold_record(seq INTEGER NOT NULL REFERENCES record, hold TEXT NOT NULL REFERENCES hold, PRIMARY KEY(seq, hold)) STRICT, WITHOUT ROWID;
` + createIndex,
}

// createIndex makes the full-text index. It holds no text of its own, can be
// dropped and made again from the records (Reindex), and is fed by fold.
const createIndex = `
CREATE VIRTUAL TABLE words USING fts5(sender, recipient, subject, body,
  content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");
`

// migrate makes the tables of an empty database, or brings older ones up to date.
func (c *conn) migrate(ctx context.Context, id string, now time.Time) error {
	version, err := c.version()
	if err != nil || version == len(migrations) {
		return err
	}
	return c.transact(ctx, beginWrite, func(c *conn) error {
		version, err := c.version() // again: another process may have been first
		if err != nil {
			return err
		}
		for ; version < len(migrations); version++ {
			if err := c.Exec(migrations[version]); err != nil {
				return fmt.Errorf("to version %d: %w", version+1, err)
			}
			if version == 0 {
				if err := c.newDevice(id, 0); err != nil {
					return err
				}
			}
			if err := c.run("INSERT INTO version VALUES(?,?)", version+1, stamp(now)); err != nil {
				return err
			}
		}
		return nil
	})
}

// version is that of the database, 0 where it is empty.
func (c *conn) version() (int, error) {
	tables := 0
	if _, err := c.one("SELECT count(*) FROM sqlite_schema", nil, func(s *sqlite3.Stmt) { tables = s.ColumnInt(0) }); err != nil {
		return 0, explain(err)
	}
	if tables == 0 {
		return 0, nil
	}
	version := 0
	if _, err := c.one("SELECT max(version) FROM version", nil, func(s *sqlite3.Stmt) { version = s.ColumnInt(0) }); err != nil {
		return 0, explain(err)
	}
	if version > len(migrations) {
		return 0, fmt.Errorf("%w (its version is %d, this program knows %d)", ErrNewer, version, len(migrations))
	}
	return version, nil
}

// newDevice puts a fresh signing key in force for entries from size on.
func (c *conn) newDevice(id string, size int64) error {
	seed := make([]byte, ed25519.SeedSize)
	rand.Read(seed)
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	if err := c.run("UPDATE device SET seed = NULL"); err != nil {
		return err
	}
	return c.run("INSERT INTO device(name, public, seed, from_size) VALUES(?,?,?,?)", originOf(id), []byte(public), seed, size)
}

// stamp is RFC 3339 in UTC to the second: as text it sorts by time.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
