package detect

// passportNumber finds passport numbers beside a word that names one.
//
// ICAO Doc 9303 part 4 gives the number nine places at most. United Kingdom: nine
// digits; United States: nine digits, or a letter and eight; Canada: two letters
// and six digits, or a letter, six digits and two letters. None has a check digit
// outside the machine-readable zone, so without the word there is no finding.
//
// Hit: "her passport is A12803456". Near miss: "passport office, room 128034".
var passportNumber = detector{
	id: "passport-number", class: ClassIdentifier,
	source:  "ICAO Doc 9303 part 4; HM Passport Office, US Department of State and IRCC number formats",
	about:   "passport number",
	reasons: "context",
	words:   "passport|passports|passeport|passeports|passport no|passport number|passport #|travel document|titre de voyage",
	find:    findPassport,
}

func findPassport(in *input) {
	if in.seen&in.words == 0 {
		return
	}
	s := in.s
	for _, g := range in.groups {
		start, end := g.start, g.end
		for start > 0 && g.start-start < 3 && letter(s[start-1]) {
			start--
		}
		for end < len(s) && end-g.end < 3 && letter(s[end]) {
			end++
		}
		before, digits, after := g.start-start, g.end-g.start, end-g.end
		fits := before < 2 && before+digits == 9 && after == 0 || // United Kingdom, United States
			before == 2 && (digits == 6 || digits == 7) && after == 0 || // Canada and others
			before == 1 && digits == 6 && after == 2 // Canada since 2023
		if fits && in.alone(start, end) && in.near(start, end, 48, 24) {
			in.report(start, end, 850, "context")
		}
	}
}
