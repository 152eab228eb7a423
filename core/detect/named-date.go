package detect

import "strings"

// months are the names in English and French, and their usual short forms.
const months = " january february march april may june july august september october november december " +
	"jan feb mar apr jun jul aug sep sept oct nov dec " +
	"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre janv fevr avr juil "

// namedDate reads "11 February 1949", "1er mars 1949", "11-Feb-49" and "Feb. 11,
// 1949", group i being the day.
func (in *input) namedDate(i int) (start, end, year int) {
	s, g := in.s, in.groups[i]
	if i+1 == len(in.groups) || !isDay(in.value(i), 1) {
		return 0, 0, 0
	}
	next := in.groups[i+1]
	year = in.value(i + 1)
	if n := next.end - next.start; n != 2 && (n != 4 || !isYear(year)) || next.start-g.end > 20 {
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
	} else if between != "" && isWord(monthIn(between), months) {
		start = g.start
	} else {
		start = -1
	}
	if start < 0 {
		return 0, 0, 0
	}
	return start, next.end, year
}

// monthIn is what stands between a day and a year without the separators: spaces
// with "of", a comma or a full stop, hyphens, slashes, or nothing.
func monthIn(between string) string {
	sep := between[0]
	inner, ok := strings.CutSuffix(between, between[:1])
	switch {
	case !isOneOf(sep, " -/"):
		return between
	case !ok || len(inner) == 0:
		return ""
	case sep != ' ':
		return inner[1:]
	}
	inner = strings.TrimPrefix(inner[1:], "of ")
	return strings.TrimSuffix(strings.TrimSuffix(inner, ","), ".")
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
