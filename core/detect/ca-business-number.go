package detect

// caBusinessNumber finds business numbers of the Canada Revenue Agency, nine
// digits with a Luhn check digit, alone or with a program account behind (RT0001),
// and registration numbers of Quebec's sales tax (ten digits, TQ, four digits).
//
// CRA, Business Number: the program identifier is two letters, RC (corporation
// income tax), RM (import and export), RP (payroll), RT (GST/HST), RR (charities),
// RZ (information returns), RD, RE, RG, RN and RS; the reference number is four
// digits. Revenu Quebec writes "TQ" and four digits behind ten.
//
// Hit: "GST 123456782 RT0001". Near miss: "GST 123456783 RT0001", wrong check
// digit.
var caBusinessNumber = detector{
	id: "ca-business-number", class: ClassIdentifier,
	source:  "Canada Revenue Agency, Business Number; Revenu Quebec, QST registration number; ISO/IEC 7812-1 annex B",
	about:   "Canadian business number",
	reasons: "checksum format",
	words: "business number|business no|business #|bn|gst|hst|gst/hst|tps|tvh|tvq|qst|program account|payroll account|" +
		"numero d'entreprise|no d'entreprise|numero de tps|compte de programme|charity number",
	find: findBusinessNumber,
}

func findBusinessNumber(in *input) {
	for i, g := range in.groups {
		n, end := g.end-g.start, g.end
		if n == 3 || n == 5 {
			var ok bool
			if end, _, ok = in.joined(i, " -", 5, 4); !ok {
				if end, _, ok = in.joined(i, " -", 3, 3, 3); !ok {
					continue
				}
			}
		} else if n != 9 && n != 10 {
			continue
		}
		in.businessNumber(g.start, end, n == 10)
	}
}

func (in *input) businessNumber(start, end int, quebec bool) {
	last := in.programAccount(end, quebec)
	switch {
	case quebec:
		if last > 0 && in.alone(start, last) {
			in.report(start, last, 950, "format")
		}
		return
	case !luhn(squeeze(in.s[start:end])) || repeated(squeeze(in.s[start:end])):
		return
	case last > 0 && in.alone(start, last):
		in.report(start, last, 980, "checksum")
	case in.alone(start, end) && in.near(start, end, 40, 24):
		in.report(start, end, 930, "checksum")
	}
}

// programAccount is where a program identifier and reference number end that
// begin at offset i or one space or hyphen later, 0 where there are none.
func (in *input) programAccount(i int, quebec bool) int {
	s := in.s
	if i < len(s) && isOneOf(s[i], " -") {
		i++
	}
	if i+2 > len(s) {
		return 0
	}
	first, second := s[i]&^0x20, s[i+1]&^0x20
	if !(quebec && first == 'T' && second == 'Q' || !quebec && first == 'R' && isOneOf(second, "CDEGMNPRSTZ")) {
		return 0
	}
	i += 2
	if i < len(s) && isOneOf(s[i], " -") {
		i++
	}
	end := i
	for end < len(s) && digit(s[end]) {
		end++
	}
	if end-i != 4 {
		return 0
	}
	return end
}
