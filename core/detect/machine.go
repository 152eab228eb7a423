package detect

import "strings"

// machine is a dense Aho-Corasick automaton (Aho and Corasick 1975) over the
// words of every detector: one table look-up a byte, case folded by the byte
// classes. Row r of next holds the state after each class; the top bit of an
// entry says that a word ends there.
type machine struct {
	class [256]uint8
	next  []uint16
	outs  []output // by state: the words that end there
}

type output struct {
	word int // index into words, -1 for none
	link int // the next shorter state where a word ends, 0 for none
}

// word is one keyword and what it is for: two bits a detector, context and mark.
type word struct {
	text        string
	left, right bool // must not touch a letter or digit on that side
	kinds       uint64
}

const (
	shift    = 6 // 64 byte classes; class 0 is every byte no word has
	wordEnds = 1 << 15
	stateOf  = wordEnds - 1
)

// parseWords reads "ssn|social security|passw*": whole words, lower case; a
// star lifts the boundary at that end.
func parseWords(list string, kinds uint64, add func(word)) {
	for list != "" {
		one, rest, _ := strings.Cut(list, "|")
		list = rest
		w := word{text: one, left: true, right: true, kinds: kinds}
		if strings.HasPrefix(w.text, "*") {
			w.text, w.left = w.text[1:], false
		}
		if strings.HasSuffix(w.text, "*") {
			w.text, w.right = w.text[:len(w.text)-1], false
		}
		add(w)
	}
}

// build makes the automaton. Words with equal text and boundaries are one.
func build(words []word) *machine {
	m := &machine{}
	classes := uint8(1)
	for _, w := range words {
		for i := 0; i < len(w.text); i++ {
			if b := w.text[i]; m.class[b] == 0 {
				m.class[b] = classes
				classes++
			}
		}
	}
	for b := 'a'; b <= 'z'; b++ {
		m.class[b-32] = m.class[b]
	}
	states := 1
	for _, w := range words {
		states += len(w.text)
	}
	m.next = make([]uint16, 0, states<<shift)
	m.outs = make([]output, 0, states)
	m.addState()
	for n, w := range words {
		state := 0
		for i := 0; i < len(w.text); i++ {
			cell := state<<shift | int(m.class[w.text[i]])
			if m.next[cell] == 0 {
				m.next[cell] = uint16(m.addState())
			}
			state = int(m.next[cell])
		}
		m.outs[state].word = n
	}
	m.close()
	return m
}

func (m *machine) addState() int {
	m.next = m.next[:len(m.next)+(1<<shift)]
	m.outs = append(m.outs, output{word: -1})
	return len(m.outs) - 1
}

// close turns the trie into an automaton, breadth first: a missing edge is the
// edge of the longest proper suffix.
func (m *machine) close() {
	fail := make([]int, len(m.outs))
	queue := make([]int, 0, len(m.outs))
	for c := range 1 << shift {
		if t := m.next[c]; t != 0 {
			queue = append(queue, int(t))
		}
	}
	for head := 0; head < len(queue); head++ {
		state, f := queue[head], fail[queue[head]]
		if m.outs[f].word >= 0 {
			m.outs[state].link = f
		} else {
			m.outs[state].link = m.outs[f].link
		}
		for c := range 1 << shift {
			cell, suffix := state<<shift|c, m.next[f<<shift|c]
			if t := m.next[cell]; t != 0 {
				fail[t] = int(suffix)
				queue = append(queue, int(t))
			} else {
				m.next[cell] = suffix
			}
		}
	}
	for i, t := range m.next {
		if o := m.outs[t]; o.word >= 0 || o.link != 0 {
			m.next[i] = t | wordEnds
		}
	}
}
