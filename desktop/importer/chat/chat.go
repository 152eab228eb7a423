// Package chat holds what every importer reads: messages that were sent, one
// after another, as a file tells them.
package chat

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"hanaper/core/message"
)

// Kind says what a message of a file is.
type Kind string

// The kinds. Only Text is judged; the others are shown to the person as what
// they are.
const (
	Text       Kind = "text"       // somebody wrote or sent it
	System     Kind = "system"     // the program's own line: who joined, what was encrypted
	Deleted    Kind = "deleted"    // a message that was deleted before the export
	Call       Kind = "call"       // a call, missed or taken
	Unreadable Kind = "unreadable" // there, but not to be read: a note says why
)

// Message is one message of a file.
type Message struct {
	Number      int             // place in the file, from 1
	Line        int             // line in the file where it begins, from 1
	Kind        Kind            //
	From        message.Party   // nobody, for a system line
	To          []message.Party // nil: everybody else in the chat
	At          Time            //
	Subject     string          // of a mail, "" elsewhere
	Body        string          // UTF-8, lines separated by \n
	Edited      string          // the file's words that it was edited, "" where it says nothing
	Attachments []Attachment    //
}

// Attachment is a file of a message.
type Attachment struct {
	Name    string // as the message names it; of an omitted file, the words that say so
	Type    string // media type, "" where not known
	Size    int64  // bytes, 0 where not known
	Missing bool   // it is not in the export
	// Open gives the content; nil where it is missing. It works after Read has ended.
	Open func() (io.ReadCloser, error)
}

// Time is when a message was sent, as its file says.
type Time struct {
	Date  string // YYYY-MM-DD, "" where not known
	Clock string // HH:MM or HH:MM:SS, "" where not known
	Zone  string // offset from UTC, +01:00; "" where the file does not say
}

// Stamp is the time as a line that sorts: 2026-11-22 14:03:00.
func (t Time) Stamp() string {
	if len(t.Clock) == len("14:03") {
		return t.Date + " " + t.Clock + ":00"
	}
	return t.Date + " " + t.Clock
}

// Note is something in a file that the person should know: what was not
// understood, or understood with a doubt.
type Note struct {
	Line int    `json:"line"` // from 1; 0 for the whole file
	Text string `json:"text"`
}

// Info is what is known of a file before its messages.
type Info struct {
	File     string `json:"file"`
	Form     string `json:"form"`     // what it is, in words: WhatsApp export, iPhone
	Channel  string `json:"channel"`  // a channel id
	Method   string `json:"method"`   // of the records made of it: export, import or transcript
	Title    string `json:"title"`    // of the chat, "" where the file does not say
	Language string `json:"language"` // of the program that wrote it: en; "" where it cannot be told
	Dates    Dates  `json:"dates"`    // how its dates are read
	Zone     string `json:"zone"`     // offset that the file states for all its times, "" for none
}

// Dates say how the dates of a file are read, and on what evidence.
type Dates struct {
	Order string `json:"order"` // dmy, mdy or ymd; "" where the file leaves no doubt
	Why   string `json:"why"`   // one of those below
	Line  int    `json:"line"`  // of Date, 0 for none
	Date  string `json:"date"`  // as written; with WhySeparator what stands between its numbers
}

// The evidence for an order of dates.
const (
	WhyYearFirst  = "year_first" // a year of four digits comes first
	WhyImpossible = "impossible" // the other way round there is no such day
	WhyFuture     = "future"     // the other way round it would be in the future
	WhySeparator  = "separator"  // which no region writes with the month first
	WhyBack       = "back"       // the other way round it would be before the message before
	WhySaid       = "said"       // by the person
)

// String says it in English: "day, month, year: line 2 has 25/04/2024"; "" where there
// is nothing to say.
func (d Dates) String() string {
	if d.Order == "" {
		return ""
	}
	order := map[string]string{"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}[d.Order]
	return order + ": " + map[string]string{
		WhyYearFirst:  "the year comes first",
		WhyImpossible: fmt.Sprintf("line %d has %s", d.Line, d.Date),
		WhyFuture:     fmt.Sprintf("%s in line %d would be in the future the other way round", d.Date, d.Line),
		WhySeparator:  "they are written with " + d.Date,
		WhyBack:       fmt.Sprintf("%s in line %d would go back in time the other way round", d.Date, d.Line),
		WhySaid:       "as you said",
	}[d.Why]
}

// Source is a file that can be read again and again, from its beginning.
type Source interface {
	Info() Info
	// Read gives every message in the file's order, and notes as they come up.
	// It ends with the context's error, yield's, or one that names line and next
	// step. A message is the caller's to keep.
	Read(ctx context.Context, yield func(*Message) error, note func(Note)) error
	Close() error
}

// MaxLine is the longest line read, in bytes. No message is longer than
// message.MaxBody; the rest is for name, date and quoting.
const MaxLine = message.MaxBody + 64<<10

// Error is a fault at a place of a file.
type Error struct {
	File string
	Line int // from 1; 0 for the whole file
	Text string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Text
	}
	return e.File + ":" + strconv.Itoa(e.Line) + ": " + e.Text
}
