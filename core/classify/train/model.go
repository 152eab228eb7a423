package main

import (
	"encoding/binary"
	"math"
	"slices"

	"hanaper/core/classify/internal/feat"
	"hanaper/core/classify/internal/net"
)

// The sizes of the tables, in bits.
const (
	sigBits   = 18
	scopeBits = 15
	kindBits  = 14
	vocabBits = 17
)

// trained is a model before it is written: floating-point tables.
type trained struct {
	heads [net.Heads]*table
	vocab []byte
}

// fit trains every head.
func fit(ex []*Example, cache map[*Example]*features) *trained {
	m := &trained{}
	samples := func(kind bool, target func(*Example) (y, weight float32)) []sample {
		var x []sample
		for _, e := range ex {
			y, w := target(e)
			if w == 0 {
				continue
			}
			f := cache[e]
			idx := f.all
			if kind {
				idx = f.word
			}
			x = append(x, sample{idx, f, y, w})
		}
		return x
	}
	m.heads[net.Sig] = schedule{sigBits, 8, 0.1, 1e-4}.fit(samples(false, func(e *Example) (float32, float32) { return e.Sig, 1 }), 1)
	for k := 0; k < net.Scopes; k++ {
		m.heads[net.Scope+k] = schedule{scopeBits, 5, 0.1, 1e-4}.fit(samples(false, func(e *Example) (float32, float32) { return e.Scope[k], 1 }), int64(k+2))
	}
	for k := 0; k < net.Kinds; k++ {
		m.heads[net.Kind+k] = schedule{kindBits, 8, 0.1, 1e-4}.fit(samples(true, func(e *Example) (float32, float32) {
			if e.Sig < 0.3 {
				return 0, 0
			}
			return e.kind(k) / e.Sig, e.Sig
		}), int64(k+10))
	}
	m.vocab = vocabulary(ex)
	return m
}

// kind is the target of the k-th head of the kinds: two limbs, six acts.
func (e *Example) kind(k int) float32 {
	if k < 2 {
		return e.Limbs[k]
	}
	return e.Acts[k-2]
}

// vocabulary is the set of the words that at least two messages have.
func vocabulary(ex []*Example) []byte {
	count := map[uint32]int{}
	for _, e := range ex {
		seen := map[uint32]bool{}
		feat.Walk(feat.Input{Body: e.Text.Norm}, func(s *feat.Step) {
			if h := s.Token.Hash; s.Body && !seen[h] {
				seen[h] = true
				count[h]++
			}
		})
	}
	set := make([]byte, 1<<vocabBits>>3)
	for h, n := range count {
		if n >= 2 {
			a, b := net.VocabBits(h)
			for _, i := range []uint32{a, b} {
				i &= 1<<vocabBits - 1
				set[i>>3] |= 1 << (i & 7)
			}
		}
	}
	return set
}

// curves is a calibration: probabilities in 1/net.One at the knots.
type curves [2][net.Heads][net.Knots]uint16

// plain is the calibration that believes the logits.
func plainCurves() *curves {
	c := &curves{}
	for r := range c {
		for h := range c[r] {
			c[r][h] = platt{1, 0}.curve()
		}
	}
	return c
}

// platt maps a logit z to sigmoid(a z + b).
type platt struct{ a, b float64 }

func (p platt) curve() (c [net.Knots]uint16) {
	for k := range c {
		z := -net.Span + float64(k)*2*net.Span/(net.Knots-1)
		c[k] = uint16(math.Round(sigmoid(p.a*z+p.b) * net.One))
	}
	return c
}

// encode writes the model with int8 weights.
func (m *trained) encode(c *curves) []byte {
	out := []byte("HNPM1\n\x00\x00")
	u32 := func(v uint32) { out = binary.LittleEndian.AppendUint32(out, v) }
	for _, v := range []uint32{sigBits, scopeBits, kindBits, vocabBits, 0, 0, 0} {
		u32(v)
	}
	var q [net.Heads][]int8
	for h, t := range m.heads {
		var unit float64
		q[h], unit = quantise(t.w)
		u32(uint32(int32(math.Round(unit * net.Unit * 1024))))
		for r := range t.bias {
			u32(uint32(int32(math.Round(float64(t.bias[r]) * net.Unit))))
		}
	}
	for h := range m.heads {
		for r := range c {
			for _, p := range c[r][h] {
				out = binary.LittleEndian.AppendUint16(out, p)
			}
		}
	}
	rows := func(from, n int) {
		for i := range q[from] {
			for h := from; h < from+n; h++ {
				out = append(out, byte(q[h][i]))
			}
		}
	}
	rows(net.Sig, 1)
	rows(net.Scope, net.Scopes)
	rows(net.Kind, net.Kinds)
	return append(out, m.vocab...)
}

// quantise gives w in int8 and the size of a unit. The largest weights, one in
// twenty thousand, are cut.
func quantise(w []float32) ([]int8, float64) {
	abs := make([]float64, len(w))
	for i, x := range w {
		abs[i] = math.Abs(float64(x))
	}
	slices.Sort(abs)
	unit := abs[len(abs)-1-len(abs)/20000] / 127
	if unit == 0 {
		unit = 1
	}
	q := make([]int8, len(w))
	for i, x := range w {
		q[i] = int8(max(-127, min(127, math.Round(float64(x)/unit))))
	}
	return q, unit
}
