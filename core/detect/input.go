package detect

import (
	"strings"

	"hanaper/core/message"
)

// input is one field being scanned: its text, what the single pass saw in it,
// and what the detectors found. Offsets are into s, the normalised text.
type input struct {
	text   *message.Text
	s      string
	hits   []hit   // words, by end
	groups []group // runs of digits, by start
	seen   uint64  // the kinds of all hits
	asked  uint64  // the kinds of words at the end of the message before, see ScanAnswer
	found  []found

	protected []string // domains that nothing may imitate

	linkFrom, linkStop int // the last stretch without a link's end, see linkEnd

	current int    // the running detector, an index into list
	words   uint64 // its context bit
	marks   uint64 // its mark bit
}

type hit struct {
	start, end int
	kinds      uint64
}

type group struct{ start, end int }

type found struct {
	start, end, confidence, detector int
	reason, is, shows                string
}

// A context word counts when it lies wholly within these many bytes before or
// after the number: about a short sentence before, a few words after.
const (
	bytesBefore = 64
	bytesAfter  = 32
)

// What answers a question of the message before stands within these many bytes
// of the start, and the question's word within the last of that message.
const (
	answerWithin = 40
	askedWithin  = 160
)

// read is the single pass: words through the automaton, and runs of digits.
func (in *input) read(m *machine, words []word) {
	s, state, inRun := in.s, uint16(0), false
	for i := 0; i < len(s); i++ {
		b := s[i]
		state = m.next[int(state&stateOf)<<shift|int(m.class[b])]
		if state&wordEnds != 0 {
			in.take(m, words, int(state&stateOf), i+1)
		}
		if b-'0' < 10 {
			if !inRun {
				in.groups = append(in.groups, group{start: i})
				inRun = true
			}
		} else if inRun {
			in.groups[len(in.groups)-1].end = i
			inRun = false
		}
	}
	if inRun {
		in.groups[len(in.groups)-1].end = len(s)
	}
}

// take notes the words that end at offset end.
func (in *input) take(m *machine, words []word, state, end int) {
	for {
		o := m.outs[state]
		if o.word >= 0 {
			w := &words[o.word]
			start := end - len(w.text)
			if !(w.left && start > 0 && alnum(in.s[start-1])) && !(w.right && end < len(in.s) && alnum(in.s[end])) {
				in.hits = append(in.hits, hit{start, end, w.kinds})
				in.seen |= w.kinds
			}
		}
		if o.link == 0 {
			return
		}
		state = o.link
	}
}

// context reports whether one of the detector's context words is near [a,b).
//
//go:noinline
func (in *input) context(a, b int) bool {
	return in.near(a, b, bytesBefore, bytesAfter)
}

//go:noinline
func (in *input) near(a, b, before, after int) bool {
	return in.nearOf(in.words, a, b, before, after)
}

// nearOf is near for other words than the detector's context.
func (in *input) nearOf(kinds uint64, a, b, before, after int) bool {
	if in.asked&kinds != 0 && a < answerWithin {
		return true
	}
	if in.seen&kinds == 0 {
		return false
	}
	for i := in.hitAt(a - before); i < len(in.hits) && in.hits[i].end <= b+after; i++ {
		h := in.hits[i]
		if h.kinds&kinds != 0 && h.start >= a-before && (h.end <= a || h.start >= b) {
			return true
		}
	}
	return false
}

// whole reports whether the text says nothing but s[a:b]: who sends a number and
// no word answers somebody's question for it. Of 110,543 real messages none is
// eight digits or more and nothing else, so it costs no false alarm there.
func (in *input) whole(a, b int) bool {
	s := in.s
	for i := a - 1; i >= 0; i-- {
		if alnum(s[i]) || s[i] >= 0x80 {
			return false
		}
	}
	for i := b; i < len(s); i++ {
		if alnum(s[i]) || s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// hitAt is the index of the first hit that ends at or after offset.
func (in *input) hitAt(offset int) int {
	lo, hi := 0, len(in.hits)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if in.hits[mid].end < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// report adds a finding of the running detector at s[start:end]. It is not
// inlined: its fifty copies would add 30 KB to core.wasm.
//
//go:noinline
func (in *input) report(start, end, confidence int, reason string) {
	in.reportRisk(start, end, risk{reason: reason, confidence: confidence})
}

// reportRisk is report with what stands behind the finding.
func (in *input) reportRisk(start, end int, r risk) {
	in.found = append(in.found, found{start, end, r.confidence, in.current, r.reason, r.is, r.shows})
}

// joined reports whether groups i, i+1, ... have the given lengths and stand
// one separator apart, the same each time and one of seps; end is where the
// last one ends.
func (in *input) joined(i int, seps string, lengths ...int) (end int, sep byte, ok bool) {
	if i+len(lengths) > len(in.groups) {
		return 0, 0, false
	}
	for n, want := range lengths {
		g := in.groups[i+n]
		if g.end-g.start != want {
			return 0, 0, false
		}
		if n > 0 {
			if g.start != end+1 || n > 1 && in.s[end] != sep || !isOneOf(in.s[end], seps) {
				return 0, 0, false
			}
			sep = in.s[end]
		}
		end = g.end
	}
	return end, sep, true
}

// alone reports whether s[a:b] stands by itself: no letter, digit, underscore,
// plus or dollar sign touches it, no further digits hang on by - . or /, and it
// is no part of a link.
func (in *input) alone(a, b int) bool {
	s := in.s
	if a > 0 {
		c := s[a-1]
		if alnum(c) || isOneOf(c, "_+$") || isOneOf(c, "-./") && a > 1 && digit(s[a-2]) {
			return false
		}
	}
	if b < len(s) {
		c := s[b]
		if alnum(c) || c == '_' || isOneOf(c, "-./") && b+1 < len(s) && digit(s[b+1]) {
			return false
		}
	}
	return !in.inLink(a)
}

// inLink reports whether the word before offset a began like a link.
func (in *input) inLink(a int) bool {
	s, word := in.s, a
	for word > 0 && a-word < 128 && s[word-1] > ' ' {
		word--
	}
	return a-word >= len("://") && (strings.Contains(s[word:a], "://") || strings.Contains(s[word:a], "www."))
}
