package marking

import "hanaper/core/message"

// hit is a form found in a text, and how it is written there.
type hit struct {
	end    int
	upper  int  // capitals
	small  int  // small letters
	leet   int  // digits and signs that stand for letters
	split  int  // places inside words where separators stand
	inside int  // places inside words where they could
	hard   bool // all of those separators are of the kind no prose has inside a word
}

// letter case of a hit
type letters uint8

const (
	capitals letters = iota
	mixed            // Title Case too
	small
)

func (h *hit) letters() letters {
	switch {
	case h.small == 0:
		return capitals
	case h.upper == 0:
		return small
	}
	return mixed
}

// disguised reports letters spaced out, or replaced by digits.
func (h *hit) disguised() bool { return h.split > 0 || h.leet > 0 }

const (
	maxGap   = 3 // separators between the words of a form
	maxSplit = 3 // separators between letters that are spaced out
)

// match reads form at i. A space of the form is nothing or up to maxGap
// separators; the letters of a word may be spaced out, all of them, or some by
// signs that prose does not put inside a word.
func match(s string, i int, form string) (hit, bool) {
	h := hit{hard: true}
	inWord := false
	for k := 0; k < len(form); k++ {
		c := form[k]
		if c == ' ' {
			i = skipGap(s, i)
			inWord = false
			continue
		}
		if i >= len(s) {
			return h, false
		}
		if inWord {
			h.inside++
			if s[i] != c && !message.IsWord(s[i]) && leetFor(s[i]) != c {
				at := splitEnd(s, i)
				if at < 0 {
					return h, false
				}
				h.split++
				h.hard = h.hard && hardSplit(s[i])
				i = at
			}
		}
		if !h.letter(s[i], c) {
			return h, false
		}
		i++
		inWord = true
	}
	h.end = i
	return h, h.plausible() && ends(s, i)
}

// ends reports that no word goes on at i: neither SECRETARY nor C'est.
func ends(s string, i int) bool {
	if i == len(s) {
		return true
	}
	if s[i] == '\'' && i+1 < len(s) && message.IsLetter(s[i+1]) {
		return false
	}
	return !message.IsWord(s[i])
}

// letter counts the byte b, where the form has c.
func (h *hit) letter(b, c byte) bool {
	switch {
	case b == c && c >= 'a' && c <= 'z':
		h.small++
	case b == c:
	case b|0x20 == c && message.IsUpper(b):
		h.upper++
	case leetFor(b) == c:
		h.leet++
	default:
		return false
	}
	return true
}

// plausible refuses disguises that ordinary writing also makes.
func (h *hit) plausible() bool {
	if h.leet > 0 && (h.small > 0 || h.upper < 2) || h.disguised() && h.upper+h.small+h.leet < 4 {
		return false
	}
	return h.split == 0 || h.split == h.inside || h.hard && h.small == 0
}

func skipGap(s string, i int) int {
	for n := 0; n < maxGap && i < len(s) && isGap(s[i]); n++ {
		i++
	}
	return i
}

func isGap(b byte) bool {
	switch b {
	case ' ', '-', '_', '.', ':', '/', '(', ')', '[', ']', '\'', '"', '*', '|', '+', '~':
		return true
	}
	return false
}

// splitEnd returns the place after the separators at i, which stand between two
// letters, or -1.
func splitEnd(s string, i int) int {
	for n := 0; n < maxSplit && i < len(s); n++ {
		if s[i] == '\n' || s[i] >= 0x80 {
			return -1
		}
		i++
		if i < len(s) && message.IsWord(s[i]) {
			return i
		}
	}
	return -1
}

func hardSplit(b byte) bool {
	switch b {
	case '*', '.', '_', '|', '~', '^', '+', '#', '=', '/', '\\':
		return true
	}
	return false
}

// leet gives the letter that a digit or sign stands for in letters' disguise.
var leet = [256]byte{'0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '$': 's', '@': 'a', '!': 'i'}

func leetFor(b byte) byte { return leet[b] }

// leetOf is the digit or sign a form may begin with instead of c, 0 if none.
func leetOf(c byte) byte {
	switch c {
	case 'o':
		return '0'
	case 's':
		return '5'
	case 't':
		return '7'
	}
	return 0
}
