package vault

import (
	"context"
	"encoding/hex"
	"errors"

	"github.com/ncruces/go-sqlite3"

	"hanaper/core/canonical"
	"hanaper/core/record"
)

// index puts a record's words into the full-text index.
func (c *conn) index(seq int64, w *words) error {
	return c.run("INSERT INTO words(rowid, sender, recipient, subject, body) VALUES(?,?,?,?,?)", seq, w.sender, w.recipient, w.subject, w.body)
}

// Reindex makes the full-text index anew from the records. It tells progress every
// thousand; damaged records are left out and counted.
func (v *Vault) Reindex(ctx context.Context, progress func(done, total int64)) (left int, err error) {
	err = v.write(ctx, func(c *conn) error {
		if err := c.Exec("DROP TABLE IF EXISTS words;" + createIndex); err != nil {
			return err
		}
		size, err := c.size()
		if err != nil {
			return err
		}
		for seq := range size {
			if progress != nil && seq%1000 == 0 {
				progress(seq, size)
			}
			switch err := c.reindex(seq); {
			case errors.Is(err, ErrDamaged) || err != nil && isDamage(err):
				left++
			case err != nil:
				return err
			}
		}
		if progress != nil {
			progress(size, size)
		}
		return nil
	})
	return left, err
}

func (c *conn) reindex(seq int64) error {
	id, purged := "", false
	found, err := c.one("SELECT id, stub IS NOT NULL FROM record WHERE seq = ?", []any{seq}, func(s *sqlite3.Stmt) {
		id, purged = "sha256:"+hex.EncodeToString(s.ColumnRawBlob(0)), s.ColumnBool(1)
	})
	if err != nil || purged {
		return err
	}
	if !found {
		return ErrDamaged
	}
	json, _, err := c.evidence(seq, id)
	if err != nil {
		return err
	}
	value, err := canonical.Parse(json, canonical.Limits{Bytes: record.MaxBytes})
	if err != nil {
		return err
	}
	f := foundBy(&value)
	return c.index(seq, &f.words)
}
