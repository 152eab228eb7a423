package detect

// usITIN finds Individual Taxpayer Identification Numbers: the shape of a
// Social Security number, beginning with 9, the fourth and fifth digits in the
// ranges in use.
//
// IRS, Publication 1915 and Internal Revenue Manual 3.21.263: 50 to 65, 70 to
// 88, 90 to 92 and 94 to 99.
//
// Hit: "ITIN 912-90-3456". Near miss: "912-93-4567" (93 is an adoption number).
var usITIN = detector{
	id: "us-itin", class: ClassIdentifier,
	source:  "IRS Publication 1915; Internal Revenue Manual 3.21.263",
	about:   "United States Individual Taxpayer Identification Number",
	reasons: "context format",
	words:   "itin|itins|taxpayer id|taxpayer identification|tax id|tin|irs|w-7|individual taxpayer",
	find:    findITIN,
}

func findITIN(in *input) {
	for i, g := range in.groups {
		if in.s[g.start] != '9' {
			continue
		}
		switch g.end - g.start {
		case 3:
			if end, sep, ok := in.joined(i, "- .", 3, 2, 4); ok {
				in.itin(g.start, end, sep)
			}
		case 9:
			in.itin(g.start, g.end, 0)
		}
	}
}

func (in *input) itin(start, end int, sep byte) {
	if !in.alone(start, end) {
		return
	}
	d := squeeze(in.s[start:end])
	if n := number(d[3:5]); n < 50 || n > 65 && n < 70 || n == 89 || n == 93 || d[5:] == "0000" || repeated(d) {
		return
	}
	near := in.context(start, end)
	switch {
	case near && sep == 0:
		in.report(start, end, 900, "context")
	case near:
		in.report(start, end, 970, "context")
	case sep == '-':
		in.report(start, end, 800, "format")
	case sep != 0, in.whole(start, end):
		in.report(start, end, 550, "format")
	}
}
