package detect

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hanaper/core/message"
)

// shared is the folder of reference material, or the test is skipped.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("HANAPER_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("skipped: %v (set HANAPER_SHARED to the folder of reference material)", err)
	}
	return path
}

func eachLine(t *testing.T, path string, into func() any, f func(any)) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		v := into()
		if err := json.Unmarshal(lines.Bytes(), v); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		f(v)
	}
}

// tally counts one kind.
type tally struct{ hit, missed, wrong int }

func (c *tally) log(t *testing.T, kind string) {
	t.Helper()
	part := func(n, of int) string {
		if of == 0 {
			return "-"
		}
		return strconv.FormatFloat(float64(n)/float64(of), 'f', 3, 64)
	}
	t.Logf("%-18s precision %-6s recall %-6s (%d found, %d missed, %d wrong)",
		kind, part(c.hit, c.hit+c.wrong), part(c.hit, c.hit+c.missed), c.hit, c.missed, c.wrong)
}

// decided are cases of the suites which we mean to answer otherwise, and why,
// by kind and digest: their texts are not ours to copy.
var decided = map[string]string{
	"iban 58a1d8b5":              "the check digits agree; people type small letters",
	"ip-address 7383e2c8":        "stands in a link, which is found as one",
	"ip-address 115e45ba":        "presidio's place is that of the text without the letter and quote in front",
	"uk-nhs-number dcf8f92a":     "could as well be a North American telephone number: found as phone unless a word says NHS",
	"uk-nino df891d7e":           "presidio's place has the space before the number in it",
	"passport-number ee9f2d06":   "letters and digits without a word that names them",
	"passport-number 7f13752b":   "letters and digits without a word that names them",
	"us-driver-licence de6953fb": "a letter and eight digits without a word that names a licence",
	"us-itin 25b43333":           "half the separators: as well a part number",
	"us-ssn 6c4f4518":            "nine digits without a check digit or a word that names them",
}

// caseID names a case without its text.
func caseID(kind, text string) string {
	h := fnv.New32a()
	h.Write([]byte(text))
	return fmt.Sprintf("%s %08x", kind, h.Sum32())
}

// stdnum's kinds are bare values; ours need a word beside a bare number, so each
// is put into a sentence that has one.
var stdnumSentences = map[string][2]string{
	"ca.sin": {"ca-sin", "SIN "}, "us.ssn": {"us-ssn", "SSN "}, "gb.nino": {"uk-nino", "NINO "}, "gb.nhs": {"uk-nhs-number", "NHS "},
	"us.itin": {"us-itin", "ITIN "}, "us.rtn": {"us-routing-number", "routing number "}, "gb.utr": {"uk-utr", "UTR "},
	"ca.bn": {"ca-business-number", "BN "}, "ca.gst": {"ca-business-number", "GST "}, "ca.qst": {"ca-business-number", "QST "},
	"ca.bc_bhn": {"ca-health-card", "PHN "},
}

func TestStdnum(t *testing.T) {
	type line struct {
		Kind, Value string
		Valid       bool
	}
	counts, other := map[string]*tally{}, map[string]bool{}
	eachLine(t, shared(t, "suites/stdnum.jsonl"), func() any { return new(line) }, func(v any) {
		l := v.(*line)
		s, ok := stdnumSentences[l.Kind]
		if !ok {
			other[l.Kind] = true
			return
		}
		kind, text := s[0], s[1]+l.Value
		x := message.Normalize("body", text)
		var got, want [][2]int
		for _, f := range Scan(&x) {
			if f.Detector == kind {
				got = append(got, [2]int{f.Span.Start, f.Span.End})
			}
		}
		if l.Valid {
			want = [][2]int{{len(s[1]), len(text)}}
		}
		if counts[kind] == nil {
			counts[kind] = &tally{}
		}
		compare(t, counts[kind], kind, text, got, want)
	})
	report(t, counts)
	t.Logf("kinds without a detector, not run: %s", strings.Join(slices.Sorted(maps.Keys(other)), ", "))
}

func TestPresidio(t *testing.T) {
	kinds := map[string]string{
		"ca_sin_recognizer": "ca-sin", "credit_card_recognizer": "payment-card", "email_recognizer": "email-address",
		"iban_recognizer": "iban", "phone_recognizer": "phone", "uk_nhs_recognizer": "uk-nhs-number",
		"uk_nino_recognizer": "uk-nino", "us_ssn_recognizer": "us-ssn", "us_driver_license_recognizer": "us-driver-licence",
		"us_itin_recognizer": "us-itin", "us_passport_recognizer": "passport-number", "uk_passport_recognizer": "passport-number", "us_mbi_recognizer": "us-mbi", "uk_driving_licence_recognizer": "uk-driving-licence",
		"aba_routing_recognizer": "us-routing-number", "ip_recognizer": "ip-address", "mac_recognizer": "mac-address",
		"uk_vehicle_registration_recognizer": "uk-vehicle-registration",
	}
	type line struct {
		Recognizer string
		Case       struct {
			Text, IBAN string
			Want       int      `json:"expected_len"`
			Places     [][2]int `json:"expected_positions"`
			Res        [][2]int `json:"expected_res"`
		}
	}
	counts, other := map[string]*tally{}, map[string]int{}
	eachLine(t, shared(t, "suites/presidio.jsonl"), func() any { return new(line) }, func(v any) {
		l := v.(*line)
		kind := kinds[l.Recognizer]
		if kind == "" {
			other[l.Recognizer]++
			return
		}
		text := l.Case.Text + l.Case.IBAN
		want := append(l.Case.Places, l.Case.Res...)
		if l.Case.Want == 1 && len(want) == 0 {
			want = [][2]int{{0, len([]rune(text))}} // the case says how many, not where
		}
		x := message.Normalize("body", text)
		var got [][2]int
		for _, f := range Scan(&x) {
			if f.Detector == kind {
				// presidio counts characters
				got = append(got, [2]int{len([]rune(text[:f.Span.Start])), len([]rune(text[:f.Span.End]))})
			}
		}
		c := counts[kind]
		if c == nil {
			c = &tally{}
			counts[kind] = c
		}
		compare(t, c, kind, text, got, want)
	})
	report(t, counts)
	rest := strings.Join(slices.Sorted(maps.Keys(other)), ", ")
	t.Logf("kinds without a detector, not run: %s", strings.ReplaceAll(rest, "_recognizer", ""))
}

// compare counts one text's places and says why one is missed; a miss that was
// not decided fails.
func compare(t *testing.T, c *tally, kind, text string, got, want [][2]int) {
	t.Helper()
	why := decided[caseID(kind, text)]
	for _, w := range want {
		switch {
		case slices.Contains(got, w):
			c.hit++
		default:
			c.missed++
			if why == "" {
				t.Errorf("%s: %q: %v not found, found %v (%s)", kind, text, w, got, caseID(kind, text))
			} else {
				t.Logf("%s: %q: not found: %s", kind, text, why)
			}
		}
	}
	for _, g := range got {
		if !slices.Contains(want, g) {
			c.wrong++
			if why == "" {
				t.Errorf("%s: %q: %v found, not expected (%s)", kind, text, g, caseID(kind, text))
			} else {
				t.Logf("%s: %q: %v found: %s", kind, text, g, why)
			}
		}
	}
}

func report(t *testing.T, counts map[string]*tally) {
	t.Helper()
	for _, k := range slices.Sorted(maps.Keys(counts)) {
		counts[k].log(t, k)
	}
}
