package importer

import (
	"cmp"
	"context"
	"slices"
	"time"

	"hanaper/core/message"
	"hanaper/desktop/importer/chat"
)

// Summary is what a file holds, before anything of it is judged.
type Summary struct {
	Messages int         `json:"messages"` // all of them
	Texts    int         `json:"texts"`    // that somebody wrote or sent: these are judged
	System   int         `json:"system"`   // lines of the program's own
	Calls    int         `json:"calls"`
	Deleted  int         `json:"deleted"`
	Edited   int         `json:"edited"`
	Unread   int         `json:"unreadable"`
	Files    int         `json:"files"`         // that messages name
	Missing  int         `json:"files_missing"` // of those: not in the export
	First    chat.Time   `json:"-"`             // the earliest
	Last     chat.Time   `json:"-"`
	People   []Person    `json:"people"`         // most messages first
	Others   int         `json:"people_more"`    // messages of people over the limit
	Gaps     []Gap       `json:"gaps"`           // longest first
	Notes    []chat.Note `json:"not_understood"` // in the file's order
	More     int         `json:"not_understood_more"`
	Where    Places      `json:"deleted_numbers"` // of deleted messages
}

// Person is somebody who wrote in the chat.
type Person struct {
	message.Party
	Messages int `json:"messages"`
}

// Gap is a stretch without messages, which may be one that was deleted.
type Gap struct {
	After  string `json:"after"`  // day of the message before, YYYY-MM-DD
	Before string `json:"before"` // day of the message after
	Days   int    `json:"days"`
	Number int    `json:"number"` // of the message after
}

// Places are numbers of messages, as many as are shown.
type Places []int

// Limits of a summary, which a person reads; counts go on.
const (
	maxPeople = message.MaxParties
	maxGaps   = 10
	minGap    = 14 // days: less is a holiday
	maxNotes  = 100
	maxPlaces = 100
)

// Survey reads a file once and counts.
func Survey(ctx context.Context, src chat.Source) (*Summary, error) {
	s := &Summary{Gaps: []Gap{}, Notes: []chat.Note{}, Where: Places{}}
	people := map[message.Party]int{}
	var before chat.Time
	err := src.Read(ctx, func(m *chat.Message) error {
		s.count(m)
		if _, known := people[m.From]; known || len(people) < maxPeople {
			if m.Kind != chat.System {
				people[m.From]++
			}
		} else {
			s.Others++
		}
		s.gap(before, m)
		before = m.At
		return nil
	}, s.note)
	for p, n := range people {
		if p != (message.Party{}) {
			s.People = append(s.People, Person{p, n})
		}
	}
	slices.SortFunc(s.People, func(a, b Person) int {
		return cmp.Or(b.Messages-a.Messages, cmp.Compare(a.Name, b.Name), cmp.Compare(a.Address, b.Address))
	})
	return s, err
}

func (s *Summary) note(n chat.Note) {
	if len(s.Notes) == maxNotes {
		s.More++
		return
	}
	s.Notes = append(s.Notes, n)
}

func (s *Summary) count(m *chat.Message) {
	s.Messages++
	switch m.Kind {
	case chat.Text:
		s.Texts++
	case chat.System:
		s.System++
	case chat.Call:
		s.Calls++
	case chat.Unreadable:
		s.Unread++
	case chat.Deleted:
		if s.Deleted++; len(s.Where) < maxPlaces {
			s.Where = append(s.Where, m.Number)
		}
	}
	if m.Edited != "" {
		s.Edited++
	}
	for i := range m.Attachments {
		if m.Attachments[i].Name == original { // the mail itself
			continue
		}
		if s.Files++; m.Attachments[i].Missing {
			s.Missing++
		}
	}
	if m.At.Date == "" {
		return
	}
	if s.First.Date == "" || m.At.Stamp() < s.First.Stamp() {
		s.First = m.At
	}
	if m.At.Stamp() > s.Last.Stamp() {
		s.Last = m.At
	}
}

// original is the name mailbox gives the mail itself.
const original = "original.eml"

// gap remembers the longest stretches.
func (s *Summary) gap(before chat.Time, m *chat.Message) {
	a, err := time.Parse(time.DateOnly, before.Date)
	b, err2 := time.Parse(time.DateOnly, m.At.Date)
	days := int(b.Sub(a).Hours() / 24)
	if err != nil || err2 != nil || days < minGap {
		return
	}
	s.Gaps = append(s.Gaps, Gap{before.Date, m.At.Date, days, m.Number})
	slices.SortStableFunc(s.Gaps, func(a, b Gap) int { return b.Days - a.Days })
	s.Gaps = s.Gaps[:min(maxGaps, len(s.Gaps))]
}
