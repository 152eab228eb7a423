package detect

// usRoutingNumber finds routing transit numbers of United States banks: nine
// digits, in one piece or as printed on cheques, 4-4-1.
//
// The first two are the Federal Reserve district: 00 to 12, 21 to 32 (thrifts),
// 61 to 72 (electronic) or 80 (traveller's cheques). Weights 3, 7 and 1 over and
// over, the sum divisible by ten. One random number in twenty-eight passes.
//
// Hit: "routing 011000015". Near miss: "routing 011000016", wrong check digit.
var usRoutingNumber = detector{
	id: "us-routing-number", class: ClassIdentifier,
	source:  "ABA, Routing Number Administrative Board, Routing Number Policy; 12 CFR 229 appendix A",
	about:   "United States bank routing number",
	reasons: "checksum format",
	words: "routing|routing number|routing no|routing #|aba|aba number|aba #|rtn|transit number|ach|wire|direct deposit|" +
		"acheminement|numero d'acheminement",
	find: findRouting,
}

func findRouting(in *input) {
	for i, g := range in.groups {
		switch g.end - g.start {
		case 9:
			in.routing(g.start, g.end)
		case 4:
			if end, _, ok := in.joined(i, "-", 4, 4, 1); ok {
				in.routing(g.start, end)
			}
		}
	}
}

func (in *input) routing(start, end int) {
	d := squeeze(in.s[start:end])
	district := number(d[:2])
	if !(district <= 12 || district >= 21 && district <= 32 || district >= 61 && district <= 72 || district == 80) ||
		repeated(d) || !routingCheck(d) || !in.alone(start, end) {
		return
	}
	switch {
	case in.context(start, end):
		in.report(start, end, 970, "checksum")
	case end-start > 9:
		in.report(start, end, 800, "format")
	case in.whole(start, end):
		in.report(start, end, 570, "checksum")
	}
}

func routingCheck(d string) bool {
	sum := 0
	for i := range len(d) {
		sum += int("371"[i%3]-'0') * int(d[i]-'0')
	}
	return sum%10 == 0
}
