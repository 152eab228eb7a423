package detect

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"hanaper/core/message"
)

// encodePunycode is RFC 3492 section 6.3, for the tests only.
func encodePunycode(label string) string {
	var out, all []rune
	for _, r := range label {
		all = append(all, r)
		if r < 128 {
			out = append(out, r)
		}
	}
	done := len(out)
	basic := done
	if basic > 0 {
		out = append(out, '-')
	}
	n, delta, bias := rune(128), 0, 72
	for done < len(all) {
		next := rune(unicode.MaxRune)
		for _, r := range all {
			if r >= n {
				next = min(next, r)
			}
		}
		delta += int(next-n) * (done + 1)
		n = next
		for _, r := range all {
			if r < n {
				delta++
			}
			if r != n {
				continue
			}
			q := delta
			for k := 36; ; k += 36 {
				t := min(max(k-bias, 1), 26)
				if q < t {
					break
				}
				out = append(out, rune("abcdefghijklmnopqrstuvwxyz0123456789"[t+(q-t)%(36-t)]))
				q = (q - t) / (36 - t)
			}
			out = append(out, rune("abcdefghijklmnopqrstuvwxyz0123456789"[q]))
			bias = punyAdapt(delta, done+1, done == basic)
			delta = 0
			done++
		}
		delta++
		n++
	}
	return string(out)
}

// TestPunycode: the samples of RFC 3492 section 7.1 that a host can be, and names
// of the near.
func TestPunycode(t *testing.T) {
	for code, want := range map[string]string{
		"ihqwcrb4cv8a8dqg056pqjye": "他们为什么不说中文", "4dbcagdahymbxekheh6e0a7fei0b": "למההםפשוטלאמדבריםעברית",
		"b1abfaaepdrnnbgefbadotcwatmq2g4l": "почемужеонинеговорятпорусски", "porqunopuedensimplementehablarenespaol-fmd56a": "porquénopuedensimplementehablarenespañol",
		"qubec-csa": "québec", "bcher-kva": "bücher", "pple-43d": "аpple", "80ak6aa92e": "аррӏе",
	} {
		if got, ok := decodePunycode(code); !ok || got != want {
			t.Errorf("%s: %q %v, want %q", code, got, ok, want)
		}
		if got := encodePunycode(want); got != code {
			t.Errorf("the tests' encoder: %s, want %s", got, code)
		}
	}
	for _, bad := range []string{"", "-", "abc-", "é", "9999999999", "a!b", strings.Repeat("a", 64), "99zzzz0"} {
		if got, ok := decodePunycode(bad); ok {
			t.Errorf("%q decoded to %q", bad, got)
		}
	}
}

func FuzzPunycode(f *testing.F) {
	for _, s := range []string{"qubec-csa", "80ak6aa92e", "-", "a-", "99999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := decodePunycode(s)
		if want, wantOK := oraclePunycode(s); ok != wantOK || ok && got != want {
			t.Errorf("%q: %q %v, want %q %v", s, got, ok, want, wantOK)
		}
		if again, ok := decodePunycode(encodePunycode(s)); utf8.ValidString(s) && len(encodePunycode(s)) <= 63 && !isASCII(s) && (!ok || again != s) {
			t.Errorf("%q encoded and decoded is %q %v", s, again, ok)
		}
	})
}

// FuzzLink: addresses of any bytes never break, and are judged as the oracle does.
func FuzzLink(f *testing.F) {
	for _, s := range []string{"gov.uk@evil.example/", "0x7f.1", "xn--80ak6aa92e.example", "[::1]:80", "g0v.uk", "a.%65.example\\\\b"} {
		f.Add("https://", s)
	}
	f.Fuzz(func(t *testing.T, scheme, rest string) {
		if len(scheme)+len(rest) > 300 {
			t.Skip("longer than 300 bytes: the oracle is slow")
		}
		same(t, "see "+scheme+rest)
	})
}

// seeing is the strongest finding of a link, with what is behind it.
func seeing(text string, protected ...string) Finding {
	x := message.Normalize("body", text)
	best := Finding{}
	for _, f := range Scan(&x, protected...) {
		if f.Detector == "link" && f.Confidence > best.Confidence {
			best = f
		}
	}
	return best
}

