package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
)

// Hold stops the disposal of records. Who is under it is written in blobs of their
// own, one a record, which are never taken away: a hold is released as a whole.
type Hold struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Reason   string `json:"reason"` // the request or the matter
	Created  string `json:"created"`
	By       string `json:"by"`
	Released string `json:"released"` // RFC 3339; "" while in force
	Release  string `json:"release"`  // why
	Releaser string `json:"releaser"`
}

func (g *Gateway) hold(ctx context.Context, t *tenant, id string) (Hold, error) {
	var h Hold
	raw, err := g.Blobs.Get(ctx, holdKey(t.ID, id))
	if err == nil {
		err = json.Unmarshal(raw, &h)
	}
	return h, err
}

// named is the name at the end of the address, or the problem with it.
func (c *call) named(what string) (string, error) {
	id := c.r.PathValue(what)
	if !isName(id) {
		return "", malformed("a " + what + "'s name is 1 to 64 lower-case letters, digits and hyphens")
	}
	return id, nil
}

func (c *call) findHold() (Hold, error) {
	id, err := c.named("hold")
	if err != nil {
		return Hold{}, err
	}
	h, err := c.hold(c.ctx(), c.t, id)
	if errors.Is(err, ErrNotFound) {
		err = notFound("this hold")
	}
	return h, err
}

// putHold begins a hold. The same name again gives the hold as it is.
func (c *call) putHold() error {
	id, err := c.named("hold")
	if err != nil {
		return err
	}
	var in struct {
		Name   string `json:"name"`
		Reason string `json:"reason"`
	}
	if err := c.body(&in); err != nil {
		return err
	}
	if in.Name == "" || in.Reason == "" {
		return malformed("a hold needs a name and a reason")
	}
	h := Hold{ID: id, Name: in.Name, Reason: in.Reason, Created: stamp(c.now()), By: c.who.Subject}
	raw, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := c.trail("PUT hold", id); err != nil {
		return err
	}
	fresh, err := c.Blobs.Put(c.ctx(), holdKey(c.t.ID, id), raw, true)
	if err != nil {
		return err
	}
	status := http.StatusCreated
	if !fresh {
		status = http.StatusOK
		if h, err = c.hold(c.ctx(), c.t, id); err != nil {
			return err
		}
	}
	if err := c.indexHold(c.ctx(), c.t, h); err != nil {
		return err
	}
	return c.json(status, h)
}

func (g *Gateway) indexHold(ctx context.Context, t *tenant, h Hold) error {
	released := int64(0)
	if h.Released != "" {
		released = 1
	}
	return g.DB(t.ID).Exec(ctx, Stmt{"INSERT INTO hold(tenant, hold, released) VALUES(?1, ?2, ?3) ON CONFLICT(tenant, hold) DO UPDATE SET released=?3", []any{t.ID, h.ID, released}})
}

func (g *Gateway) indexHeld(ctx context.Context, t *tenant, hold string, ids []string) error {
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return g.DB(t.ID).Exec(ctx, Stmt{"INSERT INTO held(tenant, hold, id) SELECT ?1, ?2, value FROM json_each(?3) WHERE true ON CONFLICT DO NOTHING", []any{t.ID, hold, string(list)}})
}

func (c *call) holds() error {
	p, err := c.page()
	if err != nil {
		return err
	}
	prefix := holdKey(c.t.ID, "")
	keys, err := c.Blobs.List(c.ctx(), prefix, prefix+p.after, p.limit)
	if err != nil {
		return err
	}
	out := struct {
		Holds []Hold `json:"holds"`
		Next  string `json:"next"`
	}{Holds: []Hold{}}
	for _, k := range keys {
		h, err := c.hold(c.ctx(), c.t, k[len(prefix):])
		if err != nil {
			return err
		}
		out.Holds = append(out.Holds, h)
	}
	if len(keys) == p.limit {
		out.Next = keys[len(keys)-1][len(prefix):]
	}
	return c.json(http.StatusOK, out)
}

func (c *call) getHold() error {
	h, err := c.findHold()
	if err != nil {
		return err
	}
	return c.json(http.StatusOK, h)
}

// addToHold puts records under a hold that is in force.
func (c *call) addToHold() error {
	h, err := c.findHold()
	if err != nil {
		return err
	}
	var in struct {
		Records []string `json:"records"`
	}
	if err := c.body(&in); err != nil {
		return err
	}
	if len(in.Records) == 0 || len(in.Records) > checkPage {
		return malformed("records must name 1 to 100 records")
	}
	if h.Released != "" {
		return problem(http.StatusConflict, "released", "this hold was released; begin another")
	}
	if err := c.trail("POST hold "+h.ID, "records added"); err != nil {
		return err
	}
	for _, id := range in.Records {
		if !isID(id) {
			return malformed("records must be ids of records")
		}
		there, err := c.Blobs.Has(c.ctx(), recordKey(c.t.ID, id))
		if err != nil {
			return err
		}
		if !there {
			return notFound(id)
		}
		if _, err := c.Blobs.Put(c.ctx(), heldKey(c.t.ID, h.ID, id), []byte("{}"), true); err != nil {
			return err
		}
	}
	if err := c.indexHeld(c.ctx(), c.t, h.ID, in.Records); err != nil {
		return err
	}
	return c.json(http.StatusOK, h)
}

func (c *call) releaseHold() error {
	h, err := c.findHold()
	if err != nil {
		return err
	}
	var in struct {
		Reason string `json:"reason"`
	}
	if err := c.body(&in); err != nil {
		return err
	}
	if in.Reason == "" {
		return malformed("a release needs a reason")
	}
	if h.Released != "" {
		return c.json(http.StatusOK, h)
	}
	if err := c.trail("POST release", h.ID); err != nil {
		return err
	}
	h.Released, h.Release, h.Releaser = stamp(c.now()), in.Reason, c.who.Subject
	raw, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if _, err := c.Blobs.Put(c.ctx(), holdKey(c.t.ID, h.ID), raw, false); err != nil {
		return err
	}
	if err := c.indexHold(c.ctx(), c.t, h); err != nil {
		return err
	}
	return c.json(http.StatusOK, h)
}

// rebuildHolds reads holds and what is under them back into the index.
func (g *Gateway) rebuildHolds(ctx context.Context, t *tenant) error {
	prefix := holdKey(t.ID, "")
	return g.eachKey(ctx, prefix, func(keys []string) error {
		for _, k := range keys {
			h, err := g.hold(ctx, t, k)
			if err != nil {
				return err
			}
			if err := g.indexHold(ctx, t, h); err != nil {
				return err
			}
			err = g.eachKey(ctx, heldKey(t.ID, h.ID, idPrefix), func(ids []string) error {
				for i := range ids {
					ids[i] = idPrefix + ids[i]
				}
				return g.indexHeld(ctx, t, h.ID, ids)
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// eachKey calls do with what follows prefix in its keys, some at a time.
func (g *Gateway) eachKey(ctx context.Context, prefix string, do func([]string) error) error {
	for after := prefix; ; {
		keys, err := g.Blobs.List(ctx, prefix, after, BatchSize)
		if err != nil || len(keys) == 0 {
			return err
		}
		after = keys[len(keys)-1]
		for i := range keys {
			keys[i] = keys[i][len(prefix):]
		}
		if err := do(keys); err != nil {
			return err
		}
	}
}
