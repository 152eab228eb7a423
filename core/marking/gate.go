package marking

import "hanaper/core/message"

// The gate decides from the first three characters of a word whether a form may
// begin there; nearly every word of an unmarked text ends at it.

const gateLetters = 27 // a to z, and anything else

// gate holds the beginnings of all forms, three characters each.
type gate [gateLetters * gateLetters * gateLetters]bool

func gateIndex(a, b, c byte) int {
	return (int(gateLetter[a])*gateLetters+int(gateLetter[b]))*gateLetters + int(gateLetter[c])
}

// gateLetter numbers the letter a byte stands for, in any case or disguise.
var gateLetter = func() (t [256]uint8) {
	for i := range t {
		t[i] = gateLetters - 1
		switch b := byte(i); {
		case message.IsLetter(b):
			t[i] = (b | 0x20) - 'a'
		case leetFor(b) != 0:
			t[i] = leetFor(b) - 'a'
		}
	}
	return t
}()

// admit opens the gate for a form.
func (g *gate) admit(form string) {
	var letters []byte // without the spaces, which may be nothing
	for i := range len(form) {
		if form[i] != ' ' {
			letters = append(letters, form[i])
		}
	}
	spaced := form + "  "
	letters = append(letters, ' ', ' ')
	g[gateIndex(form[0], spaced[1], spaced[2])] = true
	g[gateIndex(letters[0], letters[1], letters[2])] = true
}

// open reports whether a form may begin at i, plain or spaced out.
func (g *gate) open(s string, i int) bool {
	var second, third byte = ' ', ' '
	if i+1 < len(s) {
		second = s[i+1]
	}
	if i+2 < len(s) {
		third = s[i+2]
	}
	if g[gateIndex(s[i], second, third)] {
		return true
	}
	switch {
	case !message.IsWord(second) && leetFor(second) == 0:
		return spacedOut(s, i+1) || hardSplit(second) && message.IsUpper(s[i])
	case message.IsUpper(s[i]):
		return hardSplit(third)
	}
	return false
}

// spacedOut reports separators at i and then a single letter.
func spacedOut(s string, i int) bool {
	at := splitEnd(s, i)
	return at >= 0 && (at+1 == len(s) || !message.IsWord(s[at+1]))
}
