package detect

import "strings"

// gap reports whether groups i and i+1 are one of seps apart, or one of the
// longer forms, such as ") ".
func (in *input) gap(i int, seps string, longer ...string) bool {
	if i+1 >= len(in.groups) {
		return false
	}
	between := in.s[in.groups[i].end:in.groups[i+1].start]
	if len(between) == 1 && isOneOf(between[0], seps) {
		return true
	}
	for _, l := range longer {
		if between == l {
			return true
		}
	}
	return false
}

// lengths are those of groups i to i+n-1, 0 where there is none.
func (in *input) lengths(i, n int) (out [3]int) {
	for k := 0; k < n && i+k < len(in.groups); k++ {
		out[k] = in.groups[i+k].end - in.groups[i+k].start
	}
	return out
}

// british finds 0 and nine or ten further digits in up to four groups, the
// later ones of three digits or more.
func (in *input) british(i int) {
	s, first := in.s, in.groups[i]
	start, total, end, groups := first.start, first.end-first.start, first.end, 1
	if start > 0 && s[start-1] == '(' && in.gap(i, "", ") ") {
		start--
	}
	for total < 11 && groups < 4 && in.gap(i, " -", ") ") && in.groups[i+1].end-in.groups[i+1].start >= 3 {
		i++
		groups++
		total += in.groups[i].end - in.groups[i].start
		end = in.groups[i].end
	}
	if first.end-first.start < 2 || !isOneOf(s[first.start+1], "123578") || !in.alone(start, end) {
		return
	}
	near := in.context(start, end)
	switch {
	case total == 10 && near && isOneOf(s[first.start+1], "18"):
		in.report(start, end, 800, "context")
	case total != 11:
	case near:
		in.report(start, end, 970, "context")
	case s[first.start+1] == '7':
		in.report(start, end, 900, "format")
	case groups > 1:
		in.report(start, end, 850, "format")
	}
}

// international reports whether g begins a number in the international form,
// after a plus sign or 0044, and finds it: digits with up to three spaces,
// hyphens, full stops and brackets between, as many as the country has. The zero
// of +44 (0)20 is not dialled and not counted.
func (in *input) international(g group) bool {
	s, first, start := in.s, g.start, g.start
	switch {
	case start > 0 && s[start-1] == '+':
		start--
	case strings.HasPrefix(s[start:], "0044") && !(start > 0 && s[start-1] == '_'):
		first += 2
	default:
		return false
	}
	if s[first] == '0' || start > 0 && (alnum(s[start-1]) || s[start-1] == '+') {
		return true
	}
	least, most := nationalLength(s[first:])
	digits, end, gap := 0, 0, 0
	for i := first; i < len(s) && digits < most && gap <= 3; i++ {
		switch b := s[i]; {
		case digit(b) && !(b == '0' && s[i-1] == '(' && i+1 < len(s) && s[i+1] == ')'):
			digits, end, gap = digits+1, i+1, 0
		case isOneOf(b, " -.()"):
			gap++
		case !digit(b):
			gap = 4
		}
	}
	if digits < least || end < len(s) && (alnum(s[end]) || s[end] == '_') {
		return true
	}
	if in.context(start, end) {
		in.report(start, end, 980, "context")
	} else {
		in.report(start, end, 950, "format")
	}
	return true
}

// nationalLength is how many digits a number has, country code included.
func nationalLength(d string) (least, most int) {
	for _, c := range [...]struct {
		code        string
		least, most int
	}{{"1", 11, 11}, {"44", 11, 12}, {"33", 11, 11}, {"61", 11, 11}, {"353", 10, 12}, {"91", 12, 12}, {"55", 12, 13}} {
		if len(d) >= len(c.code) && d[:len(c.code)] == c.code {
			return c.least, c.most
		}
	}
	return 8, 15
}
