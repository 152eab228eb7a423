// Package mailbox reads mail: a message in a file (.eml), or many in one (.mbox).
//
// A message may be of any size: its parts are decoded as they are read, and only
// text is held. Files are counted and read again when they are kept.
package mailbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	mail "github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // mail is written in many character sets
	address "github.com/emersion/go-message/mail"

	"hanaper/core/message"
	"hanaper/desktop/importer/chat"
)

// Limits of a message.
const (
	maxHeader  = 1 << 20   // bytes; servers take 256 KiB at most
	maxNesting = 16        // parts within parts; deeper ones hide something
	maxParts   = 1000      // of one message
	MaxFile    = 128 << 20 // bytes of an attachment that can be kept: the largest mail servers take is 150 MB, in base64
)

// Box is a file of mail.
type Box struct {
	info chat.Info
	r    io.ReaderAt
	size int64
	many bool
	done func() error
}

// Open reads a mailbox, where many is true, or one message.
func Open(file string, r io.ReaderAt, size int64, many bool, done func() error) *Box {
	b := &Box{r: r, size: size, many: many, done: done}
	b.info = chat.Info{File: file, Form: "mail message", Channel: "eml", Method: "import"}
	if many {
		b.info.Form = "mailbox"
	}
	return b
}

// Info says what the file is.
func (b *Box) Info() chat.Info { return b.info }

// Close closes the file.
func (b *Box) Close() error { return b.done() }

// Looks tells whether text begins as mail does: many messages, or one.
func Looks(text string) (many, one bool) {
	line, rest, _ := strings.Cut(text, "\n")
	if strings.HasPrefix(line, "From ") && dated([]byte(line)) {
		return true, false
	}
	known := 0
	for n := 0; n < 100 && line != "" && line != "\r"; n++ {
		name, _, ok := strings.Cut(line, ":")
		if !ok && line[0] != ' ' && line[0] != '\t' {
			return false, false
		}
		switch strings.ToLower(name) {
		case "from", "date", "message-id", "received", "mime-version", "subject", "return-path", "to":
			known++
		}
		line, rest, _ = strings.Cut(rest, "\n")
	}
	return false, known >= 2
}

// Read gives every message.
func (b *Box) Read(ctx context.Context, yield func(*chat.Message) error, note func(chat.Note)) error {
	s := newSplitter(io.NewSectionReader(b.r, 0, b.size))
	if !b.many {
		s.quoted = false
		return b.one(s, 1, 0, yield, note)
	}
	for n := 1; ; n++ {
		more, skipped, err := s.next()
		if err != nil {
			return b.fault(s.line, err)
		}
		if skipped > 0 && n == 1 {
			note(chat.Note{Line: 1, Text: "stands before the first message: left out"})
		}
		if !more {
			b.tell(s, n-1, note)
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := b.one(s, n, s.offset, yield, note); err != nil {
			return err
		}
	}
}

func (b *Box) fault(line int, err error) error {
	return &chat.Error{File: b.info.File, Line: line, Text: "cannot be read: " + err.Error()}
}

func (b *Box) tell(s *splitter, n int, note func(chat.Note)) {
	if n == 0 {
		note(chat.Note{Text: "no message in it: a mailbox begins with a line \"From address date\""})
	}
	for i, line := range s.doubtful {
		if i == 20 {
			break
		}
		note(chat.Note{Line: line, Text: "begins with From behind an empty line but has no date: taken as text"})
	}
	if s.unquoted > 0 {
		note(chat.Note{Text: fmt.Sprintf("%d lines began with >From; one > of each was taken off", s.unquoted)})
	}
}

// one reads the message that begins at start in the file.
func (b *Box) one(s *splitter, n int, start int64, yield func(*chat.Message) error, note func(chat.Note)) error {
	m := &chat.Message{Number: n, Line: s.line, Kind: chat.Text}
	body := &section{s: s}
	p := parser{m: m, note: func(text string) { note(chat.Note{Line: m.Line, Text: text}) }, open: b.opener(start)}
	p.message(body)
	if _, err := io.Copy(io.Discard, body); err != nil {
		return b.fault(s.line, err)
	}
	m.Attachments = append(m.Attachments, chat.Attachment{
		Name: "original.eml", Type: "message/rfc822", Open: b.original(start),
	})
	return yield(m)
}

// original opens the message as it stands in the file, without a mailbox's quoting.
func (b *Box) original(start int64) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(b.from(start)), nil }
}

