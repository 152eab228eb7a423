package detect

import (
	"math/big"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"

	"hanaper/core/message"
)

// The oracle: every detector once more, slow and obvious. One regular expression
// after another is run over the whole text at every start, and what it matches
// is judged in plain code. It shares tables of facts with the detectors (words,
// issuers, formats), no code.

// oracle is one text under the oracle.
type oracle struct {
	t   *message.Text
	s   string
	low string // s in ASCII lower case, so that (?i) need not fold Unicode
	d   *detector
	out []found
	at  int

	protected []string
}

// oracles is the slow version of each detector.
var oracles = map[string]func(*oracle){
	"us-ssn": oracleSSN, "ca-sin": oracleSIN, "uk-nino": oracleNINO, "uk-nhs-number": oracleNHS,
	"payment-card": oracleCard, "iban": oracleIBAN, "email-address": oracleEmail, "phone": oraclePhone,
	"us-itin": oracleITIN, "us-mbi": oracleMBI, "date-of-birth": oracleBirth, "passport-number": oraclePassport, "uk-driving-licence": oracleDrivingLicence, "us-driver-licence": oracleLicence, "password": oraclePassword, "api-key": oracleAPIKey,
	"us-routing-number": oracleRouting, "uk-utr": oracleUTR, "ca-business-number": oracleBusinessNumber,
	"uk-vehicle-registration": oracleVehicle, "ip-address": oracleIP, "mac-address": oracleMAC, "bank-account": oracleAccount,
	"ca-health-card": oracleHealthCard,
	"private-key":    oraclePrivateKey, "link": oracleLink, "attachment-name": oracleAttachment,
}

// oracleScan is Scan by the oracle; name says that the text is a file's name.
func oracleScan(t *message.Text, name bool) []Finding {
	o := &oracle{t: t, s: t.Norm, low: asciiLower(t.Norm), protected: testProtected}
	for i, d := range list {
		if (d.find == nil) == name {
			o.d, o.at = d, i
			oracles[d.id](o)
		}
	}
	return o.settled()
}

// settled sorts by confidence, length, place in the list, and takes what does
// not overlap anything taken before.
func (o *oracle) settled() (out []Finding) {
	sort.SliceStable(o.out, func(i, j int) bool { return o.out[i].start < o.out[j].start })
	sort.SliceStable(o.out, func(i, j int) bool { return o.out[i].detector < o.out[j].detector })
	sort.SliceStable(o.out, func(i, j int) bool {
		return o.out[i].end-o.out[i].start > o.out[j].end-o.out[j].start
	})
	sort.SliceStable(o.out, func(i, j int) bool { return o.out[i].confidence > o.out[j].confidence })
	var kept []found
next:
	for _, f := range o.out {
		for _, k := range kept {
			if f.start < k.end && k.start < f.end {
				continue next
			}
		}
		kept = append(kept, f)
	}
	sort.Slice(kept, func(i, j int) bool { return kept[i].start < kept[j].start })
	for _, f := range kept {
		d := list[f.detector]
		out = append(out, Finding{d.id, d.class, o.t.Span(f.start, f.end), f.confidence, f.reason, f.is, f.shows})
	}
	return out
}

func (o *oracle) report(start, end, confidence int, reason string) {
	o.risky(start, end, risk{reason: reason, confidence: confidence})
}

// testProtected are the domains that the tests' links may imitate.
var testProtected = []string{"gov.uk", "canada.ca", "nc.gov", "Records.Dept.example"}

func normalOf(s string) string {
	t := message.Normalize("", s)
	return t.Norm
}

func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 32
		}
	}
	return string(b)
}

var compiled sync.Map // pattern to *regexp.Regexp

func rx(pattern string) *regexp.Regexp {
	if r, ok := compiled.Load(pattern); ok {
		return r.(*regexp.Regexp)
	}
	r := regexp.MustCompile(pattern)
	compiled.Store(pattern, r)
	return r
}