// TestLookalikes: what imitates a protected domain and what is its honest
// neighbour.
func TestLookalikes(t *testing.T) {
	domains := []string{"gov.uk", "parliament.uk", "canada.ca", "gc.ca", "nc.gov", "records.dept.example"}
	for host, want := range map[string]string{
		"g0v.uk": "gov.uk", "www.g0v.uk": "gov.uk", "gov-uk.example": "gov.uk", "www.gov.uk.evil.example": "gov.uk", "govuk-refund.example": "gov.uk",
		"gvo.uk": "gov.uk", "cànada.ca": "canada.ca", "xn--" + encodePunycode("cànada") + ".ca": "canada.ca", "canda.ca": "canada.ca", "canada-ca.refund.example": "canada.ca",
		"cra.canada.ca.example": "canada.ca", "canacla.example": "", "parliarnent.uk": "parliament.uk", "parliment.uk": "parliament.uk",
		"nc-gov.example": "nc.gov", "records.dept.exarnple": "records.dept.example", "recrods.dept.exmaple": "records.dept.example",
		"gov.uk": "", "www.gov.uk": "", "service.gov.uk": "", "gov.ua": "", "gov.us": "", "gov.bc.ca": "", "gouv.fr": "", "gov.wales": "",
		"canada.ca": "", "www.canada.ca": "", "ontario.ca": "", "cbc.ca": "", "statcan.gc.ca": "", "ncdot.gov": "", "sc.gov": "", "nhs.uk": "",
		"panama.ca": "", "example.com": "", "x.records.dept.example": "", "mygov.example": "", "notgov.uk": "",
	} {
		f := seeing("https://"+host+"/", domains...)
		got := ""
		if f.Reason == "lookalike" {
			got = f.Shows
		}
		if got != want {
			t.Errorf("%s: imitates %q (%s %d), want %q", host, got, f.Reason, f.Confidence, want)
		}
		if bare := seeing("see "+host+" today", domains...); (bare.Reason == "lookalike") != (want != "") {
			t.Errorf("%s without a scheme: %s", host, bare.Reason)
		}
	}
	if f := seeing("https://g0v.uk/"); f.Reason != "" {
		t.Errorf("no domain is protected, found %s", f.Reason)
	}
}

// TestConfusables: the generated table is whole and says what Unicode says.
func TestConfusables(t *testing.T) {
	for _, c := range []struct {
		letter rune
		want   byte
	}{{'а', 'a'}, {'ѕ', 's'}, {'ο', 'o'}, {'ɡ', 'g'}, {'ԁ', 'd'}, {'ӏ', 'i'}, {'ı', 'i'}, {'ʏ', 'y'}, {'օ', 'o'}, {'Ꭺ', 'a'}, {'é', 'e'}, {'ж', 0}, {'中', 0}} {
		if got := plainLetter(c.letter); got != c.want {
			t.Errorf("%c (%U) is taken for %q, want %q", c.letter, c.letter, got, c.want)
		}
	}
	if n := len(oracleAlikes); n < 400 {
		t.Errorf("the table holds %d characters", n)
	}
	if !strings.HasPrefix(confusables, "2") || !slices.IsSorted(asciiOf(confusables)) {
		t.Error("the groups are not in order")
	}
}

func asciiOf(s string) (out []byte) {
	for i := range len(s) {
		if s[i] < 128 {
			out = append(out, s[i])
		}
	}
	return out
}

// TestAddresses: numeric hosts in every form of the URL Standard.
func TestAddresses(t *testing.T) {
	for host, want := range map[string]string{
		"203.0.113.9": "203.0.113.9", "3405803785": "203.0.113.9", "0xCB007109": "203.0.113.9", "0313.0.0161.011": "203.0.113.9",
		"203.0.28937": "203.0.113.9", "203.28937": "203.0.113.9", "0x7f.1": "127.0.0.1", "0": "0.0.0.0", "0x": "0.0.0.0",
		"256.1.1.1": "256.1.1.1", "1.2.3.4.5": "1.2.3.4.5", "4294967296": "4294967296", "09.1.1.1": "09.1.1.1",
	} {
		f := seeing("http://" + host + "/a")
		if f.Reason != "ip-host" || f.Is != want && f.Is != strings.ToLower(want) {
			t.Errorf("%s: %s %s, want %s", host, f.Reason, f.Is, want)
		}
	}
}
