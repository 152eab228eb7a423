package whatsapp

import (
	"strings"
	"unicode/utf8"
)

// shape is how the program that wrote a file writes when a message was sent. All
// messages of one file have one shape; a line of another is text.
type shape struct {
	bracket   bool // [date, time] name: text, as on iPhones; else date, time - name: text
	timeFirst bool // [time, date], as copied from WhatsApp Web
	separator byte // between the numbers of the date: / . -
	yearFirst bool // the first number has four digits
	yearLast  bool // the last number has four digits
	clock     byte // between hours and minutes: : . h
	seconds   bool
	half      bool // twelve hours, with a marker
}

// head is the beginning of a message.
type head struct {
	shape
	date    [3]int // in the file's order
	written string // the date as it stands in the file
	hour    int    // 0 to 23
	minute  int
	second  int
	marked  bool   // a direction mark stands before it: iPhones put one before lines with a file
	rest    string // name and text, or a line of the program's own
}

// cursor reads a line from its beginning.
type cursor struct{ s string }

// isSpace: the spaces seen in exports. Between time and marker stands a narrow
// no-break space since 2023.
func isSpace(r rune) bool {
	return r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\u2009'
}

// isMark: invisible characters that set the direction of text.
func isMark(r rune) bool {
	return r == '\u200e' || r == '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\ufeff'
}

func (c *cursor) skip(is func(rune) bool) (n int) {
	for {
		r, size := utf8.DecodeRuneInString(c.s)
		if size == 0 || !is(r) {
			return n
		}
		c.s = c.s[size:]
		n++
	}
}

// spaces skips spaces and marks; it is true where there was a space.
func (c *cursor) spaces() bool {
	seen := false
	c.skip(func(r rune) bool {
		seen = seen || isSpace(r)
		return isSpace(r) || isMark(r)
	})
	return seen
}

func (c *cursor) take(prefix string) bool {
	rest, ok := strings.CutPrefix(c.s, prefix)
	c.s = rest
	return ok
}

// number reads up to most digits.
func (c *cursor) number(most int) (n, digits int) {
	for digits < len(c.s) && digits <= most && c.s[digits] >= '0' && c.s[digits] <= '9' {
		n = n*10 + int(c.s[digits]-'0')
		digits++
	}
	if digits > most {
		return 0, 0
	}
	c.s = c.s[digits:]
	return n, digits
}

// parseHead reads the head of a message in any of the shapes WhatsApp writes. It
// does not say whether the date exists: which number is the day is not known yet.
func parseHead(line string) (h head, ok bool) {
	c := cursor{line}
	h.marked = c.skip(isMark) > 0
	h.bracket = c.take("[")
	if !h.bracket && (c.s == "" || c.s[0] < '0' || c.s[0] > '9') {
		return h, false
	}
	start := c
	if ok = h.readDate(&c) && c.between() && h.readClock(&c); !ok && h.bracket {
		c = start
		h.timeFirst = true
		ok = h.readClock(&c) && c.between() && h.readDate(&c)
	}
	if !ok || !h.end(&c) {
		return h, false
	}
	h.rest = c.s
	return h, true
}

// readDate reads three numbers with one separator: 31/12/20, 2020-12-31, 31. 12. 2020.
func (h *head) readDate(c *cursor) bool {
	before := c.s
	var digits [3]int
	for i := range h.date {
		if i > 0 {
			c.spaces()
			if c.s == "" || strings.IndexByte("/.-", c.s[0]) < 0 || i == 2 && c.s[0] != h.separator {
				return false
			}
			h.separator = c.s[0]
			c.s = c.s[1:]
			c.spaces()
		}
		if h.date[i], digits[i] = c.number(4); digits[i] == 0 || digits[i] == 3 {
			return false
		}
	}
	h.written = before[:len(before)-len(c.s)]
	if h.separator == '.' {
		c.take(".") // 2020. 12. 31.
	}
	h.yearFirst, h.yearLast = digits[0] == 4, digits[2] == 4
	return digits[1] <= 2 && !(h.yearFirst && h.yearLast)
}

