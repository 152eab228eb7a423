package detect

import (
	"flag"
	"math/rand"
	"reflect"
	"testing"
	"time"

	"hanaper/core/message"
)

// same fails when the detectors and the oracle differ on a text, as a body and
// as a file name.
func same(t *testing.T, text string) {
	t.Helper()
	x := message.Normalize("body", text)
	if got, want := Scan(&x, testProtected...), oracleScan(&x, false); !reflect.DeepEqual(got, want) {
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

var (
	mutateFor = flag.Duration("mutate", 250*time.Millisecond, "how long each detector is held against its oracle on mutated examples")
	mutations = flag.Int("mutations", 100_000, "how many at most: the same on a fast machine as on a slow one")
)

// TestOracleOnMutations holds every detector by itself against its oracle on its
// own examples with bytes dropped, doubled, swapped and replaced, alone or beside
// another detector's. ./task test takes 5 s a detector, ./task nightly 60 s.
func TestOracleOnMutations(t *testing.T) {
	all := allExamples(t)
	for i, d := range list {
		t.Run(d.id, func(t *testing.T) {
			t.Parallel()
			var own []string
			for _, e := range all {
				if e.id == d.id {
					own = append(own, e.text)
				}
			}
			r := rand.New(rand.NewSource(int64(i)))
			rounds := 0
			for end := time.Now().Add(*mutateFor); rounds < *mutations && (rounds < 100 || time.Now().Before(end)) && !t.Failed(); rounds++ {
				text := own[r.Intn(len(own))]
				if r.Intn(2) == 0 {
					text += " " + all[r.Intn(len(all))].text
				}
				alone(t, i, mutated(r, text))
			}
			t.Logf("%d texts", rounds)
		})
	}
}

// mutated changes up to four bytes.
func mutated(r *rand.Rand, text string) string {
	const noise = "0123456789 -.,/()+:;=@'\"\n#$%!ABCDefghxyz"
	b := []byte(text)
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
	return string(b)
}

// alone compares one detector with its oracle: the whole Scan would hide what
// another one's finding covers.
func alone(t *testing.T, i int, text string) {
	t.Helper()
	d, e := list[i], ready()
	x := message.Normalize("body", text)
	in := input{text: &x, s: x.Norm, current: i, words: contextOf(i), marks: markOf(i), protected: testProtected}
	in.read(e.machine, e.words)
	if d.find != nil {
		d.find(&in)
	} else {
		findAttachmentName(&in)
	}
	o := &oracle{t: &x, s: x.Norm, low: asciiLower(x.Norm), d: d, at: i, protected: testProtected}
	oracles[d.id](o)
	if got, want := in.findings(), o.settled(); !reflect.DeepEqual(got, want) {
		t.Errorf("%q (read as %q)\n got %v\nwant %v", text, x.Norm, got, want)
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