// each calls f with the match of the pattern at every offset where it has one.
func each(pattern, s string, f func(m []int)) {
	re := rx(pattern)
	for from := 0; from <= len(s); {
		m := re.FindStringSubmatchIndex(s[from:])
		if m == nil {
			return
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += from
			}
		}
		f(m)
		from = m[0] + 1
	}
}

// stands is the oracle's alone.
func (o *oracle) stands(a, b int) bool {
	word := rx(`[^\x00- ]*$`).FindString(o.s[max(0, a-128):a])
	return !rx(`://|www\.`).MatchString(word) && !rx(`(?:[0-9A-Za-z_+$]|\d[-./])$`).MatchString(o.s[max(0, a-2):a]) &&
		!rx(`^(?:[0-9A-Za-z_]|[-./]\d)`).MatchString(o.s[b:min(len(o.s), b+2)])
}

// wordPattern matches any of the words with a character on either side.
func wordPattern(lists ...string) string {
	var alternatives []string
	for _, l := range lists {
		parseWords(l, 0, func(w word) {
			left, right := `[^0-9a-z]`, `[^0-9a-z]`
			if !w.left {
				left = `[\s\S]`
			}
			if !w.right {
				right = `[\s\S]`
			}
			alternatives = append(alternatives, left+regexp.QuoteMeta(w.text)+right)
		})
	}
	if alternatives == nil {
		return `[^\s\S]`
	}
	return strings.Join(alternatives, "|")
}

var wordPatterns sync.Map // list of words to pattern

func cachedPattern(list string) string {
	if p, ok := wordPatterns.Load(list); ok {
		return p.(string)
	}
	p := wordPattern(list)
	wordPatterns.Store(list, p)
	return p
}

// near reports whether a word of the list lies within before bytes before a or
// after bytes after b.
func (o *oracle) near(list string, a, b, before, after int) bool {
	re := rx(cachedPattern(list))
	return re.MatchString(o.padded(max(0, a-before), a)) || re.MatchString(o.padded(b, min(len(o.s), b+after)))
}

// padded is low[i:j] with the character on either side, or a line end.
func (o *oracle) padded(i, j int) string {
	text := "\n" + o.low + "\n"
	return text[i : j+2]
}

func (o *oracle) context(a, b int) bool { return o.near(o.d.words, a, b, 64, 32) }

// wordsOf gives every place of every word of a list, by end.
func (o *oracle) wordsOf(list string) (out [][2]int) {
	text := "\n" + o.low + "\n"
	each(cachedPattern(list), text, func(m []int) {
		parseWords(list, 0, func(w word) {
			rest := text[m[0]+1:]
			if strings.HasPrefix(rest, w.text) &&
				(!w.left || !rx(`[0-9a-z]`).MatchString(text[m[0]:m[0]+1])) &&
				(!w.right || !rx(`^[0-9a-z]`).MatchString(rest[len(w.text):])) {
				out = append(out, [2]int{m[0], m[0] + len(w.text)})
			}
		})
	})
	sort.Slice(out, func(i, j int) bool { return out[i][1] < out[j][1] })
	return slices.Compact(out)
}

// plainDigits is s without separators.
func plainDigits(s string) string { return rx(`[-. ]`).ReplaceAllString(s, "") }

func oneDigitOnly(s string) bool { return rx(`^(?:0*|1*|2*|3*|4*|5*|6*|7*|8*|9*)$`).MatchString(s) }

// luhnSum doubles by a table.
func luhnSum(d string) int {
	sum, double := 0, false
	for i := len(d) - 1; i >= 0; i-- {
		n := int(d[i] - '0')
		if double {
			n = []int{0, 2, 4, 6, 8, 1, 3, 5, 7, 9}[n]
		}
		sum += n
		double = !double
	}
	return sum
}

func bigMod97(account string) int64 {
	moved := account[4:] + account[:4]
	digits := rx(`[A-Z]`).ReplaceAllStringFunc(moved, func(l string) string {
		return big.NewInt(int64(l[0]-'A') + 10).String()
	})
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		return -1
	}
	return n.Mod(n, big.NewInt(97)).Int64()
}