func (b *Box) from(start int64) *section {
	s := newSplitter(io.NewSectionReader(b.r, start, b.size-start))
	s.quoted, s.blank = b.many, false // what follows the separator is no separator
	return &section{s: s}
}

// opener gives for each leaf of the message that begins at start what opens it.
func (b *Box) opener(start int64) func(leaf int) func() (io.ReadCloser, error) {
	return func(leaf int) func() (io.ReadCloser, error) {
		return func() (io.ReadCloser, error) {
			p := parser{m: &chat.Message{}, note: func(string) {}, want: leaf, open: func(int) func() (io.ReadCloser, error) { return nil }}
			p.message(b.from(start))
			if p.failed != nil {
				return nil, p.failed
			}
			return io.NopCloser(strings.NewReader(p.found.String())), nil
		}
	}
}

// parser reads one message.
type parser struct {
	m      *chat.Message
	note   func(text string)
	open   func(leaf int) func() (io.ReadCloser, error)
	leaves int
	html   string // the first readable part in HTML
	plain  bool   // there was a plain one
	want   int    // the leaf to be found, from 1; 0 for none
	found  strings.Builder
	failed error
}

func (p *parser) message(r io.Reader) {
	e, err := mail.ReadWithOptions(r, &mail.ReadOptions{MaxHeaderBytes: maxHeader})
	if e == nil {
		p.m.Kind = chat.Unreadable
		p.note("no mail message that can be read: " + err.Error())
		return
	}
	p.header(address.Header{Header: e.Header})
	p.entity(e, err, 0)
	if !p.plain && p.html != "" {
		p.m.Body = textOf(p.html)
	}
	p.m.Body = strings.ReplaceAll(p.m.Body, "\r\n", "\n")
	p.m.Body = strings.TrimRight(p.m.Body, "\n")
}

func (p *parser) header(h address.Header) {
	m := p.m
	if s, err := h.Subject(); err == nil {
		m.Subject = clean(s)
	} else {
		m.Subject = clean(h.Get("Subject"))
	}
	if from := p.parties(h, "From"); len(from) > 0 {
		m.From = from[0]
	}
	m.To = []message.Party{}
	for _, field := range [...]string{"To", "Cc", "Bcc"} {
		m.To = append(m.To, p.parties(h, field)...)
	}
	if len(m.To) > message.MaxParties {
		p.note(fmt.Sprintf("it has %d recipients; the first %d are listed", len(m.To), message.MaxParties))
		m.To = m.To[:message.MaxParties]
	}
	at, err := h.Date()
	if err != nil || at.IsZero() || at.Year() < 1900 || at.Year() > 9999 {
		if h.Get("Date") != "" {
			p.note("its date cannot be read: " + clean(h.Get("Date")))
		}
		return
	}
	m.At = timeOf(at)
}

// clean makes one line of valid UTF-8 of a header's value.
func clean(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if len(s) > message.MaxShort {
		s = strings.ToValidUTF8(s[:message.MaxShort], "")
	}
	return s
}

func timeOf(t time.Time) chat.Time {
	return chat.Time{Date: t.Format(time.DateOnly), Clock: t.Format(time.TimeOnly), Zone: t.Format("-07:00")}
}

// parties reads a list of addresses; one that breaks the rules is given as it stands.
func (p *parser) parties(h address.Header, field string) (out []message.Party) {
	if h.Get(field) == "" {
		return nil
	}
	list, err := h.AddressList(field)
	if err != nil {
		text, _ := h.Text(field)
		p.note(field + " is not a list of addresses: taken as a name")
		return []message.Party{{Name: clean(text)}}
	}
	for _, a := range list {
		out = append(out, message.Party{Name: clean(a.Name), Address: clean(a.Address)})
	}
	return out
}

// entity reads a part and all in it. cause is the error that came with it.
func (p *parser) entity(e *mail.Entity, cause error, depth int) {
	if depth > maxNesting || p.leaves > maxParts {
		p.note(fmt.Sprintf("it has more than %d parts, or parts within parts more than %d deep: the others were not read", maxParts, maxNesting))
		return
	}
	parts := e.MultipartReader()
	if parts == nil {
		p.leaf(e, cause)
		return
	}
	for p.leaves <= maxParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return
		}
		if part == nil {
			p.note(fmt.Sprintf("it breaks off after part %d: %v", p.leaves, err))
			return
		}
		p.entity(part, err, depth+1)
	}
}
