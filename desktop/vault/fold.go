package vault

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hanaper/core/message"
	"hanaper/core/record"
)

// words is what a record is found by.
type words struct{ sender, recipient, subject, body string }

// wordsOf collects a record's words: what the page showed and what the person made
// of it, both.
func wordsOf(r *record.Record) words {
	var sender, recipient, subject, body text
	sender.party(r.Fields.From)
	recipient.parties(r.Fields.To)
	subject.add(r.Fields.Subject)
	subject.add(r.Chat)
	if o := r.Observed.From; o != nil {
		sender.party(*o)
	}
	if o := r.Observed.To; o != nil {
		recipient.parties(*o)
	}
	if o := r.Observed.Subject; o != nil {
		subject.add(*o)
	}
	for i := range r.Messages {
		m := &r.Messages[i]
		sender.party(m.From)
		body.add(m.Body)
		for _, a := range m.Attachments {
			body.add(a.Name)
		}
	}
	body.add(r.Note)
	return words{sender.String(), recipient.String(), subject.String(), body.String()}
}

// text gathers folded pieces, a line feed between them so that no phrase spans two.
type text struct{ strings.Builder }

func (t *text) add(s string) {
	if s != "" {
		t.WriteString(fold(s))
		t.WriteByte('\n')
	}
}

func (t *text) party(p message.Party) {
	t.add(p.Name)
	t.add(p.Address)
	if n := number(p.Address); n != "" {
		t.add(n)
	}
}

func (t *text) parties(all []message.Party) {
	for _, p := range all {
		t.party(p)
	}
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

// fold makes of a text what is compared in a search: as a reader sees it (without
// characters that do not show, look-alikes resolved), lower case, without accents,
// and œ, æ, ß as the two letters people type for them. "Réunion" and "REUNION"
// are one word.
func fold(s string) string {
	s = message.Normalize("", s).Norm
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, ligatures.Replace(norm.NFKD.String(s)))
}

var ligatures = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae", "ß", "ss", "ø", "o", "Ø", "o", "ł", "l", "Ł", "l", "đ", "d", "Đ", "d")

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// inWord: what the index takes for part of a word.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r) || unicode.Is(unicode.Co, r)
}

// days are the first and last day the record speaks of, YYYY-MM-DD: that of its
// five fields, of what the page showed, and of every message.
func days(r *record.Record) (first, last string) {
	all := []string{r.Fields.Date}
	if d := r.Observed.Date; d != nil && isDay(*d) {
		all = append(all, *d)
	}
	for i := range r.Messages {
		if at := r.Messages[i].At; len(at) > 10 && !r.Messages[i].ContextOnly {
			all = append(all, at[:10])
		}
	}
	return slices.Min(all), slices.Max(all)
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
