package record

import "unicode/utf8"

// The encodings of RFC 2045 and RFC 2047, here because encoding/base64 links
// reflect, and mime and mime/quotedprintable link fmt.

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func appendBase64(dst, src []byte) []byte {
	for ; len(src) >= 3; src = src[3:] {
		dst = append(dst, base64Digits[src[0]>>2], base64Digits[src[0]&3<<4|src[1]>>4],
			base64Digits[src[1]&15<<2|src[2]>>6], base64Digits[src[2]&63])
	}
	switch len(src) {
	case 1:
		dst = append(dst, base64Digits[src[0]>>2], base64Digits[src[0]&3<<4], '=', '=')
	case 2:
		dst = append(dst, base64Digits[src[0]>>2], base64Digits[src[0]&3<<4|src[1]>>4], base64Digits[src[1]&15<<2], '=')
	}
	return dst
}

// appendBase64Lines writes lines of 76 characters.
func appendBase64Lines(dst, src []byte) []byte {
	const perLine = 57
	for len(src) > 0 {
		n := min(perLine, len(src))
		dst = append(appendBase64(dst, src[:n]), '\r', '\n')
		src = src[n:]
	}
	return dst
}

// base64Len is the number of bytes s stands for in padded standard base64 with
// no stray bits, -1 where it is not that.
func base64Len(s string) int {
	if len(s)%4 != 0 {
		return -1
	}
	pad, last := 0, 0
	for i := 0; i < len(s); i++ {
		digit := -1
		for d := 0; d < len(base64Digits) && digit < 0; d++ {
			if base64Digits[d] == s[i] {
				digit = d
			}
		}
		switch {
		case digit >= 0 && pad == 0:
			last = digit
		case s[i] == '=' && i >= len(s)-2:
			pad++
		default:
			return -1
		}
	}
	if pad == 1 && last&3 != 0 || pad == 2 && last&15 != 0 {
		return -1
	}
	return len(s)/4*3 - pad
}

const upperHex = "0123456789ABCDEF"

// appendQuotedPrintable writes text, whose lines end with \n, as RFC 2045
// section 6.7 asks: lines of at most 76 characters, CRLF, no trailing space. A
// dot or "From " at the start of a line is encoded too, for mail transport and
// mbox files.
func appendQuotedPrintable(dst []byte, text string) []byte {
	const most = 75 // and the = of a soft line break
	col := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\n' {
			dst = append(dst, '\r', '\n')
			col = 0
			continue
		}
		end := i+1 == len(text) || text[i+1] == '\n'
		plain := c > ' ' && c < 0x7f && c != '=' || (c == ' ' || c == '\t') && !end
		if col == 0 && (c == '.' || c == 'F' && len(text)-i >= 5 && text[i:i+5] == "From ") {
			plain = false
		}
		n := 3
		if plain {
			n = 1
		}
		if col+n > most {
			dst = append(dst, '=', '\r', '\n')
			col = 0
		}
		if plain {
			dst = append(dst, c)
		} else {
			dst = append(dst, '=', upperHex[c>>4], upperHex[c&15])
		}
		col += n
	}
	return dst
}

// encodedWords cuts s, free of control characters, into RFC 2047 encoded-words
// of at most 64 characters, whole characters each. Q is used where it is the
// shorter of the two, which is where most letters are Latin.
func encodedWords(s string) (out []string) {
	const frame, most = len("=?utf-8?q?") + len("?="), 64
	q := len(s) < (len(s)-quotedCount(s))*4
	for len(s) > 0 {
		n, size := 0, 0
		for n < len(s) {
			_, w := utf8.DecodeRuneInString(s[n:])
			add := w
			if q {
				add = w + 2*quotedCount(s[n:n+w])
			}
			if q && frame+size+add > most || !q && frame+(size+add+2)/3*4 > most {
				break
			}
			n += w
			size += add
		}
		out = append(out, encodedWord(s[:n], q))
		s = s[n:]
	}
	return out
}

func encodedWord(s string, q bool) string {
	if !q {
		return "=?utf-8?b?" + string(appendBase64(nil, []byte(s))) + "?="
	}
	out := []byte("=?utf-8?q?")
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			out = append(out, '_')
		case wordSafe(c):
			out = append(out, c)
		default:
			out = append(out, '=', upperHex[c>>4], upperHex[c&15])
		}
	}
	return string(append(out, '?', '='))
}

// quotedCount is the number of bytes of s that Q writes as =XX.
func quotedCount(s string) (n int) {
	for i := 0; i < len(s); i++ {
		if s[i] != ' ' && !wordSafe(s[i]) {
			n++
		}
	}
	return n
}

// wordSafe: the characters Q may leave alone even within a phrase (RFC 2047, 5).
func wordSafe(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '!' || c == '*' || c == '+' || c == '-' || c == '/'
}
