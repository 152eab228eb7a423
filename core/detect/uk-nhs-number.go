package detect

// ukNHSNumber finds NHS numbers of England, Wales and the Isle of Man: ten
// digits, 3-3-4, the last one a check digit modulo 11.
//
// NHS Data Dictionary, "NHS NUMBER": weights 10 to 2 on the first nine digits,
// check digit 11 minus the remainder, 11 counts as 0 and 10 is never issued.
// One telephone number in eleven passes too, so without a context word a number
// that could be a North American one stays below phone, unless it is all that the
// message says: then it is possible.
//
// Hit: "NHS number 943 476 5870". Near miss: "401-023-2138", wrong check digit.
var ukNHSNumber = detector{
	id: "uk-nhs-number", class: ClassIdentifier,
	source:  "NHS Data Dictionary, NHS Number; ISB 0149",
	about:   "NHS number",
	reasons: "checksum format",
	words:   "nhs|nhs number|nhs no|nhs num|nhs id|nhs #|chi number|h&c number|patient|patients|emis|systmone",
	find:    findNHS,
}

func findNHS(in *input) {
	for i, g := range in.groups {
		switch g.end - g.start {
		case 3:
			if end, _, ok := in.joined(i, " -", 3, 3, 4); ok {
				in.nhs(g.start, end, true)
			}
		case 10:
			in.nhs(g.start, g.end, false)
		}
	}
}

func (in *input) nhs(start, end int, spaced bool) {
	if !in.alone(start, end) {
		return
	}
	d := squeeze(in.s[start:end])
	if repeated(d) || !nhsCheck(d) {
		return
	}
	switch near := in.context(start, end); {
	case near:
		in.report(start, end, 980, "checksum")
	case spaced && nanp(d):
		in.report(start, end, 500, "format")
	case spaced:
		in.report(start, end, 800, "format")
	case in.whole(start, end):
		in.report(start, end, 550, "checksum")
	}
}

func nhsCheck(d string) bool {
	sum := 0
	for i := range 9 {
		sum += (10 - i) * int(d[i]-'0')
	}
	return (11-sum%11)%11 == int(d[9]-'0')
}
