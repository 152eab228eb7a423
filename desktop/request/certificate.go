package request

import (
	"fmt"

	"hanaper/core/canonical"
)

// JSON is the certificate as canonical JSON (RFC 8785), with a line feed:
//
//	{"at":"...","by":"...","checkpoint":"...","comments":[{"id":"...","text":"..."}],
//	 "deviations":[{"reason":"...","text":"...","what":"also"}],
//	 "hits":[{"channel":"...","date":"...","id":"...","state":"included","terms":[0]}],
//	 "places":[{"channel":"...","reason":"...","records":3,"state":"searched"}],"records":120,
//	 "reference":"...","request":"sha256:...","since":"","terms":[{"also":false,"hits":2,"kind":"word","text":"..."}],
//	 "tool":"hanaper 0.1.0","unread":[],"until":"","v":1}
func (c *Certificate) JSON() []byte {
	v := canonical.Texts("reference", c.Reference, "request", c.Request, "by", c.By, "at", c.At, "tool", c.Tool,
		"since", c.Since, "until", c.Until, "checkpoint", c.Checkpoint)
	v.Put("v", canonical.Num(1))
	v.Put("records", canonical.Num(float64(c.Records)))
	v.Put("places", listOf(c.Places, func(p Place) canonical.Value {
		v := canonical.Texts("channel", p.Channel, "state", p.State, "reason", p.Reason)
		v.Put("records", canonical.Num(float64(p.Records)))
		return v
	}))
	v.Put("terms", listOf(c.Terms, func(t Term) canonical.Value {
		v := canonical.Texts("text", t.Text, "kind", t.Kind)
		v.Put("hits", canonical.Num(float64(t.Hits)))
		v.Put("also", canonical.Flag(t.Also))
		return v
	}))
	v.Put("deviations", listOf(c.Deviations, func(d Deviation) canonical.Value {
		return canonical.Texts("what", d.What, "text", d.Text, "reason", d.Reason)
	}))
	v.Put("hits", listOf(c.Hits, hitValue))
	v.Put("unread", listOf(c.Unread, hitValue))
	v.Put("comments", listOf(c.Comments, func(c Comment) canonical.Value { return canonical.Texts("id", c.ID, "text", c.Text) }))
	return append(canonical.Append(nil, v), '\n')
}

func listOf[T any](all []T, f func(T) canonical.Value) canonical.Value {
	out := make([]canonical.Value, len(all))
	for i, x := range all {
		out[i] = f(x)
	}
	return canonical.List(out)
}

func hitValue(h Hit) canonical.Value {
	v := canonical.Texts("id", h.ID, "channel", h.Channel, "date", h.Date, "state", h.State)
	v.Put("terms", listOf(h.Terms, func(n int) canonical.Value { return canonical.Num(float64(n)) }))
	return v
}

// openCertificate reads JSON.
func openCertificate(in []byte) (*Certificate, error) {
	v, err := canonical.Parse(in, canonical.Limits{Bytes: maxCertificate})
	if err != nil {
		return nil, fmt.Errorf("is no certificate: %w", err)
	}
	d := &canonical.Decoder{}
	o := d.Object(&v, "")
	o.Int("v", 0, 1, 1)
	c := &Certificate{Reference: o.Need("reference"), Request: o.Need("request"), By: o.Need("by"), At: o.Need("at"), Tool: o.Need("tool"),
		Since: o.String("since"), Until: o.String("until"), Checkpoint: o.String("checkpoint"), Records: count(o, "records")}
	o.Each("places", func(_ int, e *canonical.Obj) {
		c.Places = append(c.Places, Place{e.String("channel"), e.Enum("state", "not_available", "searched", "not_searched"), count(e, "records"), e.String("reason")})
	})
	o.Each("terms", func(_ int, e *canonical.Obj) {
		c.Terms = append(c.Terms, Term{e.Need("text"), e.Enum("kind", "word", "person"), count(e, "hits"), e.Bool("also", false)})
	})
	o.Each("deviations", func(_ int, e *canonical.Obj) {
		c.Deviations = append(c.Deviations, Deviation{e.Enum("what", "also", "without"), e.String("text"), e.Need("reason")})
	})
	o.Each("hits", func(_ int, e *canonical.Obj) { c.Hits = append(c.Hits, openHit(e, len(c.Terms))) })
	o.Each("unread", func(_ int, e *canonical.Obj) { c.Unread = append(c.Unread, openHit(e, 0)) })
	o.Each("comments", func(_ int, e *canonical.Obj) {
		c.Comments = append(c.Comments, Comment{e.Need("id"), e.String("text")})
	})
	o.Done()
	return c, d.Err(true)
}

func count(o *canonical.Obj, name string) int { return int(o.Int(name, 0, 0, 1<<40)) }

func openHit(o *canonical.Obj, terms int) Hit {
	h := Hit{ID: o.Need("id"), Channel: o.String("channel"), Date: o.String("date"), Terms: []int{}, State: o.Enum("state", "included", "purged", "damaged")}
	v := o.Any("terms")
	if v == nil {
		return h
	}
	for i := range v.Arr {
		n := v.Arr[i].Num
		if v.Arr[i].Kind != canonical.Number || !canonical.Whole(n) || n < 0 || int(n) >= terms {
			o.Fail(canonical.Index("terms", i), "is the place of no term")
			continue
		}
		h.Terms = append(h.Terms, int(n))
	}
	return h
}
