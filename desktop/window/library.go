package window

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"time"

	"hanaper/core/record"
	"hanaper/desktop/deliver"
	"hanaper/desktop/vault"
)

// Query is what the library is asked for; an empty member asks for nothing.
type Query struct {
	Text    string `json:"text"`
	From    string `json:"from"`
	To      string `json:"to"`
	Since   string `json:"since"` // YYYY-MM-DD, both included
	Until   string `json:"until"`
	Channel string `json:"channel"`
	State   string `json:"state"` // kept, pending, delivered or closed
	Hold    string `json:"hold"`  // none, held or unknown
	Offset  int    `json:"offset"`
}

// pageOfHits is how many records the library shows at a time.
const pageOfHits = 50

// Hits are what was found, a page of it.
type Hits struct {
	Total int   `json:"total"`
	Hits  []Hit `json:"hits"`
}

// Hit is a record in a list.
type Hit struct {
	ID       string  `json:"id"`
	State    string  `json:"state"`
	Hold     string  `json:"hold"`
	Date     string  `json:"date"`
	Time     string  `json:"time"`
	From     string  `json:"from"`
	To       string  `json:"to"`
	Subject  string  `json:"subject"`
	Channel  string  `json:"channel"`
	Purged   bool    `json:"purged"`
	Damage   string  `json:"damage"`
	Snippet  []Piece `json:"snippet"`
	Incoming bool    `json:"incoming"`
}

// Piece is a stretch of a text; Found: it is a word that was asked for.
type Piece struct {
	Text  string `json:"text"`
	Found bool   `json:"found"`
}

// Search gives a page of the records that fit.
func (a *App) Search(q Query) (Hits, error) {
	out := Hits{Hits: []Hit{}}
	v, err := a.open()
	if err != nil {
		return out, err
	}
	asked := vault.Query{
		Text: q.Text, From: q.From, To: q.To, Since: q.Since, Until: q.Until, Channel: q.Channel,
		Hold: vault.HoldState(q.Hold), Newest: q.Text == "", Limit: pageOfHits, Offset: q.Offset,
	}
	if q.State != "" {
		state, err := vault.ParseState(q.State)
		if err != nil {
			return out, told(err)
		}
		asked.States = []vault.State{state}
	}
	if out.Total, err = v.Count(a.ctx, asked); err != nil {
		return out, told(err)
	}
	hits, err := v.Search(a.ctx, asked)
	if err != nil {
		return out, told(err)
	}
	for _, h := range hits {
		out.Hits = append(out.Hits, hit(&h.Row, pieces(h.Snippet, h.Marks)))
	}
	return out, nil
}

func hit(r *vault.Row, snippet []Piece) Hit {
	h := Hit{ID: r.ID, State: r.State.String(), Hold: string(r.Hold), Purged: r.Purged, Damage: r.Damage, Snippet: snippet}
	if r.Head == nil {
		return h
	}
	f := &r.Head.Fields
	h.Date, h.Time, h.Subject, h.Channel, h.Incoming = f.Date, f.Time, f.Subject, r.Head.Channel, r.Head.Direction == "in"
	h.From = name(f.From.Name, f.From.Address)
	for i, p := range f.To {
		if i > 0 {
			h.To += ", "
		}
		h.To += name(p.Name, p.Address)
	}
	return h
}

func name(name, address string) string {
	if name == "" {
		return address
	}
	return name
}

// pieces cuts a text at its marks, which are byte ranges in order.
func pieces(text string, marks [][2]int) []Piece {
	out, at := []Piece{}, 0
	for _, m := range marks {
		if m[0] > at {
			out = append(out, Piece{text[at:m[0]], false})
		}
		out, at = append(out, Piece{text[m[0]:m[1]], true}), m[1]
	}
	if at < len(text) {
		out = append(out, Piece{text[at:], false})
	}
	return out
}

// Record is one record with what is known of it.
type Record struct {
	Hit
	Record     json.RawMessage `json:"record"` // canonical JSON; null where the content is gone or damaged
	Index      int64           `json:"index"`  // place in the tree, from 0
	Deliveries []Delivery      `json:"deliveries"`
}

