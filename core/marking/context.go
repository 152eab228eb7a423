package marking

import (
	"strings"

	"hanaper/core/message"
)

// class says how far a form's word is one only in markings.
type class uint8

const (
	unique       class = iota // met nowhere else: FOUO, OFFICIAL-SENSITIVE
	level                     // PROTECTED B
	phrase                    // a phrase that forms and signs use too: FOR OFFICIAL USE ONLY
	acronym                   // CUI
	classified                // SECRET
	weak                      // OFFICIAL, CONFIDENTIAL
	label                     // only where it stands as a label: CONTROLLED
	abbreviation              // O-S
	code                      // PB: only where it is said to be a marking
	eyes                      // EYES ONLY, behind the names of countries
)

// position says where in its line a marking stands.
type position uint8

const (
	alone     position = iota // nothing else in the line
	labelling                 // first in the line, a separator after it
	bracketed                 // in brackets of its own
	called                    // "marked SECRET"
	said                      // "the report is SECRET"
	closing                   // last in the line, a separator before it
	clauseEnd                 // the clause ends with it, or it stands before "report"
	running                   // in a sentence
)

// confidences in per mille, by position; a row for capitals, mixed and small letters.
var confidences = [...][3][8]int{
	unique:       {{990, 980, 970, 980, 950, 950, 900, 900}, {950, 930, 930, 950, 900, 900, 800, 800}, {900, 850, 900, 930, 850, 850, 700, 700}},
	level:        {{990, 980, 970, 980, 950, 950, 900, 900}, {950, 930, 930, 950, 900, 900, 850, 800}, {850, 800, 850, 930, 850, 700, 600, 0}},
	phrase:       {{950, 950, 950, 950, 900, 900, 800, 800}, {850, 800, 850, 900, 700, 700, 0, 0}, {750, 700, 800, 850, 0, 600, 0, 0}},
	acronym:      {{950, 950, 950, 950, 900, 900, 700, 600}, {0, 0, 0, 850, 0, 0, 0, 0}, {0, 0, 0, 850, 0, 0, 0, 0}},
	classified:   {{970, 950, 930, 970, 900, 900, 700, 600}, {700, 650, 750, 900, 650, 600, 0, 0}, {550, 600, 700, 900, 600, 550, 0, 0}},
	weak:         {{900, 850, 850, 950, 600, 800, 0, 0}, {0, 0, 600, 850, 0, 0, 0, 0}, {0, 0, 0, 850, 0, 0, 0, 0}},
	label:        {{850, 800, 850, 900, 0, 700, 0, 0}, {0, 0, 600, 800, 0, 0, 0, 0}, {0, 0, 0, 800, 0, 0, 0, 0}},
	abbreviation: {{700, 700, 900, 950, 900, 800, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 800, 0, 0, 0, 0}},
	code:         {{0, 0, 800, 900, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 700, 0, 0, 0, 0}},
	eyes:         {{0, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 0}},
}

// position finds where the site stands.
func (x *site) position() position {
	cue, subject := x.introduced()
	switch {
	case x.opening && x.ending:
		return alone
	case cue || x.authority():
		return called
	case x.brackets():
		return bracketed
	case x.opening && x.separated():
		return labelling
	case subject:
		return said
	case x.ending && x.separatedBefore():
		return closing
	case x.ending || endsClause(x.after):
		return clauseEnd
	}
	switch x.next() {
	case '.', ',', ';', '!', '?':
		return clauseEnd
	}
	return running
}

// next is the byte after the site, 0 at the end of the text.
func (x *site) next() byte {
	if x.end < len(x.s) {
		return x.s[x.end]
	}
	return 0
}

// introduced reports a cue before the site ("marked as"), or a paper and a verb
// ("the attached report is").
func (x *site) introduced() (cue, subject bool) {
	i := 0
	for i < x.before.n && i < 4 && fillers[x.before.w[i]] {
		i++
	}
	if i < x.before.n {
		switch w := x.before.w[i]; {
		case w == "mark": // also a name
			cue = i > 0
		case w == "mention": // also a verb
			cue = i+1 < x.before.n && x.before.w[i+1] == "la"
		default:
			cue = cues[w]
		}
	}
	if cue {
		return true, false
	}
	if x.before.n == 0 || !copulas[x.before.w[0]] {
		return false, false
	}
	for _, w := range x.before.w[1:x.before.n] {
		if papers[w] {
			return false, true
		}
	}
	return false, false
}

// authority reports what US classifiers write after a level: why, and for how
// long (32 CFR 2001.21).
func (x *site) authority() bool {
	i := skipGap(x.s, x.end)
	return message.WordAt(x.s, i, "reason") && i+6 < len(x.s) && x.s[i+6] == ':' || message.WordAt(x.s, i, "declassify")
}

