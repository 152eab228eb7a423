package detect

// usMBI finds Medicare Beneficiary Identifiers: eleven characters whose kinds
// are fixed, printed 4-3-4.
//
// CMS, "Understanding the Medicare Beneficiary Identifier (MBI) Format": C A AN
// N A AN N A A N N, where C is 1 to 9, N a digit, A a letter other than S, L, O,
// I, B and Z, AN either.
//
// Hit: "Medicare ID 1EG4-TE5-MK73". Near miss: "1EG4-TE5-OK73", the letter O.
var usMBI = detector{
	id: "us-mbi", class: ClassIdentifier,
	source:  "CMS, Understanding the Medicare Beneficiary Identifier Format",
	about:   "United States Medicare Beneficiary Identifier",
	reasons: "context format",
	words:   "medicare|mbi|mbis|beneficiary|cms",
	find:    findMBI,
}

const mbiKinds = "CAENAENAANN" // E is either, a letter or a digit

func findMBI(in *input) {
	s := in.s
	for _, g := range in.groups {
		if g.end-g.start != 1 || s[g.start] == '0' {
			continue // the first digit stands before a letter
		}
		end, dashed := g.start, false
		for n := range mbiKinds {
			if (n == 4 || n == 7) && end < len(s) && s[end] == '-' && (n == 4 || dashed) {
				dashed = true
				end++
			} else if n == 7 && dashed {
				end = len(s)
			}
			if end >= len(s) || !ofMBIKind(s[end], mbiKinds[n]) {
				end = -1
				break
			}
			end++
		}
		if end < 0 || !in.alone(g.start, end) {
			continue
		}
		switch near := in.context(g.start, end); {
		case near:
			in.report(g.start, end, 980, "context")
		case dashed:
			in.report(g.start, end, 950, "format")
		default:
			in.report(g.start, end, 850, "format")
		}
	}
}

func ofMBIKind(b, kind byte) bool {
	if digit(b) {
		return kind != 'A'
	}
	return letter(b) && (kind == 'A' || kind == 'E') && !isOneOf(b&^0x20, "SLOIBZ")
}
