package detect

import (
	"math/rand"
	"reflect"
	"testing"

	"hanaper/core/message"
)

// same fails when the detectors and the oracle differ on a text, as a body and
// as a file name.
func same(t *testing.T, text string) {
	t.Helper()
	x := message.Normalize("body", text)
	if got, want := Scan(&x), oracleScan(&x, false); !reflect.DeepEqual(got, want) {
		t.Errorf("%q (read as %q)\n got %v\nwant %v", text, x.Norm, got, want)
	}
	if got, want := ScanName(&x), oracleScan(&x, true); !reflect.DeepEqual(got, want) {
		t.Errorf("name %q\n got %v\nwant %v", text, got, want)
	}
}

func TestOracleOnExamples(t *testing.T) {
	for _, e := range allExamples(t) {
		same(t, e.text)
	}
}

// TestOracleOnMutations: examples with bytes dropped, doubled, swapped and
// replaced, and two examples run together.
func TestOracleOnMutations(t *testing.T) {
	all := allExamples(t)
	r := rand.New(rand.NewSource(1))
	const noise = "0123456789 -.,/()+:;=@'\"\n#$%!ABCDefghxyz"
	for i := 0; i < 4000 && !t.Failed(); i++ {
		b := []byte(all[r.Intn(len(all))].text)
		if r.Intn(2) == 0 {
			b = append(append(b, " "...), all[r.Intn(len(all))].text...)
		}
		for n := r.Intn(5); n > 0 && len(b) > 0; n-- {
			at := r.Intn(len(b))
			switch r.Intn(4) {
			case 0:
				b = append(b[:at], b[at+1:]...)
			case 1:
				b = append(b[:at+1], b[at:]...)
			case 2:
				b[at] = noise[r.Intn(len(noise))]
			default:
				b[at] = b[r.Intn(len(b))]
			}
		}
		same(t, string(b))
	}
}

func FuzzDetect(f *testing.F) {
	for _, e := range allExamples(f) {
		f.Add(e.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 500 {
			t.Skip("longer than 500 bytes: the oracle is slow")
		}
		same(t, text)
	})
}
