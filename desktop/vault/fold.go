package vault

import (
	"strings"
	"time"
	"unicode"

	"hanaper/core/canonical"
	"hanaper/core/message"
)

// words is what a record is found by.
type words struct{ sender, recipient, subject, body string }

// found is what the tables hold of a record besides its evidence.
type found struct {
	words       words
	channel     string
	first, last string // the days it speaks of, YYYY-MM-DD
}

// foundBy collects a record's words, what the page showed and what the person made
// of it, both; and its days: that of the five fields, of what the page showed, and
// of every message that is not context. It reads the JSON, since decoding a record
// costs more than all the rest. v was verified.
func foundBy(v *canonical.Value) found {
	var sender, recipient, subject, body text
	f := found{channel: str(v, "channel")}
	for _, name := range []string{"fields", "observed"} {
		m := v.Get(name)
		if m == nil {
			continue
		}
		sender.party(m.Get("from"))
		for i := range list(m, "to") {
			recipient.party(&list(m, "to")[i])
		}
		subject.add(str(m, "subject"))
		f.day(str(m, "date"))
	}
	subject.add(str(v, "chat"))
	messages := list(v, "messages")
	for i := range messages {
		m := &messages[i]
		sender.party(m.Get("from"))
		body.add(str(m, "body"))
		attachments := list(m, "attachments")
		for j := range attachments {
			body.add(str(&attachments[j], "name"))
		}
		if c := m.Get("context_only"); c == nil || !c.Bool {
			at := str(m, "at")
			f.day(at[:min(len(at), len(time.DateOnly))])
		}
	}
	body.add(str(v, "note"))
	f.words = words{sender.String(), recipient.String(), subject.String(), body.String()}
	return f
}

func (f *found) day(d string) {
	if !isDay(d) {
		return
	}
	if f.first == "" || d < f.first {
		f.first = d
	}
	f.last = max(f.last, d)
}

// str is a member that is text, "" where there is none.
func str(v *canonical.Value, name string) string {
	if m := v.Get(name); m != nil {
		return m.Str
	}
	return ""
}

func list(v *canonical.Value, name string) []canonical.Value {
	if m := v.Get(name); m != nil {
		return m.Arr
	}
	return nil
}

// text gathers folded pieces, a line feed between them so that no phrase spans two.
type text struct{ strings.Builder }

func (t *text) add(s string) {
	if s != "" {
		t.WriteString(fold(s))
		t.WriteByte('\n')
	}
}

func (t *text) party(p *canonical.Value) {
	if p == nil {
		return
	}
	t.add(str(p, "name"))
	t.add(str(p, "address"))
	t.add(number(str(p, "address")))
}

// number is a telephone number without what people write between its digits, ""
// where s is none or has nothing between them.
func number(s string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	const fewest = 6 // shorter ones are found as they are written
	if len(digits) < fewest || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || r == '@' }) || strings.TrimPrefix(s, "+") == digits {
		return ""
	}
	return digits
}

// fold makes of a text what is compared in a search: as a reader sees it
// (message.Normalize: without characters that do not show, accents and look-alikes
// resolved, œ as oe, ß as ss) in lower case. "Réunion" and "REUNION" are one word.
func fold(s string) string { return strings.ToLower(message.Normalize("", s).Norm) }

// inWord: what the index takes for part of a word.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r) || unicode.Is(unicode.Co, r)
}

func isDay(s string) bool {
	for i, c := range []byte(s) {
		if digit := c >= '0' && c <= '9'; i == 4 || i == 7 {
			if c != '-' {
				return false
			}
		} else if !digit {
			return false
		}
	}
	return len(s) == 10
}
