package request

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"hanaper/core"
	"hanaper/desktop/vault"
)

// How is what the person who searches adds to a request.
type How struct {
	By         string // who searches, as they are known
	At         time.Time
	Deviations []Deviation // from the officer's words
	Elsewhere  []Place     // what was looked at, or not, beside the vault
	Comments   []Comment   // on records found
}

// Deviation is a difference from the request. Each needs a reason.
type Deviation struct {
	What   string `json:"what"` // also: the text was looked for as well; without: it was not
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// Place is something beside the vault: a phone, an account.
type Place struct {
	Channel string `json:"channel"`
	State   string `json:"state"` // searched, not_searched or not_available
	Records int    `json:"records"`
	Reason  string `json:"reason"`
}

// Comment is what the holder thinks of a record found. It decides nothing: what is
// released is for the officer.
type Comment struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Term is something that was looked for.
type Term struct {
	Text string `json:"text"`
	Kind string `json:"kind"` // word or person
	Hits int    `json:"hits"`
	Also bool   `json:"also"` // the holder's, not the officer's
}

// Hit is a record found.
type Hit struct {
	ID      string `json:"id"`
	Channel string `json:"channel"`
	Date    string `json:"date"`  // of its first message
	Terms   []int  `json:"terms"` // which found it, by their places; none: the range alone
	State   string `json:"state"` // included, purged or damaged: only the first is in the package
}

// Certificate says how far a search went.
type Certificate struct {
	Reference  string
	Request    string // digest of the request
	By         string
	At         string // RFC 3339, UTC
	Tool       string
	Since      string
	Until      string
	Places     []Place // the vault's channels, then what was said of other places
	Records    int     // in the vault
	Checkpoint string  // the vault's signed tree head at the time: nothing can be taken out unseen
	Terms      []Term
	Deviations []Deviation
	Hits       []Hit
	Unread     []Hit // in the range, purged or damaged: their words could not be searched
	Comments   []Comment
}

// Run searches the vault as the request says. Where it asks for a hold, everything in
// its range comes under it, found or not: a word may be misspelt.
func Run(ctx context.Context, v *vault.Vault, r *Request, how How) (*Certificate, error) {
	if err := how.check(r); err != nil {
		return nil, err
	}
	if r.Hold {
		if err := hold(ctx, v, r, how.By); err != nil {
			return nil, err
		}
	}
	c := &Certificate{Reference: r.Reference, Request: r.Digest, By: how.By, At: how.At.UTC().Format(time.RFC3339), Tool: "hanaper " + core.Version,
		Since: r.Since, Until: r.Until, Terms: terms(r, how), Deviations: how.Deviations, Comments: how.Comments}
	cp, err := v.Checkpoint(ctx)
	if err != nil {
		return nil, err
	}
	if cp != nil {
		c.Checkpoint, c.Records = cp.Note, int(cp.Size)
	}
	if err := c.search(ctx, v, r); err != nil {
		return nil, err
	}
	if err := c.unread(ctx, v, r); err != nil {
		return nil, err
	}
	if err := c.places(ctx, v, r, how); err != nil {
		return nil, err
	}
	for _, x := range how.Comments {
		if !slices.ContainsFunc(c.Hits, func(h Hit) bool { return h.ID == x.ID }) {
			return nil, fmt.Errorf("comment on %s: the search did not find that record", x.ID)
		}
	}
	return c, nil
}

func (h *How) check(r *Request) error {
	if strings.TrimSpace(h.By) == "" {
		return fmt.Errorf("who searches? a certificate bears a name")
	}
	for _, d := range h.Deviations {
		switch {
		case d.What != "also" && d.What != "without":
			return fmt.Errorf("deviation %q is not one of also, without", d.What)
		case strings.TrimSpace(d.Reason) == "":
			return fmt.Errorf("%s %q differs from the request: say why", d.What, d.Text)
		case d.What == "without" && !slices.Contains(r.Terms, d.Text) && !slices.Contains(r.People, d.Text):
			return fmt.Errorf("without %q: the request does not ask for it", d.Text)
		}
	}
	for _, p := range h.Elsewhere {
		switch {
		case p.State != "searched" && p.State != "not_searched" && p.State != "not_available":
			return fmt.Errorf("%s: state %q is not one of searched, not_searched, not_available", p.Channel, p.State)
		case p.State != "searched" && strings.TrimSpace(p.Reason) == "":
			return fmt.Errorf("%s was not searched: say why", p.Channel)
		}
	}
	return nil
}

func terms(r *Request, how How) (out []Term) {
	without := func(text string) bool {
		return slices.ContainsFunc(how.Deviations, func(d Deviation) bool { return d.What == "without" && d.Text == text })
	}
	for _, list := range []struct {
		kind  string
		texts []string
	}{{"word", r.Terms}, {"person", r.People}} {
		for _, text := range list.texts {
			if !without(text) {
				out = append(out, Term{Text: text, Kind: list.kind})
			}
		}
	}
	for _, d := range how.Deviations {
		if d.What == "also" {
			out = append(out, Term{Text: d.Text, Kind: "word", Also: true})
		}
	}
	return out
}

// search gathers what any of the terms finds, or where there is none, the range.
func (c *Certificate) search(ctx context.Context, v *vault.Vault, r *Request) error {
	found := map[string]int{}
	add := func(rows []vault.Hit, term int) {
		for i := range rows {
			n, seen := found[rows[i].ID]
			if !seen {
				n = len(c.Hits)
				found[rows[i].ID] = n
				c.Hits = append(c.Hits, hitOf(&rows[i].Row))
			}
			if term >= 0 && !slices.Contains(c.Hits[n].Terms, term) {
				c.Hits[n].Terms = append(c.Hits[n].Terms, term)
			}
		}
	}
	for n := range c.Terms {
		t := &c.Terms[n]
		asked := []vault.Query{{Text: t.Text}}
		if t.Kind == "person" {
			asked = []vault.Query{{From: t.Text}, {To: t.Text}}
		}
		before := map[string]bool{}
		for _, q := range asked {
			rows, err := within(ctx, v, r, q)
			if err != nil {
				return fmt.Errorf("%q: %w", t.Text, err)
			}
			for i := range rows {
				before[rows[i].ID] = true
			}
			add(rows, n)
		}
		t.Hits = len(before)
	}
	if len(c.Terms) == 0 {
		rows, err := within(ctx, v, r, vault.Query{})
		if err != nil {
			return err
		}
		add(rows, -1)
	}
	slices.SortFunc(c.Hits, func(a, b Hit) int { return strings.Compare(a.Date+a.ID, b.Date+b.ID) })
	return nil
}

// unread lists what no search of words can be sure of.
func (c *Certificate) unread(ctx context.Context, v *vault.Vault, r *Request) error {
	for row, err := range v.All(ctx, 0) {
		if err != nil {
			return err
		}
		if !row.Purged && row.Damage == "" || !r.mayConcern(&row) {
			continue
		}
		h := hitOf(&row)
		if !slices.ContainsFunc(c.Hits, func(x Hit) bool { return x.ID == h.ID }) {
			c.Unread = append(c.Unread, h)
		}
	}
	return nil
}

// within searches the request's days and channels.
func within(ctx context.Context, v *vault.Vault, r *Request, q vault.Query) (out []vault.Hit, err error) {
	q.Since, q.Until = r.Since, r.Until
	if len(r.Channels) == 0 {
		return v.Search(ctx, q)
	}
	for _, id := range r.Channels {
		q.Channel = id
		rows, err := v.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

func hitOf(row *vault.Row) Hit {
	h := Hit{ID: row.ID, State: "included", Terms: []int{}}
	if row.Head != nil {
		h.Channel, h.Date = row.Head.Channel, row.Head.Fields.Date
	}
	switch {
	case row.Damage != "":
		h.State = "damaged"
	case row.Purged:
		h.State = "purged"
	}
	return h
}

// places lists every channel the request speaks of: searched where the vault has
// records of it, else not available here; then what the holder says of other places.
func (c *Certificate) places(ctx context.Context, v *vault.Vault, r *Request, how How) error {
	for _, id := range r.channels() {
		n, err := v.Count(ctx, vault.Query{Channel: id})
		if err != nil {
			return err
		}
		p := Place{Channel: id, State: "searched", Records: n, Reason: "the records kept in this vault"}
		if n == 0 {
			p.State, p.Reason = "not_available", "no record of this channel is in this vault"
		}
		c.Places = append(c.Places, p)
	}
	c.Places = append(c.Places, how.Elsewhere...)
	return nil
}
