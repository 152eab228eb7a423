package vault

import (
	"strings"
	"unicode/utf8"

	"hanaper/core/record"
)

// snippet is a passage around the first word of text found in a record, and where
// in it the words are.
func snippet(r *record.Record, text string) (string, [][2]int) {
	var terms []term
	for _, group := range parseText(text) {
		for _, t := range group {
			if t.not {
				continue
			}
			for _, w := range strings.FieldsFunc(t.words, func(r rune) bool { return !inWord(r) }) {
				terms = append(terms, term{words: w, prefix: t.prefix})
			}
		}
	}
	for _, s := range readable(r) {
		if marks := find(s, terms); len(marks) > 0 {
			return passage(s, marks)
		}
	}
	return "", nil
}

// readable are a record's texts, what a reader looks at first first.
func readable(r *record.Record) []string {
	var out []string
	for i := range r.Messages {
		if !r.Messages[i].ContextOnly {
			out = append(out, r.Messages[i].Body)
		}
	}
	out = append(out, r.Fields.Subject, r.Note, r.Chat)
	for i := range r.Messages {
		out = append(out, r.Messages[i].Body, r.Messages[i].From.Name, r.Messages[i].From.Address)
		for _, a := range r.Messages[i].Attachments {
			out = append(out, a.Name)
		}
	}
	out = append(out, r.Fields.From.Name, r.Fields.From.Address)
	for _, p := range r.Fields.To {
		out = append(out, p.Name, p.Address)
	}
	return out
}

// find gives the byte ranges of the words of s that are asked for.
func find(s string, terms []term) (marks [][2]int) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !inWord(r) {
			i += n
			continue
		}
		end := i + n
		for end < len(s) {
			if r, n = utf8.DecodeRuneInString(s[end:]); !inWord(r) {
				break
			}
			end += n
		}
		word := fold(s[i:end])
		for _, t := range terms {
			if word == t.words || t.prefix && strings.HasPrefix(word, t.words) {
				marks = append(marks, [2]int{i, end})
				break
			}
		}
		i = end
	}
	return marks
}

// Bytes before the first mark, and of the whole.
const (
	snippetBefore = 60
	snippetLength = 200
)

// passage cuts s around its first mark, at the ends of words.
func passage(s string, marks [][2]int) (string, [][2]int) {
	from := max(0, marks[0][0]-snippetBefore)
	if from > 0 {
		if i := strings.IndexAny(s[from:marks[0][0]], " \n\t"); i >= 0 {
			from += i + 1
		} else {
			from = marks[0][0]
		}
	}
	to := min(len(s), max(from+snippetLength, marks[0][1]))
	if to < len(s) {
		if i := strings.LastIndexAny(s[marks[0][1]:to], " \n\t"); i >= 0 {
			to = marks[0][1] + i
		} else {
			to = marks[0][1]
		}
	}
	lead := ""
	if from > 0 {
		lead = "…"
	}
	out := lead + strings.NewReplacer("\n", " ", "\t", " ", "\r", " ").Replace(s[from:to])
	if to < len(s) {
		out += "…"
	}
	var inside [][2]int
	for _, m := range marks {
		if m[1] <= to {
			inside = append(inside, [2]int{m[0] - from + len(lead), m[1] - from + len(lead)})
		}
	}
	return out, inside
}
