package importer

import (
	"context"
	"runtime"
	"strings"
	"sync"
	"time"

	"hanaper/core/message"
	"hanaper/core/policy"
	"hanaper/desktop/importer/chat"
)

// Chat is what judging and keeping must know of the whole file.
type Chat struct {
	Info   chat.Info
	People []message.Party // who wrote in it
	Me     []message.Party // the person who imports, by each name or address in the file; none: not said
	// Location is the place whose clock the file's times are of, where the file
	// states no offset; nil: not known.
	Location *time.Location
}

// Judge gives the verdict on a draft. It is called by several goroutines.
type Judge func(*message.Draft) policy.Verdict

// Judged is a message with its verdict.
type Judged struct {
	*chat.Message
	Direction string         // in, out, or unknown where nobody said who imports
	Verdict   policy.Verdict // of a text; elsewhere everything in it is empty
}

// Duty is the verdict's, "" for a message that is not judged, unknown for one that
// could not be read.
func (j *Judged) Duty() string {
	if j.Kind == chat.Unreadable {
		return "unknown"
	}
	return j.Verdict.Duty
}

// contextSize is how many messages before it a message is judged by, as in the
// extension.
const contextSize = 5

// job is a message on its way to its verdict.
type job struct {
	judged *Judged
	before []message.Message
	done   chan struct{}
}

// Run reads a file, judges its messages on all processors, and yields them in their
// order. Notes are those that Survey told.
func Run(ctx context.Context, src chat.Source, c *Chat, judge Judge, yield func(*Judged) error) error {
	ctx, stop := context.WithCancel(ctx)
	workers := runtime.GOMAXPROCS(0)
	work, queue := make(chan *job, workers), make(chan *job, 8*workers)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for w := range work {
				if w.judged.Kind == chat.Text {
					d := c.draft(w.judged, w.before)
					w.judged.Verdict = judge(&d)
				}
				close(w.done)
			}
		})
	}
	var failed error
	group.Go(func() {
		defer close(queue)
		defer close(work)
		failed = src.Read(ctx, c.feed(ctx, queue, work), func(chat.Note) {})
	})
	defer group.Wait()
	defer stop()
	for w := range queue {
		<-w.done
		if err := yield(w.judged); err != nil {
			return err
		}
	}
	return failed
}

// feed puts every message into the queue, which keeps the order, and gives it to a
// worker.
func (c *Chat) feed(ctx context.Context, queue, work chan<- *job) func(*chat.Message) error {
	var before []message.Message
	return func(m *chat.Message) error {
		j := &Judged{Message: m, Direction: c.direction(m)}
		w := &job{j, before, make(chan struct{})}
		if m.Kind == chat.Text && len(m.To) == 0 { // mails do not follow on another
			next := message.Message{Direction: j.Direction, From: m.From.Name, At: c.instant(m.At), Body: m.Body}
			before = append(before[max(0, len(before)-contextSize+1):len(before):len(before)], next)
		}
		select {
		case queue <- w:
			work <- w
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// direction is who wrote a message, seen from the person who imports.
func (c *Chat) direction(m *chat.Message) string {
	switch {
	case m.From == message.Party{} || len(c.Me) == 0:
		return "unknown"
	case c.isMe(m.From):
		return "out"
	}
	return "in"
}

func (c *Chat) isMe(p message.Party) bool {
	for _, me := range c.Me {
		if same(me, p) {
			return true
		}
	}
	return false
}

func same(a, b message.Party) bool {
	return a.Name != "" && strings.EqualFold(a.Name, b.Name) || a.Address != "" && strings.EqualFold(a.Address, b.Address) ||
		a.Name != "" && strings.EqualFold(a.Name, b.Address)
}

// to are those a message went to: the file's own, or everybody else in the chat.
func (c *Chat) to(m *chat.Message) []message.Party {
	if m.To != nil {
		return m.To
	}
	out := []message.Party{}
	for _, p := range c.People {
		if !same(p, m.From) {
			out = append(out, p)
		}
	}
	return out
}

// draft is a sent message as the judgement sees one.
func (c *Chat) draft(j *Judged, before []message.Message) message.Draft {
	m := j.Message
	d := message.Draft{
		V: 1, Channel: c.Info.Channel, Title: c.Info.Title, Subject: m.Subject, Body: unquoted(m),
		To: c.to(m), MembersComplete: m.To != nil, Context: before, At: c.instant(m.At),
		Device: message.DeviceUnknown, ChatScope: message.ScopeUnset, Hold: message.HoldUnknown,
	}
	if j.Direction == "out" {
		d.Account = m.From.Address
	}
	for _, a := range m.Attachments {
		if a.Name != original && len(d.Attachments) < message.MaxAttachments {
			d.Attachments = append(d.Attachments, message.Attachment{Name: a.Name, Type: a.Type, Size: a.Size})
		}
	}
	return d
}

// unquoted leaves out what a mail quotes of those before: that was judged there.
func unquoted(m *chat.Message) string {
	if m.To == nil || !strings.Contains(m.Body, ">") {
		return m.Body
	}
	lines := strings.Split(m.Body, "\n")
	out := lines[:0]
	for _, l := range lines {
		if !strings.HasPrefix(l, ">") {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

// zone is the offset from UTC at a time, "" where it is not known.
func (c *Chat) zone(t chat.Time) string {
	if t.Zone != "" || c.Location == nil || t.Date == "" || t.Clock == "" {
		return t.Zone
	}
	at, err := time.ParseInLocation(time.DateTime, t.Stamp(), c.Location)
	if err != nil {
		return ""
	}
	return at.Format("-07:00")
}

// instant is a time as RFC 3339, "" where its offset is not known.
func (c *Chat) instant(t chat.Time) string {
	z := c.zone(t)
	if z == "" {
		return ""
	}
	s := t.Stamp()
	return s[:len(time.DateOnly)] + "T" + s[len(time.DateOnly)+1:] + z
}
