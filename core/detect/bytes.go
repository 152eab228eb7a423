package detect

import "strings"

func digit(b byte) bool  { return b-'0' < 10 }
func letter(b byte) bool { return b|0x20-'a' < 26 }
func upper(b byte) bool  { return b-'A' < 26 }
func lower(b byte) bool  { return b-'a' < 26 }
func alnum(b byte) bool  { return digit(b) || letter(b) }

// isOneOf is for sets of a few bytes: a loop is faster there than a search. It is
// not inlined: its copies would add 24 KB to core.wasm.
//
//go:noinline
func isOneOf(b byte, set string) bool {
	for i := range len(set) {
		if set[i] == b {
			return true
		}
	}
	return false
}

// hasOneOf reports whether s has a letter of set, capitals, in either case.
func hasOneOf(s, set string) bool {
	for i := range len(s) {
		if letter(s[i]) && isOneOf(s[i]&^0x20, set) {
			return true
		}
	}
	return false
}

// isUpper reports whether s has no small letter.
func isUpper(s string) bool {
	for i := range len(s) {
		if lower(s[i]) {
			return false
		}
	}
	return true
}

// isWord reports whether w, lower case, is one of the words of a list in which
// a space stands before and after every word.
func isWord(w, list string) bool {
	for w != "" && strings.IndexByte(w, ' ') < 0 {
		i := strings.Index(list, w)
		if i < 0 {
			return false
		}
		if i > 0 && list[i-1] == ' ' && i+len(w) < len(list) && list[i+len(w)] == ' ' {
			return true
		}
		list = list[i+1:]
	}
	return false
}

// oneOfWords reports whether w is one of the words of a detector's list, in which
// bars stand between the words (see parseWords); stars are not part of a word.
func oneOfWords(w, list string) bool {
	for at := 0; ; {
		i := strings.Index(list[at:], w)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(w)
		if start > 0 && list[start-1] == '*' {
			start--
		}
		if end < len(list) && list[end] == '*' {
			end++
		}
		if (start == 0 || list[start-1] == '|') && (end == len(list) || list[end] == '|') {
			return true
		}
		at += i + 1
	}
}

// wordSet reads lists of words apart by spaces into a map from word to the set
// of lists it stands in, list i being bit i.
func wordSet(lists ...string) map[string]uint8 {
	set := make(map[string]uint8, 512)
	for i, list := range lists {
		for w := range strings.FieldsSeq(list) {
			set[w] |= 1 << i
		}
	}
	return set
}

// closesWord reports whether b ends a word in running text: a space, a control
// character, a quotation mark or an angle bracket.
func closesWord(b byte) bool {
	return b <= ' ' || b == '"' || b == '\'' || b == '<' || b == '>'
}

// fold is ASCII lower case; letters beyond ASCII stay as they are.
// Inlined, it would add 22 KB to core.wasm.
//
//go:noinline
func fold(s string) string {
	for i := 0; i < len(s); i++ {
		if upper(s[i]) {
			out := []byte(s)
			for ; i < len(out); i++ {
				if upper(out[i]) {
					out[i] |= 0x20
				}
			}
			return string(out)
		}
	}
	return s
}

// squeeze returns s without spaces, hyphens and full stops, upper case.
func squeeze(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if b := s[i]; lower(b) {
			out = append(out, b-32)
		} else if !isOneOf(b, " -.") {
			out = append(out, b)
		}
	}
	return string(out)
}

// luhn is the check of ISO/IEC 7812-1 annex B: from the right every second
// digit doubled, digit sum divisible by ten.
func luhn(digits string) bool {
	sum := 0
	for i := 0; i < len(digits); i++ {
		d := int(digits[len(digits)-1-i] - '0')
		if i&1 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// repeated reports whether s is one byte over and over.
func repeated(s string) bool {
	return strings.Count(s, s[:1]) == len(s)
}

// number is the value of up to nine digits.
func number(digits string) int {
	n := 0
	for i := 0; i < len(digits); i++ {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}
