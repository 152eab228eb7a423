package detect

import "strings"

// iban finds International Bank Account Numbers: a country, two check digits
// and the account, in fours or in one piece.
//
// ISO 13616-1 and the SWIFT IBAN Registry (lengths); ISO 7064 MOD 97-10: the
// first four characters moved to the end, letters A-Z read as 10-35, the whole
// leaves 1 modulo 97.
//
// Hit: "GB29 NWBK 6016 1331 9268 19". Near miss: "GB28 NWBK 6016 1331 9268 19".
var iban = detector{
	id: "iban", class: ClassIdentifier,
	source:  "ISO 13616-1; SWIFT IBAN Registry; ISO 7064 MOD 97-10",
	about:   "international bank account number (IBAN)",
	reasons: "checksum",
	find:    findIBAN,
}

func findIBAN(in *input) {
	for _, g := range in.groups {
		start, s := g.start-2, in.s
		if start < 0 || g.end-g.start < 2 || !letter(s[start]) || !letter(s[start+1]) ||
			start > 0 && (alnum(s[start-1]) || s[start-1] == '_') {
			continue
		}
		want := ibanLength(s[start : start+2])
		if want == 0 {
			continue
		}
		end, ok := ibanEnd(s, start, want)
		if ok && (end == len(s) || !alnum(s[end]) && s[end] != '_') && mod97(squeeze(s[start:end])) == 1 {
			in.report(start, end, 990, "checksum")
		}
	}
}

// ibanEnd is where want letters and digits end that are in one piece, or in
// fours with one and the same separator between.
func ibanEnd(s string, start, want int) (int, bool) {
	sep, i := byte(0), start
	for n := range want {
		if n > 0 && n%4 == 0 && i < len(s) {
			if n == 4 && isOneOf(s[i], " -") {
				sep = s[i]
			}
			if sep != 0 {
				if s[i] != sep {
					return 0, false
				}
				i++
			}
		}
		if i >= len(s) || !alnum(s[i]) {
			return 0, false
		}
		i++
	}
	return i, true
}

// mod97 is the remainder of ISO 7064 for an account in capitals.
func mod97(account string) int {
	r := 0
	for i := range len(account) {
		b := account[(i+4)%len(account)]
		if digit(b) {
			r = (r*10 + int(b-'0')) % 97
		} else {
			r = (r*100 + int(b-'A') + 10) % 97
		}
	}
	return r
}

// ibanLengths is the registry: country and length.
const ibanLengths = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 " +
	"EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 " +
	"KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 " +
	"PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30 "

func ibanLength(country string) int {
	i := strings.Index(ibanLengths, strings.ToUpper(country))
	if i < 0 || i%5 != 0 {
		return 0
	}
	return number(ibanLengths[i+2 : i+4])
}
