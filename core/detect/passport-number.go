package detect

// passportNumber finds passport numbers beside a word that names one.
//
// ICAO Doc 9303 part 4 gives the number nine places at most. United Kingdom: nine
// digits; United States: nine digits, or a letter and eight; Canada: two letters
// and six digits, or a letter, six digits and two letters; Australia and India: a
// letter or two and seven digits; New Zealand: two letters and six digits; France:
// two digits, two letters, five digits. People put spaces or hyphens into nine
// digits in threes, and between letters and digits. None has a check digit outside
// the machine-readable zone, so without the word there is no finding.
//
// Hit: "her passport is A12803456". Near miss: "passport office, room 128034".
var passportNumber = detector{
	id: "passport-number", class: ClassIdentifier,
	source:  "ICAO Doc 9303 part 4; HM Passport Office, US Department of State and IRCC number formats",
	about:   "passport number",
	reasons: "context",
	words: "passport|passports|passport's|passeport|passeports|passport no|passport number|passport #|travel document|travel documents|" +
		"titre de voyage|document de voyage",
	find: findPassport,
}

func findPassport(in *input) {
	if in.seen&in.words == 0 {
		return
	}
	for i := range in.groups {
		start, end := in.passportAt(i)
		if end > 0 && in.alone(start, end) && in.near(start, end, 48, 24) {
			in.report(start, end, 850, "context")
		}
	}
}

// passportAt is the number that group i is the first or only digits of, as far as
// its form goes; end is 0 where it has none.
func (in *input) passportAt(i int) (start, end int) {
	s, g := in.s, in.groups[i]
	if g.end-g.start == 3 {
		end, _, _ = in.joined(i, " -", 3, 3, 3)
		return g.start, end
	}
	start, end = g.start, g.end
	for start > 0 && g.start-start < 3 && letter(s[start-1]) {
		start--
	}
	for end < len(s) && end-g.end < 3 && letter(s[end]) {
		end++
	}
	before, digits, after := g.start-start, g.end-g.start, end-g.end
	switch {
	case after == 0 && before < 2 && before+digits == 9: // United Kingdom, United States
	case after == 0 && before == 2 && (digits == 6 || digits == 7): // Canada, Australia and others
	case after == 0 && before == 1 && digits == 7: // Australia, India
	case before == 1 && digits == 6 && after == 2: // Canada since 2023
	case before == 0 && digits == 2 && after == 2 && i+1 < len(in.groups) && in.groups[i+1].start == end && in.lengths(i+1, 1)[0] == 5:
		end = in.groups[i+1].end // France
	case before+after == 0 && digits == 6 && start > 2 && s[start-1] == ' ' && upper(s[start-2]) && upper(s[start-3]):
		start -= 3 // Canada, with a space
	default:
		return 0, 0
	}
	return start, end
}
