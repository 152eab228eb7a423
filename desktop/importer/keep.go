package importer

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"iter"
	"time"

	"hanaper/core/record"
	"hanaper/desktop/importer/chat"
)

// Store is where records go. It may be asked again and again for the same.
type Store interface {
	// Keep stores all items; when it returns they are there to stay.
	Keep(ctx context.Context, items []Item) error
	// Day gives every record of a channel whose date is that day, YYYY-MM-DD, as it
	// was before this import. Of one whose content is gone the messages are missing.
	Day(ctx context.Context, channel, date string) iter.Seq2[*record.Record, error]
}

// Keeper makes records of chosen messages and stores them. What the store holds
// already is left alone: an import that broke off is done again, and an export that
// is longer than the last one adds what is new.
type Keeper struct {
	Chat    *Chat
	Fields  Fields
	Store   Store
	Context int              // messages before a chosen one that are kept with it
	Now     func() time.Time //
	Random  io.Reader        // of record nonces

	Kept, Already int          // records
	Incomplete    []Incomplete // chosen, and not kept
	Notes         []chat.Note  // kept, with something left out

	before  []*Judged // the messages just before, at most Context
	waiting []Item
	size    int
	days    map[string]bool
	known   map[fingerprint]int // how many of these the store held before
}

// Incomplete is a chosen message that could not be kept.
type Incomplete struct {
	Number int    `json:"number"`
	Line   int    `json:"line"`
	Why    string `json:"why"`
	// Fields that are missing, none where Why is something else.
	Fields []string `json:"fields"`
}

// A batch is stored together: many small ones are slow, and what is not stored yet
// is done again after a crash.
const (
	batchItems = 200
	batchBytes = 8 << 20 // of canonical JSON
)

// Next takes the next message of the file; chosen ones are kept. Call Flush at the
// end.
func (k *Keeper) Next(ctx context.Context, j *Judged, chosen bool) error {
	if chosen {
		if err := k.keep(ctx, j); err != nil {
			return err
		}
	}
	if k.Context > 0 && (j.Kind == chat.Text || j.Kind == chat.Deleted) && j.To == nil {
		k.before = append(k.before[max(0, len(k.before)-k.Context+1):], j)
	}
	return nil
}

func (k *Keeper) keep(ctx context.Context, j *Judged) error {
	known, err := k.isKnown(ctx, j)
	if err != nil {
		return err
	}
	if known {
		k.Already++
		return nil
	}
	item, notes, err := k.build(j, k.before)
	for _, n := range notes {
		k.Notes = append(k.Notes, chat.Note{Line: j.Line, Text: n})
	}
	if err != nil {
		missing, _ := err.(Missing)
		k.Incomplete = append(k.Incomplete, Incomplete{j.Number, j.Line, err.Error(), missing})
		return nil
	}
	k.waiting = append(k.waiting, item)
	if k.size += len(item.Record.Canonical()); len(k.waiting) >= batchItems || k.size >= batchBytes {
		return k.Flush(ctx)
	}
	return nil
}

// Flush stores what is waiting.
func (k *Keeper) Flush(ctx context.Context) error {
	if len(k.waiting) == 0 {
		return nil
	}
	if err := k.Store.Keep(ctx, k.waiting); err != nil {
		return err
	}
	k.Kept += len(k.waiting)
	k.waiting, k.size = k.waiting[:0], 0
	return nil
}

// fingerprint tells a message again: what was sent, by whom, when. A record keeps it
// in other words, so that it is made of a record's, never of a file's.
type fingerprint [16]byte

// isKnown tells whether the store had this message before this import. Of several
// that are all the same, as many are known as it had.
func (k *Keeper) isKnown(ctx context.Context, j *Judged) (bool, error) {
	if k.known == nil {
		k.known, k.days = map[fingerprint]int{}, map[string]bool{}
	}
	channel := k.Chat.Info.Channel
	if day := j.At.Date; day != "" && !k.days[day] {
		k.days[day] = true
		for r, err := range k.Store.Day(ctx, channel, day) {
			if err != nil {
				return false, fmt.Errorf("what was kept of %s cannot be read: %w", day, err)
			}
			if r.Fields.Date == day { // a store may go by the days of context too
				k.known[printOf(r)]++
			}
		}
	}
	m := k.message(j)
	full := record.Record{Channel: channel, Chat: k.Chat.Info.Title, Messages: []record.Message{m}}
	full.Fields.From, full.Fields.Date, full.Fields.Time = j.From, j.At.Date, j.At.Clock
	full.Fields.Subject = k.fields(j).Subject
	head := full // of a record whose content was dropped after delivery
	head.Messages = nil
	for _, p := range [...]fingerprint{printOf(&full), printOf(&head)} {
		if k.known[p] > 0 {
			k.known[p]--
			return true, nil
		}
	}
	return false, nil
}

// printOf is a record's fingerprint: of its first message that is not context.
func printOf(r *record.Record) (out fingerprint) {
	parts := []string{r.Channel, r.Chat, r.Fields.From.Name, r.Fields.From.Address, r.Fields.Date, r.Fields.Time}
	body := false
	for i := range r.Messages {
		m := &r.Messages[i]
		if m.ContextOnly || body {
			continue
		}
		body = true
		parts = append(parts, m.Body)
		for _, a := range m.Attachments {
			parts = append(parts, a.Name)
		}
	}
	if !body || r.Chat == "" { // mail: a chat's subject is its title and words of the body
		parts = append(parts, "subject", r.Fields.Subject)
	}
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	copy(out[:], h.Sum(nil))
	return out
}
