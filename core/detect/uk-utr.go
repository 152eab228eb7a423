package detect

// ukUTR finds Unique Taxpayer References of the United Kingdom: ten digits, the
// first one a check digit, in one piece or 5-5, in returns with a K behind.
//
// HMRC, checks on the Unique Taxpayer Reference: weights 6 7 8 9 10 5 4 3 2 on
// the digits after the first, the remainder modulo 11 looked up in 21987654321.
// One random number in ten passes, so a word is needed, or a message that is the
// number alone.
//
// Hit: "my UTR is 11234 56789". Near miss: "UTR 2123456789", wrong check digit.
var ukUTR = detector{
	id: "uk-utr", class: ClassIdentifier,
	source:  "HMRC, Self Assessment technical specifications: Unique Taxpayer Reference, modulus 11",
	about:   "United Kingdom Unique Taxpayer Reference",
	reasons: "checksum",
	words: "utr|utrs|utr number|unique taxpayer reference|taxpayer reference|tax reference|tax ref|self assessment|self-assessment|" +
		"corporation tax|sa100|hmrc|reference fiscale",
	find: findUTR,
}

func findUTR(in *input) {
	for i, g := range in.groups {
		switch g.end - g.start {
		case 10:
			in.utr(g.start, g.end)
		case 5:
			if end, _, ok := in.joined(i, " -", 5, 5); ok {
				in.utr(g.start, end)
			}
		}
	}
}

func (in *input) utr(start, end int) {
	s := in.s
	d := squeeze(s[start:end])
	if repeated(d) || !utrCheck(d) {
		return
	}
	if end < len(s) && s[end]|0x20 == 'k' {
		end++
	}
	if !in.alone(start, end) {
		return
	}
	switch {
	case in.context(start, end):
		in.report(start, end, 970, "checksum")
	case in.whole(start, end):
		in.report(start, end, 550, "checksum")
	}
}

func utrCheck(d string) bool {
	sum := 0
	for i, weight := range [...]int{6, 7, 8, 9, 10, 5, 4, 3, 2} {
		sum += weight * int(d[i+1]-'0')
	}
	return "21987654321"[sum%11] == d[0]
}
