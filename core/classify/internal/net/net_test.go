package net

import (
	"math"
	"testing"
)

// A file that is cut, lengthened or of another kind is no model.
func TestParseRefuses(t *testing.T) {
	for _, file := range []string{"", "HNPM1\n\x00\x00", string(make([]byte, 1<<16)), magic + string(make([]byte, headerSize))} {
		if m, err := Parse(file); err == nil || m != nil {
			t.Errorf("a file of %d bytes was taken for a model", len(file))
		}
	}
}

// Sqrt is the whole part of the square root.
func TestSqrt(t *testing.T) {
	for _, n := range []uint64{0, 1, 2, 3, 4, 8, 9, 1 << 32, 1<<32 - 1, 1 << 52, 3000 << 32, math.MaxUint32} {
		if r := Sqrt(n); r*r > n || (r+1)*(r+1) <= n {
			t.Errorf("Sqrt(%d) = %d", n, r)
		}
	}
}

// A calibration goes straight from knot to knot, and stays at its ends.
func TestCalibration(t *testing.T) {
	var c Calibration
	for i := range c {
		c[i] = uint16(i * 100)
	}
	for _, v := range []struct {
		logit int32
		want  uint32
	}{{-Span * Unit, 0}, {-1 << 30, 0}, {0, 3200}, {perKnot / 2, 3250}, {1 << 30, 6400}} {
		if got := c.At(v.logit); got != v.want {
			t.Errorf("At(%d) = %d, want %d", v.logit, got, v.want)
		}
	}
}
