// Package transcript reads what a person wrote down of messages that no program
// can export: a text message, a call, a screen of another phone.
//
// A transcript is plain text. Its head names the chat; an empty line ends it. Then
// every message begins with date, time and name; further lines of it are indented:
//
//	Transcript: Team North
//	Channel: signal
//	To: Ann Example <ann@dept.example>; +44 7700 900456
//	Zone: +01:00
//	Subject: Lease
//
//	2026-11-22 14:03 Ann Example: The lease is approved.
//	  Please sign today.
//	  [file: lease.pdf]
//	2026-11-22 14:05 Bob Example: Done.
//
// Only the first line and the messages must be there. Date and time are YYYY-MM-DD
// and HH:MM or HH:MM:SS; lines that begin with # are not read.
package transcript

import (
	"context"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
	"time"

	"hanaper/core/message"
	"hanaper/desktop/importer/chat"
)

// First is the name of the first line.
const First = "transcript:"

// Transcript is a chat written down by hand.
type Transcript struct {
	info    chat.Info
	to      []message.Party
	subject string
	open    func() (io.ReadCloser, error)
	done    func() error
}

// Looks tells whether text begins as a transcript does.
func Looks(text string) bool {
	text = strings.TrimPrefix(text, "\ufeff")
	return len(text) >= len(First) && strings.EqualFold(text[:len(First)], First)
}

// Open reads the head; open gives the text anew each time.
func Open(file string, open func() (io.ReadCloser, error), done func() error) (*Transcript, error) {
	t := &Transcript{open: open, done: done}
	t.info = chat.Info{File: file, Form: "transcript", Channel: "manual", Method: "transcript"}
	in, err := open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	l := chat.NewLines(in)
	for l.Next() && strings.TrimSpace(l.Text) != "" {
		if err := t.member(l); err != nil {
			return nil, err
		}
	}
	if l.Err != nil {
		return nil, t.fault(l.Number+1, "cannot be read: "+l.Err.Error())
	}
	return t, nil
}

func (t *Transcript) fault(line int, text string) error {
	return &chat.Error{File: t.info.File, Line: line, Text: text}
}

// member reads a line of the head.
func (t *Transcript) member(l *chat.Lines) error {
	if strings.HasPrefix(l.Text, "#") {
		return nil
	}
	name, value, ok := strings.Cut(l.Text, ":")
	value = strings.TrimSpace(value)
	switch {
	case l.Fault != "":
		return t.fault(l.Number, l.Fault)
	case !ok:
		return t.fault(l.Number, "a line of the head is \"name: value\"; an empty line ends the head")
	}
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "transcript":
		t.info.Title = value
	case "channel":
		if _, known := message.ChannelByID(value); !known {
			return t.fault(l.Number, fmt.Sprintf("there is no channel %q: write one of %s", value, channels()))
		}
		t.info.Channel = value
	case "to":
		for one := range strings.SplitSeq(value, ";") {
			if p := Party(one); p != (message.Party{}) {
				t.to = append(t.to, p)
			}
		}
	case "zone":
		if _, err := time.Parse("-07:00", value); err != nil {
			return t.fault(l.Number, "the zone is an offset from UTC such as +01:00")
		}
		t.info.Zone = value
	case "subject":
		t.subject = value
	default:
		return t.fault(l.Number, fmt.Sprintf("there is no %q: the head has Transcript, Channel, To, Zone, Subject; an empty line ends it", name))
	}
	return nil
}

func channels() string {
	var ids []string
	for _, c := range message.Channels {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, ", ")
}

// Party reads "Ann Example <ann@dept.example>", a name, an address or a number.
func Party(s string) message.Party {
	s = strings.TrimSpace(s)
	if open := strings.LastIndexByte(s, '<'); open >= 0 && strings.HasSuffix(s, ">") {
		return message.Party{Name: strings.TrimSpace(s[:open]), Address: strings.TrimSpace(s[open+1 : len(s)-1])}
	}
	p := message.Party{Name: s}
	switch {
	case number.MatchString(s):
		p.Address = "+" + strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
	case strings.Contains(s, "@"):
		p.Address = s
	}
	return p
}

var number = regexp.MustCompile(`^\+[\d\s().-]{7,}$`)

// Info says what the file is.
func (t *Transcript) Info() chat.Info { return t.info }

// Close closes the file.
func (t *Transcript) Close() error { return t.done() }

// begins is a message's first line: date, time, name, text.
var begins = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?) ([^:]+):(?: (.*))?$`)

// file is a line that names a file of the message.
var file = regexp.MustCompile(`^\[file: ([^\]]+)\]$`)

// Read gives every message. A line that is neither a message nor more of one ends
// it with an error: what a person writes down can be put right.
func (t *Transcript) Read(ctx context.Context, yield func(*chat.Message) error, _ func(chat.Note)) error {
	in, err := t.open()
	if err != nil {
		return err
	}
	defer in.Close()
	l := chat.NewLines(in)
	for l.Next() && strings.TrimSpace(l.Text) != "" { // the head, read before
	}
	var m *chat.Message
	flush := func() error {
		if m == nil {
			return nil
		}
		m.Body = strings.TrimPrefix(strings.TrimRight(m.Body, "\n"), "\n")
		return yield(m)
	}
	count := 0
	for l.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		switch part := begins.FindStringSubmatch(l.Text); {
		case l.Fault != "":
			return t.fault(l.Number, l.Fault)
		case strings.HasPrefix(l.Text, "#"):
		case part != nil:
			if err := flush(); err != nil {
				return err
			}
			count++
			if m, err = t.begin(part, count, l.Number); err != nil {
				return err
			}
		case m != nil && (l.Text == "" || l.Text[0] == ' ' || l.Text[0] == '\t'):
			if err := t.more(m, l); err != nil {
				return err
			}
		default:
			return t.fault(l.Number, "neither a message (2026-11-22 14:03 Name: text) nor more of one: indent further lines by two spaces")
		}
	}
	if l.Err != nil {
		return t.fault(l.Number+1, "cannot be read: "+l.Err.Error())
	}
	return flush()
}

func (t *Transcript) begin(part []string, n, line int) (*chat.Message, error) {
	m := &chat.Message{Number: n, Line: line, Kind: chat.Text, From: Party(part[3]), Subject: t.subject, Body: part[4]}
	m.At = chat.Time{Date: part[1], Clock: part[2], Zone: t.info.Zone}
	if _, err := time.Parse(time.DateTime, m.At.Stamp()); err != nil {
		return nil, t.fault(line, part[1]+" "+part[2]+" is no date and time")
	}
	for _, p := range t.to { // the sender is of the chat too: the head may say more of them
		if strings.EqualFold(p.Name, m.From.Name) || m.From.Address != "" && p.Address == m.From.Address {
			m.From = p
		} else {
			m.To = append(m.To, p)
		}
	}
	return m, nil
}

// more adds an indented line.
func (t *Transcript) more(m *chat.Message, l *chat.Lines) error {
	text := l.Text
	if cut, ok := strings.CutPrefix(text, "  "); ok {
		text = cut
	} else {
		text = strings.TrimLeft(text, " \t")
	}
	if f := file.FindStringSubmatch(text); f != nil {
		m.Attachments = append(m.Attachments, chat.Attachment{Name: path.Base(f[1]), Missing: true})
		return nil
	}
	if len(m.Body)+len(text) >= message.MaxBody {
		return t.fault(l.Number, fmt.Sprintf("the message is longer than %d bytes", message.MaxBody))
	}
	m.Body += "\n" + text
	return nil
}
