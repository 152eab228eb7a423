package detect

import (
	"strings"
	"unicode/utf8"

	"hanaper/core/message"
)

// disguise judges the letters of a host as written: of another script than they
// seem, mixed from several, or written as code (Unicode Technical Standard 39;
// RFC 3492). r.reason is "" for a host of plain letters; what a reader sees, in
// Unicode, comes back in any case.
func disguise(host string) (r risk, seen string) {
	if isASCII(host) && !strings.Contains(fold(host), "xn--") {
		return r, host
	}
	seen, ok := decodedHost(host)
	r.is = host
	if !ok {
		r.reason, r.confidence = "punycode", 850
		return r, seen
	}
	for label := range strings.SplitSeq(seen, ".") {
		if disguised(label) {
			r.reason, r.confidence, r.shows = "confusable", 960, shown(seen)
			return r, seen
		}
	}
	if seen != host {
		r.reason, r.confidence, r.shows = "punycode", 600, seen
	}
	return r, seen
}

// decodedHost is a host with its labels of Punycode decoded; ok is false where one
// of them is none.
func decodedHost(host string) (seen string, ok bool) {
	ok = true
	labels := strings.Split(host, ".")
	for i, label := range labels {
		if len(label) > 4 && fold(label[:4]) == "xn--" {
			if plain, is := decodePunycode(label[4:]); is {
				labels[i] = plain
			} else {
				ok = false
			}
		}
	}
	return strings.Join(labels, "."), ok
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// disguised reports whether a label mixes Latin letters with those of a script
// that is not written together with them, or is of another script and looks like
// ASCII letters throughout. Latin letters with accents are French, not a disguise.
func disguised(label string) bool {
	latin, other := false, uint8(scriptNone)
	alike := true
	for _, r := range label {
		switch s := scriptOf(r); {
		case s == scriptLatin:
			latin = true
		case s == scriptNone:
		case other == scriptNone || other == s:
			other = s
		default:
			return true
		}
		alike = alike && (r < utf8.RuneSelf || plainLetter(r) != 0)
	}
	return other != scriptNone && (latin && other != scriptEastAsian || alike)
}

// The scripts that are told apart. Letters that look like no other script's are
// all one.
const (
	scriptNone      = iota // digits, hyphens: any script
	scriptLatin            // with accents
	scriptGreek            //
	scriptCyrillic         //
	scriptArmenian         //
	scriptCherokee         //
	scriptEastAsian        // Chinese, Japanese, Korean: written together with Latin
	scriptOther            //
)

// scriptBlocks are the blocks of the scripts that look like Latin and of Latin.
var scriptBlocks = [...]struct {
	first, last rune
	script      uint8
}{
	{'A', 'Z', scriptLatin}, {'a', 'z', scriptLatin}, {0xAA, 0xAA, scriptOther}, {0xBA, 0xBA, scriptOther},
	{0xC0, 0x130, scriptLatin}, {0x131, 0x131, scriptOther}, {0x132, 0x17E, scriptLatin}, {0x300, 0x36F, scriptNone},
	{0x370, 0x3FF, scriptGreek}, {0x1F00, 0x1FFF, scriptGreek}, {0x400, 0x52F, scriptCyrillic}, {0x1C80, 0x1C8F, scriptCyrillic},
	{0xA640, 0xA69F, scriptCyrillic}, {0x530, 0x58F, scriptArmenian}, {0x13A0, 0x13FF, scriptCherokee}, {0xAB70, 0xABBF, scriptCherokee},
	{0x1E00, 0x1EFF, scriptLatin}, {0x2E80, 0x2FDF, scriptEastAsian}, {0x3005, 0x9FFF, scriptEastAsian}, {0xAC00, 0xD7AF, scriptEastAsian},
	{0x1100, 0x11FF, scriptEastAsian}, {0x20000, 0x3FFFF, scriptEastAsian},
}

func scriptOf(r rune) uint8 {
	for i := range scriptBlocks {
		if b := &scriptBlocks[i]; r >= b.first && r <= b.last {
			return b.script
		}
	}
	if r < utf8.RuneSelf {
		return scriptNone
	}
	return scriptOther
}

// plainLetter is the ASCII letter or digit that a reader takes r for, 0 for none:
// Unicode's table first, then what Normalize folds.
func plainLetter(r rune) byte {
	if i := strings.IndexRune(confusables, r); i >= 0 {
		for i--; confusables[i] >= utf8.RuneSelf; i-- {
		}
		return confusables[i]
	}
	t := message.Normalize("", string(r))
	if len(t.Norm) == 1 && alnum(t.Norm[0]) {
		return fold(t.Norm)[0]
	}
	return 0
}

// shown is a host as a hasty reader sees it: letters of other scripts and accents
// become the ASCII letter they look like, where there is one.
func shown(host string) string {
	if isASCII(host) {
		return fold(host)
	}
	out := make([]byte, 0, len(host))
	for _, r := range host {
		b := byte(0)
		if r >= utf8.RuneSelf {
			b = plainLetter(r)
		}
		if b != 0 {
			out = append(out, b)
		} else {
			out = utf8.AppendRune(out, r)
		}
	}
	t := message.Normalize("", string(out))
	return fold(t.Norm)
}

// skeleton is what two hosts that look alike have in common (Unicode Technical
// Standard 39 section 4): the letters shown, and of those one for all that are
// taken for each other.
func skeleton(host string) string {
	s := shown(host)
	for _, a := range [...][2]string{{"0", "o"}, {"1", "l"}, {"rn", "m"}, {"vv", "w"}} {
		s = strings.ReplaceAll(s, a[0], a[1])
	}
	return s
}
