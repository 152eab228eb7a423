package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"hanaper/proof"
)

// checkPage is how many records one check or rebuild takes: each is read and
// verified, and a Worker's request may make 1,000 calls to its storage.
const checkPage = 100

// Finding is one thing a check found.
type Finding struct {
	ID   string `json:"id"` // of the record; "" for the log
	Text string `json:"text"`
}

// Checked is what one step of a check found.
type Checked struct {
	Records  int       `json:"records"`  // read and verified in this step
	Findings []Finding `json:"findings"` // what is wrong
	Queued   int       `json:"queued"`   // records that waited for their place and were sent to the queue again
	Next     string    `json:"next"`     // pass as after; "" at the end
}

// Check verifies, step by step, that every record in the blobs is whole, logged and
// indexed. What only waits is sent to the queue again; what is damaged is reported.
// The step with after "" checks the log against its checkpoint too.
func (g *Gateway) Check(ctx context.Context, tenantID, after string) (Checked, error) {
	out := Checked{Findings: []Finding{}}
	t := g.tenants[tenantID]
	if t == nil {
		return out, fmt.Errorf("check: there is no tenant %q", tenantID)
	}
	if after == "" {
		if err := g.checkLog(ctx, t); err != nil {
			out.Findings = append(out.Findings, Finding{"", err.Error()})
		}
	}
	ids, err := g.recordIDs(ctx, t, after, checkPage)
	if err != nil {
		return out, err
	}
	for _, id := range ids {
		if err := g.checkRecord(ctx, t, id); err != nil {
			out.Findings = append(out.Findings, Finding{id, err.Error()})
		}
	}
	out.Records = len(ids)
	waiting, err := g.waiting(ctx, t, ids)
	if err != nil {
		return out, err
	}
	if len(waiting) > 0 {
		if err := g.Queue.Send(ctx, t.ID, waiting...); err != nil {
			return out, err
		}
		out.Queued = len(waiting)
	}
	if len(ids) == checkPage {
		out.Next = ids[len(ids)-1]
	}
	return out, nil
}

func (g *Gateway) checkRecord(ctx context.Context, t *tenant, id string) error {
	if !isID(id) {
		return errors.New("its key is no record's id")
	}
	s, err := g.stored(ctx, t, id)
	if err != nil {
		return err
	}
	for _, d := range fileDigests(&s.record) {
		there, err := g.Blobs.Has(ctx, fileKey(t.ID, d))
		if err != nil {
			return err
		}
		if !there {
			return errors.New("its file " + d + " is not there")
		}
	}
	return nil
}

// waiting are those of ids that lack their entry or their row.
func (g *Gateway) waiting(ctx context.Context, t *tenant, ids []string) ([]string, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := g.DB(t.ID).Query(ctx, Stmt{"SELECT j.value FROM json_each(?2) j" +
		" LEFT JOIN entry e ON e.tenant=?1 AND e.id=j.value LEFT JOIN record r ON r.tenant=?1 AND r.id=j.value" +
		" WHERE e.idx IS NULL OR r.n IS NULL", []any{t.ID, string(list)}})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, row := range rows {
		out = append(out, text(row[0]))
	}
	return out, nil
}

// checkLog reads the whole log and compares it with the index.
func (g *Gateway) checkLog(ctx context.Context, t *tenant) error {
	c, _, err := g.checkpoint(ctx, t)
	if err != nil {
		return err
	}
	size, err := g.logSize(ctx, t)
	if err != nil {
		return err
	}
	if size < c.Size {
		return fmt.Errorf("the index has %d entries, the checkpoint %d: rebuild the index", size, c.Size)
	}
	return g.eachBundle(ctx, t, c, func(from int64, ids []string) error {
		list, err := json.Marshal(ids)
		if err != nil {
			return err
		}
		rows, err := g.DB(t.ID).Query(ctx, Stmt{"SELECT j.key FROM json_each(?3) j LEFT JOIN entry e ON e.tenant=?1 AND e.idx=?2+j.key WHERE e.id IS NOT j.value ORDER BY j.key LIMIT 1", []any{t.ID, from, string(list)}})
		if err == nil && len(rows) > 0 {
			err = fmt.Errorf("entry %d of the log is not the index's: rebuild the index", from+integer(rows[0][0]))
		}
		return err
	})
}

// rebuildLog reads the entries of the log back into the index.
func (g *Gateway) rebuildLog(ctx context.Context, t *tenant) error {
	c, _, err := g.checkpoint(ctx, t)
	if err != nil {
		return err
	}
	return g.eachBundle(ctx, t, c, func(from int64, ids []string) error { return g.insertEntries(ctx, t, from, ids) })
}

// eachBundle calls do with up to 256 entries at a time, proven against c.
func (g *Gateway) eachBundle(ctx context.Context, t *tenant, c proof.Checkpoint, do func(from int64, ids []string) error) error {
	var ids []string
	return proof.Entries(c, g.tiles(ctx, t), func(i int64, id string) error {
		ids = append(ids, id)
		if len(ids) < proof.TileWidth && i != c.Size-1 {
			return nil
		}
		err := do(i+1-int64(len(ids)), ids)
		ids = nil
		return err
	})
}

func (c *call) after() string { return c.r.URL.Query().Get("after") }

func (c *call) check() error {
	if c.after() != "" && !isID(c.after()) {
		return malformed("after must be the next of the answer before")
	}
	out, err := c.Check(c.ctx(), c.t.ID, c.after())
	if err != nil {
		return err
	}
	return c.json(http.StatusOK, out)
}

func (c *call) rebuild() error {
	if c.after() != "" && !isID(c.after()) {
		return malformed("after must be the next of the answer before")
	}
	next, err := c.Rebuild(c.ctx(), c.t.ID, c.after(), checkPage)
	if err != nil {
		return err
	}
	return c.json(http.StatusOK, struct {
		Next string `json:"next"`
	}{next})
}
