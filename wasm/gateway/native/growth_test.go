package native

import (
	"os"
	"testing"

	"hanaper/wasm/gateway/gatewaytest"
)

// How cost grows: 1,000 and 10,000 records with HANAPER_BENCH, 100,000 nightly.
func TestGrowth(t *testing.T) {
	sizes := []int{1000, 10_000}
	switch {
	case os.Getenv("HANAPER_NIGHTLY") != "":
		sizes = append(sizes, 100_000)
	case os.Getenv("HANAPER_BENCH") == "":
		t.Skip("minutes long: set HANAPER_BENCH=1, or HANAPER_NIGHTLY=1 for 100,000 records")
	}
	target, _, _ := start(t, t.TempDir(), nil)
	gatewaytest.Growth(t, target, sizes...)
}