// Delivery is how a record stands at one destination.
type Delivery struct {
	Destination string `json:"destination"`
	State       string `json:"state"` // waiting, handed or delivered
	Place       string `json:"place"`
	Identical   bool   `json:"identical"`
	At          string `json:"at"`      // RFC 3339, "" where it did not happen yet
	Next        string `json:"next"`    // the next try, "" for none
	Problem     string `json:"problem"` // what happened
	Advice      string `json:"advice"`  // what to do, in the person's language
}

// Record gives a record whose digest was compared with its id.
func (a *App) Record(id string) (Record, error) {
	out := Record{Deliveries: []Delivery{}, Record: json.RawMessage("null")}
	v, err := a.open()
	if err != nil {
		return out, err
	}
	stored, err := v.Read(a.ctx, id)
	switch {
	case errors.Is(err, vault.ErrPurged) || errors.Is(err, vault.ErrDamaged) && stored.ID != "":
	case err != nil:
		return out, told(err)
	default:
		out.Record = stored.JSON
	}
	out.Hit, out.Index = hit(&stored.Row, []Piece{}), stored.Index
	jobs, err := deliver.VaultQueue{Vault: v}.Jobs(a.ctx, id)
	if err != nil {
		return out, told(err)
	}
	for _, j := range jobs {
		out.Deliveries = append(out.Deliveries, a.delivery(&j))
	}
	return out, nil
}

func (a *App) delivery(j *deliver.Job) Delivery {
	d := Delivery{Destination: j.Destination, State: string(j.State), Place: j.Receipt.Place, Identical: j.Proof.Identical, Problem: j.Problem}
	if j.State != deliver.Waiting {
		d.At = rfc3339(j.At)
	} else if j.Attempts > 0 {
		d.Next = rfc3339(j.Next)
	}
	if j.Trouble != "" {
		d.Advice = j.Trouble.Advice(a.chosen().Language)
	}
	return d
}

func rfc3339(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// Proof is what a check of one record found: each member "" where it is good.
type Proof struct {
	Content   string `json:"content"`   // the digest is the record's id
	Signature string `json:"signature"` // of the device that kept it
	Files     string `json:"files"`     // every attached file has its digest
	Tree      string `json:"tree"`      // it is in the tree of the latest checkpoint
	Count     int    `json:"count"`     // of files
	Entries   int64  `json:"entries"`   // in the tree
	Root      string `json:"root"`
	At        string `json:"at"` // RFC 3339
}

// Prove checks one record anew: content, signature, files and its place in the tree.
func (a *App) Prove(id string) (Proof, error) {
	out := Proof{At: rfc3339(a.opt.Now())}
	v, err := a.open()
	if err != nil {
		return out, err
	}
	stored, err := v.Read(a.ctx, id)
	if errors.Is(err, vault.ErrDamaged) {
		out.Content = err.Error()
		return out, nil
	} else if err != nil {
		return out, told(err)
	}
	if raw, err := vault.CheckSignature(id, stored.Signature); err != nil {
		out.Signature = err.Error()
	} else if raw == nil {
		out.Signature = "is not one"
	}
	for _, digest := range digests(&stored.Record) {
		out.Count++
		if err := v.WriteFile(a.ctx, digest, io.Discard); err != nil {
			out.Files = err.Error()
		}
	}
	keys, err := v.VerifierKeys(a.ctx)
	if err != nil {
		return out, told(err)
	}
	inclusion, err := v.Prove(a.ctx, id)
	var cp *vault.Checkpoint
	if err == nil {
		cp, err = vault.CheckProof(inclusion, vault.Leaf(id, stored.Signature), keys...)
	}
	if err != nil {
		out.Tree = err.Error()
		return out, nil
	}
	out.Entries, out.Root = cp.Size, cp.Root.String()
	return out, nil
}

// digests are those of the files whose content was kept, each once.
func digests(r *record.Record) (out []string) {
	for i := range r.Messages {
		for _, at := range r.Messages[i].Attachments {
			if at.Digest != "" && !slices.Contains(out, at.Digest) {
				out = append(out, at.Digest)
			}
		}
	}
	return out
}