// links are the words between date and time, in languages that have one.
var links = [...]string{"à ", "um ", "klo ", "kl. ", "kl ", "às ", "at ", "om ", "alle ", "a las "}

// between reads what separates date and time: a comma, a space, or a word.
func (c *cursor) between() bool {
	comma := c.take(",")
	space := c.spaces()
	for _, word := range links {
		if space && c.take(word) {
			c.spaces()
			break
		}
	}
	return comma || space
}

// readClock reads 21:15, 21.15:03, 9:15 PM, 21 h 15 min 3 s, 下午9:15.
func (h *head) readClock(c *cursor) bool {
	half := halfBefore(c)
	var digits int
	if h.hour, digits = c.number(2); digits == 0 {
		return false
	}
	after := *c
	after.spaces()
	switch {
	case after.take("h"):
		after.spaces()
		*c, h.clock = after, 'h'
	case c.s != "" && (c.s[0] == ':' || c.s[0] == '.'):
		h.clock = c.s[0]
		c.s = c.s[1:]
	default:
		return false
	}
	if h.minute, digits = c.number(2); digits != 2 {
		return false
	}
	if !h.readSeconds(c) {
		return false
	}
	if half == 0 {
		half = halfAfter(c)
	}
	return h.to24(half)
}

func (h *head) readSeconds(c *cursor) bool {
	if h.clock != 'h' {
		if c.s == "" || c.s[0] != ':' && c.s[0] != '.' {
			return true
		}
		var digits int
		c.s = c.s[1:]
		h.second, digits = c.number(2)
		h.seconds = true
		return digits == 2
	}
	after := *c
	after.spaces()
	if !after.take("min") {
		return true
	}
	after.spaces()
	n, digits := after.number(2)
	if after.spaces(); digits == 0 || !after.take("s") {
		return false
	}
	*c, h.second, h.seconds = after, n, true
	return true
}

// to24 turns an hour of a half day (1: before noon, 2: after) into one of 24.
func (h *head) to24(half int) bool {
	h.half = half > 0
	if h.minute > 59 || h.second > 59 || h.hour > 23 || h.half && (h.hour < 1 || h.hour > 12) {
		return false
	}
	if h.half {
		h.hour = h.hour%12 + (half-1)*12
	}
	return true
}

// halves are the markers of the half day, lower case, without spaces and dots.
var halves = map[string]int{
	"am": 1, "pm": 2, "a": 1, "p": 2, "vorm": 1, "nachm": 2, "πμ": 1, "μμ": 2, "öö": 1, "ös": 2,
	"上午": 1, "下午": 2, "오전": 1, "오후": 2, "午前": 1, "午後": 2, "ص": 1, "م": 2,
}

// halfBefore reads a marker before the hour, as in Chinese and Korean.
func halfBefore(c *cursor) int {
	for _, word := range [...]string{"上午", "下午", "오전", "오후", "午前", "午後"} {
		if c.take(word) {
			c.spaces()
			return halves[word]
		}
	}
	return 0
}

// longestMarker is in bytes, spaces included: "p. m." with two no-break spaces.
const longestMarker = 16

// halfAfter reads a marker up to the end of the time. Where there is none c stays.
func halfAfter(c *cursor) int {
	word := ""
	for i, r := range c.s {
		switch {
		case i > longestMarker:
			return 0
		case r == ']' || r == ',' || r == '-' || r == '–':
			half := halves[strings.ToLower(word)]
			if half > 0 {
				c.s = c.s[i:]
			}
			return half
		case !isSpace(r) && !isMark(r) && r != '.':
			word += string(r)
		}
	}
	return 0
}

// end reads what closes date and time.
func (h *head) end(c *cursor) bool {
	space := c.spaces()
	if h.bracket {
		ok := c.take("]")
		c.skip(isSpace)
		return ok
	}
	ok := c.take("-") || c.take("–")
	return ok && !h.timeFirst && (c.skip(isSpace) > 0 || c.s == "") && (space || h.half)
}
