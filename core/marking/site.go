package marking

import "hanaper/core/message"

// site is a stretch of the text that may be a marking, and its surroundings.
type site struct {
	s          string
	start, end int
	from, to   int    // its line
	opening    bool   // nothing but decoration before it in the line
	ending     bool   // nothing but decoration after it
	before     words  // the words before it in its sentence, nearest first
	after      string // the word that follows without a separator, "" if none
}

type words struct {
	w [6]string
	n int
}

// maxLine is how far a line is looked at on either side, in bytes, so that a
// long text without line ends takes no longer than others.
const maxLine = 200

func newSite(s string, start, end int) *site {
	x := &site{s: s, start: start, end: end}
	for x.from = start; x.from > max(start-maxLine, 0) && s[x.from-1] != '\n'; x.from-- {
	}
	for x.to = end; x.to < min(end+maxLine, len(s)) && s[x.to] != '\n'; x.to++ {
	}
	x.opening = decorated(s[x.from:start]) || heading(s[x.from:start])
	x.ending = decorated(s[end:x.to])
	x.before = wordsBefore(s, x.from, start)
	x.after = wordAfter(s, end, x.to)
	return x
}

// decorated reports a stretch without words.
func decorated(s string) bool {
	for i := range len(s) {
		if message.IsWord(s[i]) {
			return false
		}
	}
	return true
}

// heading reports what mail programs put before a subject.
func heading(s string) bool {
	for len(s) > 0 {
		i := 0
		for i < len(s) && !message.IsWord(s[i]) {
			i++
		}
		s = s[i:]
		if s == "" {
			return true
		}
		n := 0
		for n < len(s) && message.IsLetter(s[n]) {
			n++
		}
		switch lower(s[:n]) {
		case "re", "fw", "fwd", "subject", "objet", "tr", "rep":
		default:
			return false
		}
		if n == len(s) || s[n] != ':' {
			return false
		}
		s = s[n+1:]
	}
	return true
}

// wordsBefore collects the words before i, back to the line's start or the end
// of the sentence before.
func wordsBefore(s string, from, i int) (out words) {
	for out.n < len(out.w) {
		for i > from && !message.IsWord(s[i-1]) {
			i--
			if c := s[i]; c == '!' || c == '?' || c == ';' || c == '.' && i+1 < len(s) && s[i+1] == ' ' {
				return out
			}
		}
		end := i
		for i > from && inWord(s, i-1) {
			i--
		}
		if i == end {
			return out
		}
		out.w[out.n] = lower(s[i:end])
		out.n++
	}
	return out
}

// inWord reports a byte of a word: a letter, a digit, or an apostrophe or
// hyphen between letters.
func inWord(s string, i int) bool {
	if message.IsWord(s[i]) {
		return true
	}
	return (s[i] == '\'' || s[i] == '-') && i > 0 && i+1 < len(s) && message.IsLetter(s[i-1]) && message.IsLetter(s[i+1])
}

// wordAfter is the word after i that belongs to the same phrase: after a space,
// a hyphen or an opening bracket or quote.
func wordAfter(s string, i, to int) string {
	if i+1 < to && s[i] == '-' && message.IsWord(s[i+1]) {
		i++
	}
	for i < to && (s[i] == ' ' || s[i] == '(' || s[i] == '"' || s[i] == '*' || s[i] == '\'' || s[i] >= 0x80) {
		i++
	}
	end := i
	for end < to && inWord(s, end) {
		end++
	}
	return lower(s[i:end])
}
