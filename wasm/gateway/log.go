package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"hanaper/proof"
)

// The log of a tenant grows in three steps, each of which may be the last before a
// crash: entries take their index in the database (its keys let one of two
// sequencers win), tiles are written, the checkpoint is published. The next Append
// finishes what the last one left: entries beyond the checkpoint are appended first.

// checkpoint reads the published checkpoint; a log that has none is empty.
func (g *Gateway) checkpoint(ctx context.Context, t *tenant) (proof.Checkpoint, []byte, error) {
	signed, err := g.Blobs.Get(ctx, logKey(t.ID, "checkpoint"))
	if errors.Is(err, ErrNotFound) {
		return proof.Checkpoint{Log: t.Log}, nil, nil
	}
	if err != nil {
		return proof.Checkpoint{}, nil, err
	}
	c, err := proof.OpenCheckpoint(signed, t.verifier)
	return c, signed, err
}

func (g *Gateway) tiles(ctx context.Context, t *tenant) proof.Tiles {
	return func(path string) ([]byte, error) { return g.Blobs.Get(ctx, logKey(t.ID, path)) }
}

// logSize is the number of entries that have an index.
func (g *Gateway) logSize(ctx context.Context, t *tenant) (int64, error) {
	rows, err := g.DB(t.ID).Query(ctx, Stmt{"SELECT idx FROM entry WHERE tenant=?1 ORDER BY idx DESC LIMIT 1", []any{t.ID}})
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	return integer(rows[0][0]) + 1, nil
}

// sequence gives each id its place in the log, those that have one excepted.
func (g *Gateway) sequence(ctx context.Context, t *tenant, ids []string) error {
	c, _, err := g.checkpoint(ctx, t)
	if err != nil {
		return err
	}
	size, err := g.logSize(ctx, t)
	if err != nil {
		return err
	}
	if size < c.Size {
		return fmt.Errorf("the index of %s has %d entries, its checkpoint %d: rebuild the index before anything else", t.ID, size, c.Size)
	}
	fresh, err := g.unlogged(ctx, t, ids)
	if err != nil {
		return err
	}
	if len(fresh) == 0 && size == c.Size {
		return nil
	}
	if len(fresh) > 0 {
		list, err := json.Marshal(fresh)
		if err != nil {
			return err
		}
		insert := Stmt{"INSERT INTO entry(tenant, idx, id) SELECT ?1, ?2 + key, value FROM json_each(?3)", []any{t.ID, size, string(list)}}
		if err := g.DB(t.ID).Exec(ctx, insert); err != nil {
			return err
		}
	}
	return g.publish(ctx, t, c)
}

// unlogged are those of ids without an index, each once.
func (g *Gateway) unlogged(ctx context.Context, t *tenant, ids []string) ([]string, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := g.DB(t.ID).Query(ctx, Stmt{"SELECT id FROM entry WHERE tenant=?1 AND id IN (SELECT value FROM json_each(?2))", []any{t.ID, string(list)}})
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, row := range rows {
		known[text(row[0])] = true
	}
	var fresh []string
	for _, id := range ids {
		if !known[id] {
			known[id] = true
			fresh = append(fresh, id)
		}
	}
	return fresh, nil
}

// publish extends the log from c to all entries that have an index.
func (g *Gateway) publish(ctx context.Context, t *tenant, c proof.Checkpoint) error {
	from := c.Size - c.Size%proof.TileWidth
	rows, err := g.DB(t.ID).Query(ctx, Stmt{"SELECT idx, id FROM entry WHERE tenant=?1 AND idx>=?2 ORDER BY idx", []any{t.ID, from}})
	if err != nil {
		return err
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		if integer(row[0]) != from+int64(i) {
			return fmt.Errorf("the log of %s has no entry %d: rebuild the index", t.ID, from+int64(i))
		}
		ids[i] = text(row[1])
	}
	edge := int(c.Size - from)
	if len(ids) < edge {
		return fmt.Errorf("the index of %s ends at entry %d, its checkpoint at %d: rebuild the index", t.ID, from+int64(len(ids)), c.Size)
	}
	next, files, err := proof.Extend(c, ids[:edge], ids[edge:], g.tiles(ctx, t))
	if err != nil {
		return err
	}
	for _, f := range files {
		if _, err := g.Blobs.Put(ctx, logKey(t.ID, f.Path), f.Data, false); err != nil {
			return err
		}
	}
	signed, err := next.Sign(t.signer)
	if err != nil {
		return err
	}
	_, err = g.Blobs.Put(ctx, logKey(t.ID, "checkpoint"), signed, false)
	return err
}

// prove gives a record's index and inclusion proof; nil and "" while it has none.
func (g *Gateway) prove(ctx context.Context, t *tenant, id string) (*int64, string, error) {
	rows, err := g.DB(t.ID).Query(ctx, Stmt{"SELECT idx FROM entry WHERE tenant=?1 AND id=?2", []any{t.ID, id}})
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	index := integer(rows[0][0])
	c, signed, err := g.checkpoint(ctx, t)
	if err != nil || index >= c.Size { // its checkpoint is not published yet
		return nil, "", err
	}
	hashes, err := tlog.ProveRecord(c.Size, index, proof.Hashes(c, g.tiles(ctx, t)))
	if err != nil {
		return nil, "", err
	}
	p := proof.Inclusion{Index: index, Hashes: hashes, Checkpoint: string(signed)}
	return &index, p.Text(), nil
}

// static serves checkpoint and tiles (C2SP tlog-tiles). They hold ids, which give
// nothing away about what was written, and anybody who has a record may check it.
func (c *call) static() error {
	path := strings.TrimPrefix(c.r.URL.Path, "/v1/log/")
	if path != "checkpoint" && !isTilePath(path) {
		return notFound("this tile")
	}
	data, err := c.Blobs.Get(c.ctx(), logKey(c.t.ID, path))
	if errors.Is(err, ErrNotFound) {
		return notFound("this part of the log")
	}
	if err != nil {
		return err
	}
	if path == "checkpoint" {
		return c.raw(http.StatusOK, "text/plain; charset=utf-8", data)
	}
	c.w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	return c.raw(http.StatusOK, "application/octet-stream", data)
}

// isTilePath: digits, x, p, slashes and points in the places C2SP puts them; it must
// not lead elsewhere in the store.
func isTilePath(path string) bool {
	rest, ok := strings.CutPrefix(path, "tile/")
	rest = strings.TrimPrefix(rest, "entries/")
	return ok && rest != "" && !strings.Contains(rest, "..") && strings.Trim(rest, "0123456789xp./") == ""
}

// key tells with which key receipts and checkpoints are to be checked.
func (c *call) key() error {
	text, err := proof.VerifierKey(c.t.signer)
	if err != nil {
		return err
	}
	return c.json(http.StatusOK, struct {
		Log string `json:"log"`
		Key string `json:"key"`
	}{c.t.Log, text})
}

// integer and text read a column that Query returned; the schema fixes its type.
func integer(v any) int64 { n, _ := v.(int64); return n }
func text(v any) string   { s, _ := v.(string); return s }
