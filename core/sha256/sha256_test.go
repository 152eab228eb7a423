package sha256_test

import (
	std "crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"hanaper/core/sha256"
)

// TestEveryLength crosses every case of the padding, twice over.
func TestEveryLength(t *testing.T) {
	for n := range 200 {
		same(t, strings.Repeat("\xa5b", n)[:n])
	}
	same(t, strings.Repeat("a", 1_000_000))
}

func FuzzSum(f *testing.F) {
	f.Add("abc")
	f.Fuzz(same)
}

func same(t *testing.T, s string) {
	t.Helper()
	want := std.Sum256([]byte(s))
	if got := sha256.Sum([]byte(s)); got != want {
		t.Errorf("%d bytes: got %x, want %x", len(s), got, want)
	}
	if got := sha256.Hex(s); got != hex.EncodeToString(want[:]) {
		t.Errorf("%d bytes: got %s, want %x", len(s), got, want)
	}
}
