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

// presidioKinds are presidio's recognizers for our detectors.
var presidioKinds = map[string]string{
	"aba_routing": "us-routing-number", "ca_sin": "ca-sin", "credit_card": "payment-card", "email": "email-address", "iban": "iban",
	"ip": "ip-address", "mac": "mac-address", "phone": "phone", "uk_driving_licence": "uk-driving-licence", "uk_nhs": "uk-nhs-number",
	"uk_nino": "uk-nino", "uk_passport": "passport-number", "uk_vehicle_registration": "uk-vehicle-registration",
	"us_driver_license": "us-driver-licence", "us_itin": "us-itin", "us_mbi": "us-mbi", "us_passport": "passport-number", "us_ssn": "us-ssn",
}

// suiteCase is a text in which a detector must find exactly these places, byte
// offsets.
type suiteCase struct {
	kind, text string
	want       [][2]int
}

// found are the findings of the case's kind.
func (c *suiteCase) found() (out []Finding) {
	x := message.Normalize("body", c.text)
	for _, f := range Scan(&x) {
		if f.Detector == c.kind {
			out = append(out, f)
		}
	}
	return out
}

func stdnumCases(t *testing.T) (cases []suiteCase, other map[string]bool) {
	type line struct {
		Kind, Value string
		Valid       bool
	}
	other = map[string]bool{}
	eachLine(t, shared(t, "suites/stdnum.jsonl"), func() any { return new(line) }, func(v any) {
		l := v.(*line)
		s, ok := stdnumSentences[l.Kind]
		if !ok {
			other[l.Kind] = true
			return
		}
		c := suiteCase{kind: s[0], text: s[1] + l.Value}
		if l.Valid {
			c.want = [][2]int{{len(s[1]), len(c.text)}}
		}
		cases = append(cases, c)
	})
	return cases, other
}

func presidioCases(t *testing.T) (cases []suiteCase, other map[string]bool) {
	type line struct {
		Recognizer string
		Case       struct {
			Text, IBAN string
			Want       int      `json:"expected_len"`
			Places     [][2]int `json:"expected_positions"`
			Res        [][2]int `json:"expected_res"`
		}
	}
	other = map[string]bool{}
	eachLine(t, shared(t, "suites/presidio.jsonl"), func() any { return new(line) }, func(v any) {
		l := v.(*line)
		name := strings.TrimSuffix(l.Recognizer, "_recognizer")
		c := suiteCase{kind: presidioKinds[name], text: l.Case.Text + l.Case.IBAN}
		if c.kind == "" {
			other[name] = true
			return
		}
		runes := []rune(c.text) // presidio counts characters
		for _, p := range append(l.Case.Places, l.Case.Res...) {
			c.want = append(c.want, [2]int{len(string(runes[:p[0]])), len(string(runes[:p[1]]))})
		}
		if l.Case.Want == 1 && len(c.want) == 0 {
			c.want = [][2]int{{0, len(c.text)}} // the case says how many, not where
		}
		cases = append(cases, c)
	})
	return cases, other
}

func TestStdnum(t *testing.T)   { measure(t, stdnumCases) }
func TestPresidio(t *testing.T) { measure(t, presidioCases) }

// measure counts what is found of each kind.
func measure(t *testing.T, read func(*testing.T) ([]suiteCase, map[string]bool)) {
	cases, other := read(t)
	counts := map[string]*tally{}
	for _, c := range cases {
		if counts[c.kind] == nil {
			counts[c.kind] = &tally{}
		}
		var got [][2]int
		for _, f := range c.found() {
			got = append(got, [2]int{f.Span.Start, f.Span.End})
		}
		compare(t, counts[c.kind], c.kind, c.text, got, c.want)
	}
	report(t, counts)
	t.Logf("kinds without a detector, not run: %s", strings.Join(slices.Sorted(maps.Keys(other)), ", "))
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
