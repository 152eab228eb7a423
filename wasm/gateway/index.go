package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"hanaper/core/message"
)

// BatchSize is the most ids that one Process takes.
const BatchSize = 500

// maxWords bounds what of one record goes into the index: a row of D1 may have 2 MB.
// Longer records say so (record.cut), and packages count them.
const maxWords = 512 << 10

// Process gives records their place in the log and in the index. It may be called
// again with the same ids, and by several at once: whoever loses gets ErrConflict and
// tries again. Sequencing comes first, so a failing index never delays a proof.
func (g *Gateway) Process(ctx context.Context, tenantID string, ids []string) error {
	t := g.tenants[tenantID]
	if t == nil {
		return fmt.Errorf("process: there is no tenant %q", tenantID)
	}
	if len(ids) > BatchSize {
		return fmt.Errorf("process: %d ids, at most %d", len(ids), BatchSize)
	}
	there, err := g.present(ctx, t, ids)
	if err != nil {
		return err
	}
	if err := g.sequence(ctx, t, there); err != nil {
		return err
	}
	for chunk := range slices.Chunk(there, indexAtOnce) {
		if err := g.index(ctx, t, chunk); err != nil {
			return err
		}
	}
	return nil
}

const (
	// looksAtOnce keeps a batch from waiting for the network once a record.
	looksAtOnce = 16
	// indexAtOnce is how many records are in memory together; each may have 4 MiB, and
	// takes several times that while it is read.
	indexAtOnce = 5
)

// each calls do for 0 to n-1, some at once, and returns an error that one of them gave.
func each(n int, do func(i int) error) error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	for w := range min(looksAtOnce, n) {
		wg.Go(func() {
			for i := w; i < n; i += looksAtOnce {
				errs[i] = do(i)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// present are those of ids whose record is there: no place in the log without content.
func (g *Gateway) present(ctx context.Context, t *tenant, ids []string) (out []string, err error) {
	there := make([]bool, len(ids))
	err = each(len(ids), func(i int) (err error) {
		there[i], err = g.Blobs.Has(ctx, recordKey(t.ID, ids[i]))
		return err
	})
	for i, id := range ids {
		if there[i] {
			out = append(out, id)
		}
	}
	return out, err
}

// index writes the rows of records, in place of those they had. A damaged record is
// left out: the check reports it, and others must not wait for it.
func (g *Gateway) index(ctx context.Context, t *tenant, ids []string) error {
	rows := make([][]Stmt, len(ids))
	err := each(len(ids), func(i int) error {
		s, err := g.stored(ctx, t, ids[i])
		if errors.Is(err, errDamaged) {
			g.Log("index: left out: " + err.Error())
			return nil
		}
		if err == nil {
			rows[i] = s.rows(t.ID)
		}
		return err
	})
	stmts := slices.Concat(rows...)
	if err != nil || len(stmts) == 0 {
		return err
	}
	return g.DB(t.ID).Exec(ctx, stmts...)
}

func (s *Stored) rows(tenant string) []Stmt {
	r := &s.record
	body, cut := words(s)
	size := int64(len(r.Canonical()))
	for i := range r.Messages {
		for _, a := range r.Messages[i].Attachments {
			size += a.Size
		}
	}
	const row = "INSERT INTO record(tenant, id, at, received, channel, direction, method, series, subject, sender, keeper, size, cut)" +
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)" +
		" ON CONFLICT(tenant, id) DO UPDATE SET at=?3, received=?4, channel=?5, direction=?6, method=?7, series=?8, subject=?9, sender=?10, keeper=?11, size=?12, cut=?13"
	return []Stmt{
		{row, []any{tenant, s.id, r.Fields.Date + "T" + r.Fields.Time, stamp(s.Received), r.Channel, r.Direction, r.Method, r.Series, r.Fields.Subject, party(r.Fields.From), s.Keeper, size, cut}},
		{"DELETE FROM words WHERE rowid=(SELECT n FROM record WHERE tenant=?1 AND id=?2)", []any{tenant, s.id}},
		{"INSERT INTO words(rowid, subject, sender, recipients, chat, body, note) SELECT n, ?3, ?4, ?5, ?6, ?7, ?8 FROM record WHERE tenant=?1 AND id=?2",
			[]any{tenant, s.id, r.Fields.Subject, party(r.Fields.From), parties(r.Fields.To), r.Chat, body, r.Note}},
	}
}

func party(p message.Party) string { return strings.TrimSpace(p.Name + " " + p.Address) }

func parties(all []message.Party) string {
	var b strings.Builder
	for _, p := range all {
		b.WriteString(party(p) + "\n")
	}
	return b.String()
}

// words is what of the messages can be searched; cut is 1 where not all fits.
func words(s *Stored) (string, int64) {
	var b strings.Builder
	for i := range s.record.Messages {
		m := &s.record.Messages[i]
		b.WriteString(m.Body + "\n" + party(m.From) + "\n")
		for _, a := range m.Attachments {
			b.WriteString(a.Name + "\n")
		}
		if b.Len() > maxWords {
			end := maxWords
			for !utf8.RuneStart(b.String()[end]) {
				end--
			}
			return b.String()[:end], 1
		}
	}
	return b.String(), 0
}

// Rebuild makes index rows from blobs: it puts at most limit records that follow
// after back into the index and returns the last of them, "" when there are no more.
// The first call (after "") reads the log's entries back too.
func (g *Gateway) Rebuild(ctx context.Context, tenantID, after string, limit int) (string, error) {
	t := g.tenants[tenantID]
	if t == nil {
		return "", fmt.Errorf("rebuild: there is no tenant %q", tenantID)
	}
	if after == "" {
		if err := g.rebuildLog(ctx, t); err != nil {
			return "", err
		}
		if err := g.rebuildHolds(ctx, t); err != nil {
			return "", err
		}
	}
	ids, err := g.recordIDs(ctx, t, after, limit)
	if err != nil {
		return "", err
	}
	if err := g.Process(ctx, t.ID, ids); err != nil {
		return "", err
	}
	if len(ids) < limit {
		return "", nil
	}
	return ids[len(ids)-1], nil
}

// recordIDs lists the records that the blobs hold.
func (g *Gateway) recordIDs(ctx context.Context, t *tenant, after string, limit int) ([]string, error) {
	prefix := "records/" + t.ID + "/"
	keys, err := g.Blobs.List(ctx, prefix, prefix+strings.TrimPrefix(after, idPrefix), limit)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(keys))
	for i, k := range keys {
		ids[i] = idPrefix + k[len(prefix):]
	}
	return ids, nil
}

// insertEntries is idempotent: the index may have lost any part of the log.
func (g *Gateway) insertEntries(ctx context.Context, t *tenant, from int64, ids []string) error {
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return g.DB(t.ID).Exec(ctx, Stmt{"INSERT INTO entry(tenant, idx, id) SELECT ?1, ?2 + key, value FROM json_each(?3) WHERE true ON CONFLICT(tenant, idx) DO NOTHING", []any{t.ID, from, string(list)}})
}
