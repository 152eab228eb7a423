package detect

import (
	"math"
	"slices"
	"testing"
)

// steps are those of the package comment: the least share that may be right.
var steps = [...]struct {
	from  int
	least float64
	right int
	wrong int
}{{from: 950, least: 0.95}, {from: 800, least: 0.8}, {from: 650, least: 0.65}, {from: 500, least: 0.5}}

// stepOf is the step a confidence belongs to.
func stepOf(confidence int) int {
	for i := range steps {
		if confidence >= steps[i].from {
			return i
		}
	}
	return len(steps) - 1
}

// TestConfidence holds the steps against the cases whose answer is known: of the
// findings of one step on texts of that kind, the share that is right must not be
// surely below the step (95 % Wilson interval).
func TestConfidence(t *testing.T) {
	cases, _ := presidioCases(t)
	more, _ := stdnumCases(t)
	for _, c := range append(cases, more...) {
		for _, f := range c.found() {
			s := &steps[stepOf(f.Confidence)]
			if slices.Contains(c.want, [2]int{f.Span.Start, f.Span.End}) {
				s.right++
			} else {
				s.wrong++
			}
		}
	}
	for i := range steps {
		s := &steps[i]
		n := float64(s.right + s.wrong)
		low, high := wilson(float64(s.right), n)
		t.Logf("confidence %d and above: %d right, %d wrong; share right, 95 %% interval %.2f to %.2f", s.from, s.right, s.wrong, low, high)
		if n > 0 && high < s.least {
			t.Errorf("confidence %d and above promises %.2f", s.from, s.least)
		}
	}
}

// wilson is the 95 % interval of a share.
func wilson(right, n float64) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.96
	p, d := right/n, 1+z*z/n
	mid, half := (p+z*z/(2*n))/d, z/d*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return mid - half, mid + half
}
