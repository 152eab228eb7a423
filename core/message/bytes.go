package message

// Classes of the bytes of a Norm, where every letter that matters is ASCII.

// IsLetter reports an ASCII letter.
func IsLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// IsUpper reports an ASCII capital.
func IsUpper(b byte) bool { return b >= 'A' && b <= 'Z' }

// IsDigit reports an ASCII digit.
func IsDigit(b byte) bool { return b >= '0' && b <= '9' }

// IsWord reports an ASCII letter or digit: what a word or a number is made of.
// An underscore is not, because chats use it for emphasis.
func IsWord(b byte) bool { return IsLetter(b) || IsDigit(b) }

// Lower makes an ASCII capital small.
func Lower(b byte) byte {
	if IsUpper(b) {
		return b | 0x20
	}
	return b
}

// HasFold reports whether s has word, written small, at i, in any case.
func HasFold(s string, i int, word string) bool {
	if i < 0 || len(s)-i < len(word) {
		return false
	}
	for k := range len(word) {
		if Lower(s[i+k]) != word[k] {
			return false
		}
	}
	return true
}

// WordAt reports whether s has word, written small, at i, as a word of its own.
func WordAt(s string, i int, word string) bool {
	return HasFold(s, i, word) && (i == 0 || !IsWord(s[i-1])) &&
		(i+len(word) == len(s) || !IsWord(s[i+len(word)]))
}