// brackets reports that the site fills a pair of brackets. Round ones in the
// middle of a sentence do not count.
func (x *site) brackets() bool {
	if x.start == 0 || x.end >= len(x.s) {
		return false
	}
	switch open, shut := x.s[x.start-1], x.s[x.end]; {
	case open == '[' && shut == ']', open == '{' && shut == '}', open == '<' && shut == '>':
		return true
	case open == '(' && shut == ')':
		return decorated(x.s[x.from:x.start]) || decorated(x.s[x.end:x.to]) || x.capitals()
	}
	return false
}

func (x *site) capitals() bool {
	for _, c := range []byte(x.s[x.start:x.end]) {
		if c >= 'a' && c <= 'z' {
			return false
		}
	}
	return true
}

// separated reports a separator between the site and what follows in its line.
func (x *site) separated() bool {
	rest := x.s[x.end:x.to]
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; c {
		case ':', '|', ']', '}', '>', '/':
			return true
		case ',', '.', '_':
			return x.capitals()
		case '-':
			return i > 0 || i+1 < len(rest) && rest[i+1] == ' '
		case ' ', '*', ')', '"', '\'':
		default:
			return false
		}
	}
	return false
}

func (x *site) separatedBefore() bool {
	for i := x.start - 1; i >= x.from; i-- {
		switch x.s[i] {
		case '-', ':', '|', '/', '[', '(', '_', ';':
			return true
		case ' ', '*', '"', '\'':
		default:
			return false
		}
	}
	return false
}

// shouted reports a line in capitals, or a capital word right before the site:
// there capitals mean nothing.
func (x *site) shouted() bool {
	if i := x.start; i > x.from+1 && x.s[i-1] == ' ' && message.IsUpper(x.s[i-2]) && message.IsUpper(x.s[max(i-3, 0)]) {
		return true
	}
	upper, small := 0, 0
	for _, part := range [...]string{x.s[x.from:x.start], x.s[x.end:x.to]} {
		for i := range len(part) {
			switch c := part[i]; {
			case message.IsUpper(c):
				upper++
			case message.IsLetter(c):
				small++
			}
		}
	}
	return upper >= 3 && upper > small
}

// negated reports "not", "no" and their like in the four words before.
func (x *site) negated() bool {
	for _, w := range x.before.w[:min(x.before.n, 4)] {
		if negations[w] {
			return true
		}
	}
	return false
}

// joking reports a word cried out, and prose that begins as a label does:
// "Secret: use butter".
func (x *site) joking(at position, how letters) bool {
	switch at {
	case alone, clauseEnd:
		return x.next() == '!'
	case labelling:
		return how != capitals && x.next() == ':'
	}
	return false
}

// near reports a word of the set among the three before.
func (x *site) near(set map[string]bool) bool {
	for _, w := range x.before.w[:min(x.before.n, 3)] {
		if set[w] {
			return true
		}
	}
	return false
}

// playful reports a line that is play, whatever else it says.
func (x *site) playful() bool {
	line := x.s[x.from:x.to]
	for _, face := range [...]string{"🤫", "😉", "😜", "😂", "🤣", "🎅", "🎂", "🎉"} {
		if strings.Contains(line, face) {
			return true
		}
	}
	for i := 0; i < len(line); {
		if !message.IsLetter(line[i]) {
			i++
			continue
		}
		end := i
		for end < len(line) && message.IsLetter(line[end]) {
			end++
		}
		if play[lower(line[i:end])] {
			return true
		}
		i = end
	}
	return false
}

// identifier reports that the word is part of a name in a program, an address
// or a tag: CLIENT_SECRET, #secret, secret.example.
func (x *site) identifier() bool {
	if i := x.start - 1; i >= x.from {
		switch c := x.s[i]; {
		case c == '#' || c == '@' || c == '&' || c == '\\' || c == '=' || c == '$':
			return true
		case i > x.from && (c == '_' || c == '/' || c == '.' || c == '-') && message.IsWord(x.s[i-1]):
			return true
		}
	}
	if x.end+1 >= len(x.s) {
		return false
	}
	next := x.s[x.end+1]
	switch x.s[x.end] {
	case '=', '@':
		return true
	case '.':
		return message.IsWord(next)
	case '_':
		return x.shoutedKey(x.end + 1)
	}
	return false
}

// shoutedKey reports the second half of names like SECRET_KEY.
func (x *site) shoutedKey(i int) bool {
	for _, w := range [...]string{"key", "token", "access", "id", "name", "value", "arn", "path", "base"} {
		if message.HasFold(x.s, i, w) {
			return true
		}
	}
	return false
}
