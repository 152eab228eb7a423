// Package whatsapp reads chats exported from WhatsApp.
//
// An export is text, a message a paragraph, alone or in a zip with its files:
//
//	31/12/2020, 21:15 - Ann Example: The lease is ready.      Android
//	[31/12/2020, 21:15:03] Ann Example: The lease is ready.   iPhone
//	[21:15, 31/12/2020] Ann Example: The lease is ready.      copied from WhatsApp Web
//
// Dates and words are those of the phone's language and region. Whether the day or
// the month comes first is decided by what stands in the file: dates that exist one
// way only, dates in the future, steps back in time. Where that does not decide it,
// Open gives an error that says which flag to give; it never guesses.
//
// Lines that do not begin a message belong to the one before. A line of WhatsApp's
// own is known by its words; on iPhones also by the mark U+200E before it, without
// which words are somebody's.
package whatsapp

import (
	"context"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"hanaper/core/message"
	"hanaper/desktop/importer/chat"
)

// Options are what the person said.
type Options struct {
	Order Order
	Title string    // of the chat, "" for the file's name
	Now   time.Time // no message is later
}

// Export is an exported chat.
type Export struct {
	info   chat.Info
	open   func() (io.ReadCloser, error)            // the text, from its beginning
	media  map[string]func() (io.ReadCloser, error) // by name; nil where the export is a text alone
	sizes  map[string]int64
	first  shape
	order  Order
	marks  bool        // the file has direction marks before WhatsApp's own words
	unsafe []chat.Note // files of the zip that were not looked at
	done   func() error
}

// sniffed is how far a file is searched for a first message, in lines.
const sniffed = 200

// Looks tells whether text, the beginning of a file, holds the head of a message.
func Looks(text string) bool {
	for i, line := range strings.SplitN(text, "\n", 20) {
		if h, ok := parseHead(strings.TrimSuffix(line, "\r")); ok && i < 19 && h.rest != "" {
			return true
		}
	}
	return false
}

// OpenText reads the text of an export; open gives it anew each time.
func OpenText(file string, open func() (io.ReadCloser, error), opt Options) (*Export, error) {
	x := &Export{open: open, done: func() error { return nil }}
	x.info = chat.Info{File: file, Channel: "whatsapp", Method: "export", Title: opt.Title}
	if x.info.Title == "" {
		x.info.Title = titleOf(file)
	}
	if err := x.survey(opt); err != nil {
		return nil, err
	}
	return x, nil
}

// titleOf is the chat's title, which Android puts into the file's name.
func titleOf(file string) string {
	name := path.Base(strings.ReplaceAll(file, "\\", "/"))
	name = strings.TrimSuffix(strings.TrimSuffix(name, path.Ext(name)), "_chat")
	low := strings.ToLower(name)
	for i := range languages {
		for _, t := range languages[i].title {
			if strings.HasPrefix(low, t) && len(name) > len(t) {
				return strings.TrimSpace(name[len(t):])
			}
		}
	}
	return ""
}

// Info says what the file is.
func (x *Export) Info() chat.Info { return x.info }

// Close closes a zip.
func (x *Export) Close() error { return x.done() }

// titleIn is the chat's title in its first line: iPhones write WhatsApp's own lines
// under it, in a chat with one person under theirs, which is the title too.
func titleIn(h *head) string {
	name, body := split(h.rest)
	var v votes
	if _, known := v.own(body); !known || !h.bracket || !strings.HasPrefix(body, "\u200e") {
		return ""
	}
	return name
}

// survey reads all heads once: the shape, the order of dates, the language.
func (x *Export) survey(opt Options) error {
	in, err := x.open()
	if err != nil {
		return err
	}
	defer in.Close()
	all := []*evidence{{order: DMY}, {order: MDY}, {order: YMD}}
	var v votes
	heads := 0
	l := chat.NewLines(in)
	for l.Next() {
		if l.Number == 1 && l.Fault != "" && looksUTF16(l.Text) {
			return &chat.Error{File: x.info.File, Line: 1, Text: "the text is UTF-16: save it as UTF-8"}
		}
		h, ok := parseHead(l.Text)
		switch {
		case heads == 0 && !ok && l.Number >= sniffed:
			return &chat.Error{File: x.info.File, Text: fmt.Sprintf("no message of WhatsApp in the first %d lines; "+
				"if it is a transcript of your own, see hanaper help import for its form", sniffed)}
		case !ok || heads > 0 && h.shape != x.first:
			continue
		case heads == 0:
			x.first = h.shape
		}
		if heads++; heads == 1 && x.info.Title == "" {
			x.info.Title = titleIn(&h)
		}
		for _, e := range all {
			e.add(&h, l.Number, opt.Now)
		}
		x.marks = x.marks || h.bracket && !h.timeFirst && strings.Contains(h.rest, "\u200e")
		if v.total() < enough {
			x.vote(&v, &h)
		}
	}
	if l.Err != nil {
		return &chat.Error{File: x.info.File, Line: l.Number + 1, Text: "cannot be read: " + l.Err.Error()}
	}
	if heads == 0 {
		return &chat.Error{File: x.info.File, Text: "no message of WhatsApp in it; if it is a transcript of your own, see hanaper help import for its form"}
	}
	return x.settle(opt, all, v.winner())
}

func looksUTF16(s string) bool {
	return strings.HasPrefix(s, "\xff\xfe") || strings.HasPrefix(s, "\xfe\xff") || strings.Count(s, "\x00") > len(s)/3
}

