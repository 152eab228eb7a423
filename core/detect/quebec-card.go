package detect

// quebecCard finds the health insurance number of Quebec whose first digits,
// year and month of birth, group i holds: four letters, then eight digits in one
// piece or in fours, with a space or hyphen between or none.
func (in *input) quebecCard(i int) {
	s, g := in.s, in.groups[i]
	start, end := g.start, g.end
	switch g.end - g.start {
	case 8:
		if start > 0 && isOneOf(s[start-1], " -") {
			start--
		}
	case 4:
		var sep byte
		var ok bool
		if end, sep, ok = in.joined(i, " -", 4, 4); !ok {
			return
		}
		if start > 0 && s[start-1] == sep {
			start--
		}
	default:
		return
	}
	start -= 4
	if start < 0 || !fourLetters(s[start:]) || !in.alone(start, end) {
		return
	}
	month, day := number(s[g.start+2:g.start+4]), number(squeeze(s[g.start:end])[4:6])
	if month > 50 {
		month -= 50 // a woman's
	}
	switch {
	case !isDay(day, month):
	case in.context(start, end):
		in.report(start, end, 980, "context")
	case isUpper(s[start:end]):
		in.report(start, end, 950, "format")
	}
}

func fourLetters(s string) bool {
	return letter(s[0]) && letter(s[1]) && letter(s[2]) && letter(s[3])
}
