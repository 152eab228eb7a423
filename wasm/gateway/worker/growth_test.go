//go:build !js

package main

import (
	"os"
	"testing"

	"hanaper/wasm/gateway/gatewaytest"
)

// How cost grows: 100 and 1,000 records with HANAPER_BENCH, 10,000 nightly: all of
// workerd shares one processor here.
func TestGrowth(t *testing.T) {
	sizes := []int{100, 1000}
	switch {
	case os.Getenv("HANAPER_NIGHTLY") != "":
		sizes = append(sizes, 10_000)
	case os.Getenv("HANAPER_BENCH") == "":
		t.Skip("minutes long: set HANAPER_BENCH=1, or HANAPER_NIGHTLY=1 for 10,000 records")
	}
	target := start(t, t.TempDir())
	gatewaytest.Growth(t, target, sizes...)
}