func (x *Export) settle(opt Options, all []*evidence, language string) error {
	x.info.Language = language
	switch {
	case x.first.timeFirst:
		x.info.Form = "WhatsApp, copied from the browser"
	case x.first.bracket:
		x.info.Form = "WhatsApp export, iPhone"
	default:
		x.info.Form = "WhatsApp export, Android"
	}
	var err error
	if x.order, x.info.Dates, err = decide(x.first, all[:2]); opt.Order == Unknown {
		if err != nil {
			return &chat.Error{File: x.info.File, Text: err.Error()}
		}
		return nil
	}
	x.order, x.info.Dates = opt.Order, opt.Order.because(chat.Dates{Why: chat.WhySaid})
	for _, e := range all {
		if e.order == opt.Order && e.against.Why == chat.WhyImpossible {
			return &chat.Error{File: x.info.File, Text: fmt.Sprintf("--dates %s does not fit: %s", opt.Order, fault(e.against))}
		}
	}
	return nil
}

// vote counts what tells the language in a message's first line.
func (x *Export) vote(v *votes, h *head) {
	name, body := split(h.rest)
	if name == "" {
		v.own(h.rest)
		return
	}
	if strings.ContainsAny(body, "<(\u200e") || len(body) < 64 {
		var discard chat.Message
		discard.Body = body
		x.classify(&discard, v)
	}
}

// Read gives the messages in the file's order.
func (x *Export) Read(ctx context.Context, yield func(*chat.Message) error, note func(chat.Note)) error {
	in, err := x.open()
	if err != nil {
		return err
	}
	defer in.Close()
	for _, n := range x.unsafe {
		note(n)
	}
	r := reader{x: x, yield: yield, note: note}
	l := chat.NewLines(in)
	for l.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.line(l); err != nil {
			return err
		}
	}
	if l.Err != nil {
		return &chat.Error{File: x.info.File, Line: l.Number + 1, Text: "cannot be read: " + l.Err.Error()}
	}
	if err := r.flush(); err != nil {
		return err
	}
	r.limits()
	return nil
}

// reader puts lines together to messages.
type reader struct {
	x     *Export
	yield func(*chat.Message) error
	note  func(chat.Note)
	open  *chat.Message // the message whose lines are being read; nil before the first
	body  strings.Builder
	rest  string // of its first line: name and text, or WhatsApp's own
	count int
	votes votes
}

// line takes the next line: a new message, or more of the one before.
func (r *reader) line(l *chat.Lines) error {
	h, ok := parseHead(l.Text)
	same := ok && h.shape == r.x.first
	if l.Fault != "" {
		r.note(chat.Note{Line: l.Number, Text: l.Fault})
	}
	if same {
		day, exists := r.x.order.day(h.date)
		if !exists {
			r.note(chat.Note{Line: l.Number, Text: "the date " + h.written + " does not exist: taken as text of the message before"})
		} else {
			if err := r.flush(); err != nil {
				return err
			}
			r.begin(&h, l, day)
			return nil
		}
	}
	switch {
	case r.open == nil:
		if l.Text != "" {
			r.note(chat.Note{Line: l.Number, Text: "stands before the first message: left out"})
		}
		return nil
	case ok && !same:
		r.note(chat.Note{Line: l.Number, Text: "begins like a message of another phone: taken as text of the message before"})
	case l.Fault != "":
		r.open.Kind = chat.Unreadable
	}
	if r.body.Len()+len(l.Text) < message.MaxBody {
		r.body.WriteByte('\n')
		r.body.WriteString(l.Text)
	} else if r.open.Kind != chat.Unreadable {
		r.open.Kind = chat.Unreadable
		r.note(chat.Note{Line: l.Number, Text: fmt.Sprintf("the message is longer than %d bytes: not read; keep it by hand", message.MaxBody)})
	}
	return nil
}

func (r *reader) begin(h *head, l *chat.Lines, day time.Time) {
	r.count++
	m := &chat.Message{Number: r.count, Line: l.Number, Kind: chat.Text}
	m.At.Date = day.Format(time.DateOnly)
	m.At.Clock = fmt.Sprintf("%02d:%02d", h.hour, h.minute)
	if h.seconds {
		m.At.Clock += fmt.Sprintf(":%02d", h.second)
	}
	if l.Fault != "" {
		m.Kind = chat.Unreadable
	}
	r.open, r.rest = m, h.rest
	r.body.Reset()
}

// flush finishes the message whose lines were read.
func (r *reader) flush() error {
	m := r.open
	if m == nil {
		return nil
	}
	r.open = nil
	name, first := split(r.rest)
	m.Body = first + r.body.String()
	m.From = partyOf(name)
	switch {
	case m.Kind == chat.Unreadable:
		m.Body = strings.ToValidUTF8(m.Body, "\uFFFD")
		m.From.Name = strings.ToValidUTF8(m.From.Name, "\uFFFD")
	case name == "":
		known := false
		if m.Kind, known = r.votes.own(m.Body); !known {
			r.note(chat.Note{Line: m.Line, Text: "a line without a name that is not one of WhatsApp's known ones: shown, not judged"})
		}
		m.Body = trimMarks(m.Body)
	default:
		r.x.classify(m, &r.votes)
	}
	if !utf8.ValidString(m.Body) { // parts of a line over the limit
		m.Kind, m.Body = chat.Unreadable, strings.ToValidUTF8(m.Body, "\uFFFD")
	}
	return r.yield(m)
}

// WhatsApp ends an export with that many messages; older ones are left out.
const (
	mostAlone     = 40000
	mostWithMedia = 10000
)

func (r *reader) limits() {
	if r.count == mostAlone || r.count == mostWithMedia {
		r.note(chat.Note{Text: fmt.Sprintf("exactly %d messages: WhatsApp cuts exports there, older messages may be missing", r.count)})
	}
}
