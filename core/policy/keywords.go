package policy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hanaper/core/message"
)

// Grades of a keyword list, weakest first; the facet keyword takes the strongest
// found. What each means is for the pack's tables to say.
var Grades = []string{"watch", "sensitive", "forbidden"}

// KeywordList is words an organisation looks for: names of projects, phrases.
type KeywordList struct {
	ID     string
	Grade  string // one of Grades
	Label  string // text id of what is found, in running text: "the name of a project"
	Clause string
	Terms  []string // of all languages; whole words, case and accents do not matter
}

// term is one entry of a list: the words after its first, which is the key it is
// found by.
type term struct {
	list int
	rest []string
}

// wordIndex finds terms by their first word.
type wordIndex map[string][]term

func newWordIndex(lists []KeywordList) wordIndex {
	if len(lists) == 0 {
		return nil
	}
	index := wordIndex{}
	for i := range lists {
		for _, t := range lists[i].Terms {
			text := message.Normalize("", t)
			words := wordsOf(nil, &text)
			if len(words) == 0 {
				continue
			}
			entry := term{list: i}
			for _, w := range words[1:] {
				entry.rest = append(entry.rest, w.text)
			}
			index[words[0].text] = append(index[words[0].text], entry)
		}
	}
	return index
}

// word is a run of letters and digits of a text, in small letters.
type word struct {
	text       string
	in         *message.Text
	start, end int // bytes of in.Norm
}

// wordsOf appends the words of a text: what stands between them, be it space,
// hyphen or line end, does not matter.
func wordsOf(words []word, t *message.Text) []word {
	start := -1
	add := func(end int) {
		if start >= 0 {
			words = append(words, word{strings.ToLower(t.Norm[start:end]), t, start, end})
		}
		start = -1
	}
	for i := 0; i < len(t.Norm); {
		r, n := rune(t.Norm[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(t.Norm[i:])
		}
		switch {
		case !isWord(r):
			add(i)
		case start < 0:
			start = i
		}
		i += n
	}
	add(len(t.Norm))
	return words
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// keywordHit is one term found.
type keywordHit struct {
	list int
	span message.Span
}

// keywords finds the terms of a pack's lists, in the order of the text. A pack
// without lists costs nothing.
func (j *judged) keywords(p *Pack) (hits []keywordHit) {
	if p.words == nil {
		return nil
	}
	if j.hitsOf == p {
		return j.hits
	}
	if j.words == nil {
		for i := range j.Texts {
			j.words = wordsOf(j.words, &j.Texts[i])
		}
	}
	for i := range j.words {
		for _, t := range p.words[j.words[i].text] {
			if last := i + len(t.rest); last < len(j.words) && j.follows(i, t.rest) {
				w := &j.words[i]
				hits = append(hits, keywordHit{t.list, w.in.Span(w.start, j.words[last].end)})
			}
		}
	}
	j.hits, j.hitsOf = hits, p
	return hits
}

// follows tells whether these words stand after word i, in the same field.
func (j *judged) follows(i int, rest []string) bool {
	for k, w := range rest {
		if next := &j.words[i+1+k]; next.text != w || next.in != j.words[i].in {
			return false
		}
	}
	return true
}

// keywordGrade is the strongest grade among what was found, "none" for nothing.
func (p *Pack) keywordGrade(hits []keywordHit) string {
	strongest := -1
	for _, h := range hits {
		for g, name := range Grades {
			if name == p.Keywords[h.list].Grade {
				strongest = max(strongest, g)
			}
		}
	}
	if strongest < 0 {
		return "none"
	}
	return Grades[strongest]
}

// byKeyword writes one reason for each list of the strongest grade found.
func (j *judged) byKeyword(p *Pack, r *Row, base Reason) (out []Reason) {
	hits := j.keywords(p)
	strongest := p.keywordGrade(hits)
	for n := range p.Keywords {
		list := &p.Keywords[n]
		reason := base
		for _, h := range hits {
			if h.list == n && list.Grade == strongest {
				reason.Spans = append(reason.Spans, h.span)
			}
		}
		if len(reason.Spans) == 0 {
			continue
		}
		if list.Clause != "" && list.Clause != reason.Clause && !contains(reason.Also, list.Clause) {
			reason.Also = append(append([]string(nil), reason.Also...), list.Clause)
		}
		v := params{kind: p.Text(list.Label, j.set.Language), count: len(reason.Spans)}
		reason.Detector = "keyword"
		reason.Text = j.fill(p, j.text(p, r.Text), v)
		out = append(out, reason)
	}
	return out
}
