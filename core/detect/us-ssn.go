package detect

// usSSN finds United States Social Security numbers: area, group and serial,
// AAA-GG-SSSS.
//
// Never issued: area 000, 666 and 900-999, group 00, serial 0000 (SSA, "Social
// Security Number Randomization", 2011; 20 CFR 422.103). Known from
// advertisements and wallets sold with a specimen, and so nobody's any more: the
// list publicSSNs, first of all 078-05-1120.
//
// Hit: "my social is 536-90-4399". Near miss: "order 536904399", nine digits
// with no word that says what they are.
var usSSN = detector{
	id: "us-ssn", class: ClassIdentifier,
	source:  "20 CFR 422.103; SSA, Social Security Number Randomization (2011)",
	about:   "United States Social Security number",
	reasons: "context format",
	words: "ssn|ssns|social security|soc sec|ssa|my social|his social|her social|their social|your social|social is|" +
		"social number|social #|last name and social|securite sociale|taxpayer id|tax id|tin",
	find: findSSN,
}

func findSSN(in *input) {
	for i, g := range in.groups {
		switch g.end - g.start {
		case 3:
			if end, sep, ok := in.joined(i, "- .", 3, 2, 4); ok {
				in.ssn(g.start, end, sep)
			}
		case 9:
			in.ssn(g.start, g.end, 0)
		}
	}
}

func (in *input) ssn(start, end int, sep byte) {
	if !in.alone(start, end) || !issuedSSN(squeeze(in.s[start:end])) {
		return
	}
	near := in.context(start, end)
	switch {
	case near && sep == 0:
		in.report(start, end, 900, "context")
	case near:
		in.report(start, end, 980, "context")
	case sep == '-':
		in.report(start, end, 850, "format")
	case sep != 0:
		in.report(start, end, 600, "format")
	}
}

// issuedSSN reports whether nine digits can have been issued to a person.
func issuedSSN(d string) bool {
	switch area := d[:3]; {
	case area == "000", area == "666", area[0] == '9', d[3:5] == "00", d[5:] == "0000", repeated(d):
		return false
	}
	return !isWord(d, publicSSNs)
}

// publicSSNs are the "pocketbook" numbers the SSA has withdrawn, and one that
// its holder put into advertisements.
const publicSSNs = " 022281852 042103580 062360749 078051120 095073645 128036045 135016629 141186941 165167999 165187999 165207999 " +
	"165227999 165247999 189092294 212097694 212099999 219099999 306302348 308125070 457555462 468288779 549241889 "
