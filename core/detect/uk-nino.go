package detect

// ukNINO finds United Kingdom National Insurance numbers: two letters, six
// digits, a letter A to D, often written in pairs.
//
// HMRC, National Insurance Manual NIM39110: neither letter is D, F, I, Q, U or
// V, the second is not O, and the prefixes BG, GB, KN, NK, NT, TN and ZZ are
// not used. The last letter may be left out; then a context word is needed.
//
// Hit: "NI number AA 12 34 56 B". Near miss: "BG 12 36 12 A".
var ukNINO = detector{
	id: "uk-nino", class: ClassIdentifier,
	source:  "HMRC, National Insurance Manual NIM39110",
	about:   "United Kingdom National Insurance number",
	reasons: "context format",
	words:   "nino|ninos|national insurance|ni number|ni no|ni num|ni #|ni is|n.i|nin|insurance number|assurance nationale",
	find:    findNINO,
}

func findNINO(in *input) {
	for i, g := range in.groups {
		end, sep := g.end, byte(0)
		if g.end-g.start != 6 {
			var ok bool
			if end, sep, ok = in.joined(i, " -", 2, 2, 2); !ok {
				continue
			}
		}
		start := in.ninoPrefix(g.start)
		if start < 0 {
			continue
		}
		in.nino(start, end, sep)
	}
}

// ninoPrefix is where two letters begin that stand right before digits, or one
// space or hyphen away; -1 where there are none.
func (in *input) ninoPrefix(digits int) int {
	s, i := in.s, digits
	if i > 0 && isOneOf(s[i-1], " -") {
		i--
	}
	if i < 2 || !letter(s[i-1]) || !letter(s[i-2]) || i > 2 && (alnum(s[i-3]) || s[i-3] == '_') {
		return -1
	}
	return i - 2
}

func (in *input) nino(start, end int, sep byte) {
	s := in.s
	if !allocatedNINO(s[start]&^0x20, s[start+1]&^0x20) {
		return
	}
	last := end
	if last < len(s) && isOneOf(s[last], " -") {
		last++
	}
	if last < len(s) && isOneOf(s[last]&^0x20, "ABCD") && in.alone(start, last+1) {
		last++
		switch spaced := sep != 0; {
		case in.context(start, last):
			in.report(start, last, 980, "context")
		case upper(s[start]) && upper(s[start+1]) && upper(s[last-1]):
			in.report(start, last, 950, "format")
		case !spaced:
			in.report(start, last, 850, "format")
		case !isWord(fold(s[start:start+2]), shortWords):
			in.report(start, last, 550, "format")
		}
	} else if in.alone(start, end) && in.context(start, end) {
		in.report(start, end, 850, "context")
	}
}

// shortWords are English and French words before which "10 20 30 a" means
// something else.
const shortWords = " am an as at by he la le ma me my ne sa ta te we es et en "

func allocatedNINO(a, b byte) bool {
	if isOneOf(a, "DFIQUV") || isOneOf(b, "DFIQUVO") {
		return false
	}
	switch string([]byte{a, b}) {
	case "BG", "GB", "KN", "NK", "NT", "TN", "ZZ":
		return false
	}
	return true
}
