package detect

// caSIN finds Canadian Social Insurance numbers: nine digits, 3-3-3, the last
// one a Luhn check digit.
//
// The first digit is the region of issue; 0 and 8 are not given to persons
// (0 is used for examples, 8 for business numbers), 9 marks temporary residents
// (Employment and Social Development Canada, SIN Code of Practice). One that
// begins with 0 counts where a word says it is a SIN: who writes that means it.
//
// Hit: "mon NAS est le 130 692 544". Near miss: "130 692 544 $", an amount as
// French writes it.
var caSIN = detector{
	id: "ca-sin", class: ClassIdentifier,
	source:  "Employment Insurance Act s. 138; ESDC, Social Insurance Number Code of Practice; ISO/IEC 7812-1 annex B",
	about:   "Canadian Social Insurance number",
	reasons: "checksum format",
	words:   "sin|sins|nas|social insurance|assurance sociale|insurance number|sin #|s.i.n|n.a.s",
	find:    findSIN,
}

func findSIN(in *input) {
	for i, g := range in.groups {
		switch g.end - g.start {
		case 3:
			if end, sep, ok := in.joined(i, "- ", 3, 3, 3); ok {
				in.sin(g.start, end, sep)
			}
		case 9:
			in.sin(g.start, g.end, 0)
		}
	}
}

func (in *input) sin(start, end int, sep byte) {
	if !in.alone(start, end) {
		return
	}
	d := squeeze(in.s[start:end])
	if d[0] == '8' || repeated(d) || !luhn(d) {
		return
	}
	switch near := in.context(start, end); {
	case d[0] == '0':
		if near {
			in.report(start, end, 700, "format")
		}
	case near:
		in.report(start, end, 980, "checksum")
	case sep == '-':
		in.report(start, end, 800, "format")
	case sep == ' ' && !in.partOfFigure(start, end):
		in.report(start, end, 650, "format")
	case sep == 0 && in.whole(start, end):
		in.report(start, end, 560, "checksum")
	}
}

// partOfFigure reports whether digits in groups of three look like a large
// figure with spaces: more digits before or after, a currency or a unit.
func (in *input) partOfFigure(start, end int) bool {
	s := in.s
	if start > 1 && s[start-1] == ' ' && (digit(s[start-2]) || isOneOf(s[start-2], "$+")) {
		return true
	}
	if end >= len(s) {
		return false
	}
	if isOneOf(s[end], ",%$") || s[end] >= 0x80 {
		return true
	}
	return s[end] == ' ' && end+1 < len(s) && (digit(s[end+1]) || isOneOf(s[end+1], "$%") || s[end+1] >= 0x80)
}
