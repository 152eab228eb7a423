package detect

import "strings"

// countryCodes are the codes of ITU-T E.164 in use, each with the least and most
// digits its numbers have, the code included (ITU-T Operational Bulletin, national
// numbering plans).
const countryCodes = " 1:11-11 7:11-11 20:11-12 27:11-11 30:12-12 31:11-11 32:10-11 33:11-11 34:11-11 36:10-11 39:9-13 40:11-11 41:11-11 43:9-13 " +
	"44:11-12 45:10-10 46:9-12 47:10-10 48:11-11 49:9-13 51:10-11 52:12-13 53:10-10 54:12-13 55:12-13 56:11-11 57:10-12 58:12-12 60:10-12 61:11-11 " +
	"62:10-14 63:11-12 64:10-12 65:10-10 66:10-11 81:11-12 82:10-12 84:11-12 86:12-13 90:12-12 91:12-12 92:11-12 93:11-11 94:11-11 95:9-12 98:12-12 " +
	"211:12-12 212:12-12 213:11-12 216:11-11 218:11-12 220:10-10 221:12-12 222:11-11 223:11-11 224:11-12 225:11-13 226:11-11 227:11-11 228:11-11 " +
	"229:11-13 230:10-11 231:10-12 232:11-11 233:12-12 234:11-13 235:11-11 236:11-11 237:12-12 238:10-10 239:10-10 240:12-12 241:10-11 242:12-12 " +
	"243:12-12 244:12-12 245:10-12 248:10-10 249:12-12 250:12-12 251:12-12 252:10-12 253:11-11 254:12-12 255:12-12 256:12-12 257:11-11 258:11-12 " +
	"260:12-12 261:12-12 262:12-12 263:11-12 264:11-12 265:10-12 266:11-11 267:10-11 268:11-11 269:10-10 290:8-8 291:10-10 297:10-10 298:9-9 299:9-9 " +
	"350:11-11 351:12-12 352:8-12 353:10-12 354:10-10 355:11-12 356:11-11 357:11-11 358:8-13 359:11-12 370:11-11 371:11-11 372:10-11 373:11-11 " +
	"374:11-11 375:12-12 376:9-12 377:11-12 378:9-13 380:12-12 381:11-12 382:11-11 383:11-11 385:11-12 386:11-11 387:11-11 389:11-11 420:12-12 " +
	"421:12-12 423:10-12 500:8-8 501:10-10 502:11-11 503:11-11 504:11-11 505:11-11 506:11-11 507:10-11 508:9-9 509:11-11 590:12-12 591:11-11 " +
	"592:10-10 593:11-12 594:12-12 595:12-12 596:12-12 597:9-10 598:11-11 599:10-11 670:10-11 672:9-9 673:10-10 674:10-10 675:10-11 676:8-10 677:8-10 " +
	"678:8-10 679:10-10 680:10-10 681:9-9 682:8-8 685:8-10 686:11-11 687:9-9 688:8-9 689:9-11 690:7-7 691:10-10 692:10-10 850:11-13 852:11-11 " +
	"853:11-11 855:11-12 856:11-13 880:11-13 886:11-12 960:10-10 961:10-11 962:11-12 963:11-12 964:11-13 965:11-11 966:11-12 967:10-12 968:11-11 " +
	"970:11-12 971:11-12 972:11-12 973:11-11 974:11-11 975:11-11 976:11-11 977:11-13 992:12-12 993:11-11 994:12-12 995:12-12 996:12-12 998:12-12 "

// nationalLength is how many digits a number has that begins with d, country code
// included; zero where no country has such a code. No code begins another.
func nationalLength(d string) (least, most int) {
	for n := 1; n <= 3 && n <= len(d) && digit(d[n-1]); n++ {
		i := strings.Index(countryCodes, " "+d[:n]+":")
		if i < 0 {
			continue
		}
		lengths, _, _ := strings.Cut(countryCodes[i+n+2:], " ")
		from, to, _ := strings.Cut(lengths, "-")
		return number(from), number(to)
	}
	return 0, 0
}

// international reports whether g begins a number in the international form,
// after a plus sign or 00, and finds it: digits with up to three spaces, hyphens,
// full stops and brackets between, as many as the country has. The zero of +44
// (0)20 is not dialled and not counted. After 00, which may be zeros in front of
// anything, there must be a word or a space, but for 0044.
func (in *input) international(g group) bool {
	s, first, start := in.s, g.start, g.start
	plus := start > 0 && s[start-1] == '+'
	switch {
	case plus:
		start--
	case strings.HasPrefix(s[start:], "00") && g.end-start > 3 && !(start > 0 && s[start-1] == '_'):
		first += 2
	default:
		return false
	}
	if start > 0 && (alnum(s[start-1]) || s[start-1] == '+') {
		return plus
	}
	least, most := nationalLength(s[first:])
	digits, end, gap := 0, 0, 0
	for i := first; i < len(s) && digits < most && gap <= 3; i++ {
		switch b := s[i]; {
		case digit(b) && !(b == '0' && s[i-1] == '(' && i+1 < len(s) && s[i+1] == ')'):
			digits, end, gap = digits+1, i+1, 0
		case isOneOf(b, " -.()"):
			gap++
		case !digit(b):
			gap = 4
		}
	}
	if digits == 0 || digits < least || end < len(s) && (alnum(s[end]) || s[end] == '_') {
		return plus
	}
	switch near := in.context(start, end); {
	case near:
		in.report(start, end, 980, "context")
	case plus, strings.HasPrefix(s[first:], "44"), end > g.end:
		in.report(start, end, 950, "format")
	default:
		return false
	}
	return true
}
