package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"hanaper/desktop/vault"
)

func openStore(ctx context.Context, kind, path string) (store, error) {
	if kind == "plain" {
		return openPlain(ctx, path)
	}
	v, _, err := vault.Create(ctx, path, vault.Passphrase("a passphrase of the benchmark"))
	return vaultStore{v}, err
}

type vaultStore struct{ *vault.Vault }

func (s vaultStore) keep(ctx context.Context, batch []vault.Item) error {
	_, err := s.Keep(ctx, batch...)
	return err
}

func (s vaultStore) search(ctx context.Context, words string) (int, error) {
	hits, err := s.Search(ctx, vault.Query{Text: words, Limit: 20})
	return len(hits), err
}

func (s vaultStore) verify(ctx context.Context) error {
	rep, err := s.Check(ctx, vault.CheckOptions{})
	if err == nil && len(rep.Bad) > 0 {
		err = fmt.Errorf("%+v", rep.Bad)
	}
	return err
}

// plainStore is what one would write without a vault: the records' JSON in a table
// of a plain SQLite file, and a full-text index over the same words. No
// encryption, digests, signatures or tree.
type plainStore struct {
	*sqlite3.Conn
	row, words, find *sqlite3.Stmt
}

func openPlain(ctx context.Context, path string) (store, error) {
	// The vault sets the runtime up for both.
	v, _, err := vault.Create(ctx, path+"-unused", vault.Passphrase("a passphrase of the benchmark"))
	if err != nil {
		return nil, err
	}
	if err := v.Close(); err != nil {
		return nil, err
	}
	c, err := sqlite3.OpenContext(ctx, "file:"+path)
	if err != nil {
		return nil, err
	}
	if err := c.Exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768; PRAGMA temp_store=memory;
		CREATE TABLE record(n INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
		CREATE VIRTUAL TABLE words USING fts5(sender, recipient, subject, body, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2")`); err != nil {
		return nil, err
	}
	s := &plainStore{Conn: c}
	for _, p := range []struct {
		to  **sqlite3.Stmt
		sql string
	}{
		{&s.row, "INSERT INTO record(json) VALUES(?)"},
		{&s.words, "INSERT INTO words(rowid, sender, recipient, subject, body) VALUES(?,?,?,?,?)"},
		{&s.find, "SELECT json FROM words w JOIN record r ON r.n = w.rowid WHERE words MATCH ? ORDER BY w.rank LIMIT 20"},
	} {
		if *p.to, _, err = c.Prepare(p.sql); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *plainStore) keep(_ context.Context, batch []vault.Item) error {
	tx, err := s.BeginImmediate()
	if err != nil {
		return err
	}
	for _, item := range batch {
		if err := s.insert(item.Record); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (s *plainStore) insert(raw []byte) error {
	var r struct {
		Fields struct {
			From    struct{ Name, Address string }
			To      []struct{ Name, Address string }
			Subject string
		}
		Messages []struct{ Body string }
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return err
	}
	if err := s.row.BindRawText(1, raw); err != nil {
		return err
	}
	if err := s.row.Exec(); err != nil {
		return err
	}
	if err := s.words.BindInt64(1, s.LastInsertRowID()); err != nil {
		return err
	}
	for i, text := range []string{r.Fields.From.Name + "\n" + r.Fields.From.Address, r.Fields.To[0].Name + "\n" + r.Fields.To[0].Address, r.Fields.Subject, r.Messages[0].Body} {
		if err := s.words.BindText(i+2, text); err != nil {
			return err
		}
	}
	return s.words.Exec()
}

func (s *plainStore) search(_ context.Context, words string) (n int, err error) {
	if err := s.find.BindText(1, words); err != nil {
		return 0, err
	}
	for s.find.Step() {
		var r map[string]any
		if err := json.Unmarshal(s.find.ColumnRawText(0), &r); err != nil {
			return 0, err
		}
		n++
	}
	return n, s.find.Reset()
}

func (s *plainStore) verify(context.Context) error { return nil }

func (s *plainStore) Close() error {
	for _, stmt := range []*sqlite3.Stmt{s.row, s.words, s.find} {
		if err := stmt.Close(); err != nil {
			return err
		}
	}
	return s.Conn.Close()
}
