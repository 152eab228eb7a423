package detect

import "strings"

// dateOfBirth finds a date beside words that make it somebody's birth: numbers
// in any order, ISO 8601, or with the month's name in English or French.
//
// A birth date is a personal detail, no number of an office: class contact.
//
// Hit: "DL 000000041290 dob 7/19/88". Near miss: "born in a barn, 7/19 at the
// latest", no year.
var dateOfBirth = detector{
	id: "date-of-birth", class: ClassContact,
	source:  "ISO 8601-1; UK GDPR article 4(1); Privacy Act (Canada) s. 3; N.C.G.S. 132-1.10",
	about:   "date of birth",
	reasons: "context",
	words:   "dob|d.o.b|date of birth|birth date|birthdate|born|born on|ddn|date de naissance|ne le|nee le|naissance",
	find:    findBirth,
}

func findBirth(in *input) {
	if in.seen&in.words == 0 {
		return
	}
	for i, g := range in.groups {
		end, year := in.numericDate(i)
		start := g.start
		if end == 0 && g.end-g.start <= 2 {
			start, end, year = in.namedDate(i)
		}
		if end == 0 || !in.alone(start, end) || !in.near(start, end, 40, 24) {
			continue
		}
		if year > 99 {
			in.report(start, end, 900, "context")
		} else {
			in.report(start, end, 800, "context")
		}
	}
}

// numericDate reads groups i to i+2 as a date with one and the same separator;
// end is 0 where they are none.
func (in *input) numericDate(i int) (end, year int) {
	n := in.lengths(i, 3)
	if n[0]*n[1]*n[2] == 0 || !in.gap(i, "/-.") || !in.gap(i+1, "/-.") || in.s[in.groups[i].end] != in.s[in.groups[i+1].end] {
		return 0, 0
	}
	if n[0] > 4 || n[1] > 2 || n[2] > 4 {
		return 0, 0
	}
	a, b, c := in.value(i), in.value(i+1), in.value(i+2)
	switch {
	case n[0] == 4 && n[2] <= 2 && isYear(a) && isDay(c, b):
		year = a
	case n[0] <= 2 && n[2] == 4 && isYear(c) && (isDay(a, b) || isDay(b, a)):
		year = c
	case n[0] <= 2 && n[2] == 2 && (isDay(a, b) || isDay(b, a)):
		year = c
	default:
		return 0, 0
	}
	return in.groups[i+2].end, year
}

func (in *input) value(i int) int { return number(in.s[in.groups[i].start:in.groups[i].end]) }

func isYear(n int) bool         { return n >= 1900 && n <= 2029 }
func isDay(day, month int) bool { return day >= 1 && day <= 31 && month >= 1 && month <= 12 }

// months are the names in English and French, and their usual short forms.
const months = " january february march april may june july august september october november december " +
	"jan feb mar apr jun jul aug sep sept oct nov dec " +
	"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre janv fevr avr juil "

// namedDate reads "11 February 1949", "1er mars 1949" and "Feb. 11, 1949", group
// i being the day.
func (in *input) namedDate(i int) (start, end, year int) {
	s, g := in.s, in.groups[i]
	if i+1 == len(in.groups) || !isDay(in.value(i), 1) {
		return 0, 0, 0
	}
	next := in.groups[i+1]
	if next.end-next.start != 4 || !isYear(in.value(i+1)) || next.start-g.end > 20 {
		return 0, 0, 0
	}
	between := fold(s[g.end:next.start])
	for _, ordinal := range [...]string{"st", "nd", "rd", "th", "er"} {
		if rest := strings.TrimPrefix(between, ordinal); rest != between {
			between = rest
			break
		}
	}
	if between == " " || between == ", " {
		start = in.monthBefore(g.start)
	} else if inner, ok := strings.CutPrefix(between, " "); ok && strings.HasSuffix(inner, " ") {
		inner = strings.TrimPrefix(inner[:len(inner)-1], "of ")
		if isWord(strings.TrimSuffix(strings.TrimSuffix(inner, ","), "."), months) {
			start = g.start
		} else {
			start = -1
		}
	} else {
		start = -1
	}
	if start < 0 {
		return 0, 0, 0
	}
	return start, next.end, in.value(i + 1)
}

// monthBefore is where a month's name begins that ends a space, or a full stop
// and a space, before offset i; -1 where none does.
func (in *input) monthBefore(i int) int {
	end := i - 1
	if end < 3 || in.s[end] != ' ' {
		return -1
	}
	if in.s[end-1] == '.' {
		end--
	}
	start := end
	for start > 0 && end-start < 12 && letter(in.s[start-1]) {
		start--
	}
	if !isWord(fold(in.s[start:end]), months) {
		return -1
	}
	return start
}
