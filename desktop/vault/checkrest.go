package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"github.com/ncruces/go-sqlite3"
)

// files compares every attached file with its digest.
func (k *checker) files() error {
	type file struct {
		n      int64
		digest []byte
	}
	var all []file
	err := k.c.each("SELECT n, digest FROM file", nil, func(s *sqlite3.Stmt) error {
		all = append(all, file{s.ColumnInt64(0), s.ColumnBlob(1, nil)})
		return nil
	})
	if err := k.tolerate(err, "the list of attached files"); err != nil {
		return err
	}
	for _, f := range all {
		sum := sha256.New()
		_, err := k.c.pieces(f.digest, sum)
		if err == nil && bytes.Equal(sum.Sum(nil), f.digest) {
			continue
		} else if err != nil && !isDamage(err) {
			return err
		}
		ids, err := k.having(f.n)
		if err != nil {
			return err
		}
		k.bad(-1, ids, "the attached file sha256:%x is not what was kept", f.digest)
	}
	k.rep.Files = len(all)
	return nil
}

// having are the records with file n.
func (k *checker) having(n int64) (ids []string, err error) {
	err = k.c.each("SELECT r.id FROM record_file f JOIN record r USING(seq) WHERE f.file = ?", []any{n}, func(s *sqlite3.Stmt) error {
		ids = append(ids, "sha256:"+hex.EncodeToString(s.ColumnRawBlob(0)))
		return nil
	})
	return ids, k.tolerate(err, "which records have an attached file")
}

// words looks at the full-text index, which can be made again.
func (k *checker) words() error {
	n := int64(0)
	_, err := k.c.one("SELECT count(*) FROM words", nil, func(s *sqlite3.Stmt) { n = s.ColumnInt64(0) })
	switch {
	case err != nil && !isDamage(err) && !errors.Is(err, sqlite3.ERROR): // ERROR: there is no such table
		return err
	case err != nil || n != k.size-k.rep.Purged:
		k.bad(-1, nil, "%s", badIndex)
	}
	return nil
}

const badIndex = "the full-text index is damaged or lacks records: 'hanaper vault check --reindex' makes it anew"

// pages reads every page that is left.
func (k *checker) pages() error {
	var found []string
	err := k.c.each("PRAGMA quick_check(10)", nil, func(s *sqlite3.Stmt) error {
		if text := s.ColumnText(0); text != "ok" {
			found = append(found, text)
		}
		return nil
	})
	if err := k.tolerate(err, "the pages"); err != nil {
		return err
	}
	for _, text := range found {
		if strings.HasPrefix(text, "fts5:") {
			text = badIndex
		}
		k.bad(-1, nil, "the pages: %s", text)
	}
	return nil
}
