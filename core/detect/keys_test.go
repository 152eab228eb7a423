package detect

import (
	"math/rand"
	"strings"
	"testing"

	"hanaper/core/message"
)

// keyLetters are the bytes a made-up key is drawn from, by alphabet. The last
// byte of a key is a letter or digit.
var keyLetters = map[byte]string{'9': "0123456789", 'L': "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 'H': "0123456789abcdef"}

func letters(alphabet byte) string {
	if l, ok := keyLetters[alphabet]; ok {
		return l
	}
	var l []byte
	for b := byte('!'); b < 0x7f; b++ {
		if inAlphabet(b, alphabet) && alnum(b) {
			l = append(l, b)
		}
	}
	return string(l)
}

// madeUp draws n bytes of an alphabet; they are made here, so that no file of
// this repository holds anything a scanner takes for a key.
func madeUp(r *rand.Rand, alphabet byte, n int) string {
	from := letters(alphabet)
	for {
		b := make([]byte, n)
		for i := range b {
			b[i] = from[r.Intn(len(from))]
		}
		if s := string(b); varied(s) && (alphabet == 'L' || hasBoth(s)) || n < 8 || alphabet == '9' {
			return s
		}
	}
}

// TestEveryKeyForm: a key of every issuer is found in a sentence, whole and by
// both the detector and the oracle; one byte short of the least length it is not.
func TestEveryKeyForm(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	check := func(key string, want bool) {
		t.Helper()
		for _, around := range []string{"%", "the old one was %, can somebody turn it off?", "(\"%\")", "clé : %."} {
			text := strings.Replace(around, "%", key, 1)
			x := message.Normalize("body", text)
			found := false
			for _, f := range Scan(&x) {
				found = found || f.Detector == "api-key" && text[f.Span.Start:f.Span.End] == key
			}
			if found != want {
				t.Errorf("%q: found %v, want %v", text, found, want)
			}
			if len(text) < 120 {
				same(t, text) // the oracle is slow
			}
		}
	}
	for _, f := range keyForms {
		check(f.prefix+madeUp(r, f.alphabet, f.min), true)
		check(f.prefix+madeUp(r, f.alphabet, min(f.max, 512)), true)
		if f.min > 12 {
			check(f.prefix+madeUp(r, f.alphabet, f.min-1)+" ", false)
		}
	}
	for _, f := range midForms {
		key := madeUp(r, f.before, f.least) + f.mark + madeUp(r, f.after, f.afterMin)
		if f.mark == "_mmk" {
			key = "a1" + key[2:]
		}
		check(key, true)
	}
	t.Logf("%d issuers' prefixes, %d other forms", len(keyForms), len(midForms))
}

func FuzzDecode64(f *testing.F) {
	f.Add("eyJhbGciOiJIUzI1NiJ9")
	f.Add("YQ==")
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := decode64(s), oracle64(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	})
}
