package main

import (
	"encoding/binary"
	"math"

	"hanaper/core/classify/internal/feat"
	"hanaper/core/classify/internal/net"
)

// The sizes of the tables, in bits.
const (
	sigBits   = 17
	scopeBits = 14
	kindBits  = 13
	vocabBits = 17
)

// How much an example counts in the two tables of significance. The registers
// differ: what is learnt from mail helps in chat, but less than chat does. More of
// the written lines would find more plain decisions, and fewer in real chats.
const (
	mailInChat    = 0.2
	w3InChat      = 0.5
	mailInScope   = 0.5
	chatInMail    = 0.5
	writtenInChat = 0.75
	writtenInMail = 0.5
)

// trained is a model before it is written: floating-point tables.
type trained struct {
	heads [feat.Registers][net.Heads]*table // only significance differs
	vocab []byte
}

// fit trains every head.
func fit(ex []*Example, cache map[*Example]*features) *trained {
	m := &trained{}
	samples := func(input func(*features) []uint32, target func(*Example) (y, weight float32)) []sample {
		var x []sample
		for _, e := range ex {
			if y, w := target(e); w > 0 {
				idx := input(cache[e])
				x = append(x, sample{idx, norm(len(cache[e].all)), e.Register, y, w})
			}
		}
		return x
	}
	whole := func(f *features) []uint32 { return f.all }
	words := func(f *features) []uint32 { return f.word }
	sig := schedule{sigBits, 10, 0.1, 3e-4}
	m.heads[0][net.Sig] = sig.fit(samples(whole, func(e *Example) (float32, float32) {
		if e.Chat() {
			return e.Sig, 1
		}
		if e.Written() {
			return e.Sig, writtenInChat
		}
		if e.Source == "meeting-chat" {
			return e.Sig, w3InChat
		}
		return e.Sig, mailInChat
	}), 1)
	m.heads[1][net.Sig] = sig.fit(samples(whole, func(e *Example) (float32, float32) {
		if e.Written() {
			return e.Sig, writtenInMail
		}
		if e.Chat() && e.Register != feat.Mail {
			return e.Sig, chatInMail
		}
		return e.Sig, 1
	}), 2)
	for k := 0; k < net.Scopes; k++ {
		m.heads[0][net.Scope+k] = schedule{scopeBits, 8, 0.1, 1e-4}.fit(scopeSamples(ex, cache, k), int64(k+3))
	}
	for k := 0; k < net.Kinds; k++ {
		m.heads[0][net.Kind+k] = schedule{kindBits, 8, 0.1, 1e-4}.fit(samples(words, kindTarget(k)), int64(k+10))
	}
	for h := net.Scope; h < net.Heads; h++ {
		m.heads[feat.Mail][h] = m.heads[0][h]
	}
	m.heads[feat.Minutes] = m.heads[feat.Mail]
	m.vocab = vocabulary(ex)
	return m
}

// kindTarget is the target of the k-th kind among significant messages.
func kindTarget(k int) func(*Example) (y, weight float32) {
	return func(e *Example) (float32, float32) {
		if e.Sig < 0.3 {
			return 0, 0
		}
		return e.kind(k) / e.Sig, e.Sig
	}
}

// scopeSamples are the samples of the k-th scope. A message with others before it
// is learnt both with and without them.
func scopeSamples(ex []*Example, cache map[*Example]*features, k int) []sample {
	var x []sample
	for _, e := range ex {
		f, w := cache[e], float32(1)
		if e.Register == feat.Mail && !e.Chat() {
			w = mailInScope
		}
		if len(f.context) > 0 {
			w /= 2
			both := append(append([]uint32(nil), f.all...), f.context...)
			x = append(x, sample{both, norm(len(both)), e.Register, e.Scope[k], w})
		}
		x = append(x, sample{f.all, norm(len(f.all)), e.Register, e.Scope[k], w})
	}
	return x
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
			if h := s.Token.Hash; s.Part == feat.Body && !seen[h] {
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

// curves are the calibrations of every register and head.
type curves [feat.Registers][net.Heads]net.Calibration

// plainCurves are the calibrations that believe the logits.
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

func (p platt) curve() (c net.Calibration) {
	for k := range c {
		z := -net.Span + float64(k)*2*net.Span/(net.Knots-1)
		c[k] = uint16(math.Round(sigmoid(p.a*z+p.b) * net.One))
	}
	return c
}

// encode writes the model with int8 weights.
func (m *trained) encode(mix mixes, c *curves) []byte {
	out := []byte("HNPM1\n\x00\x00")
	u32 := func(v uint32) { out = binary.LittleEndian.AppendUint32(out, v) }
	for _, v := range []uint32{sigBits, scopeBits, kindBits, vocabBits} {
		u32(v)
	}
	var q [feat.Registers][net.Heads][]int8
	for h := 0; h < net.Heads; h++ {
		for r := range m.heads {
			t := m.heads[r][h]
			var unit float64
			q[r][h], unit = quantise(t.w)
			u32(uint32(int32(math.Round(unit * net.Unit * (1 << 16)))))
			u32(uint32(int32(math.Round(float64(t.bias[r]) * net.Unit))))
		}
	}
	for _, p := range mix {
		u32(uint32(int32(math.Round(p[0] * net.Unit))))
		u32(uint32(int32(math.Round(p[1] * net.Unit))))
	}
	for h := 0; h < net.Heads; h++ {
		for r := range c {
			for _, p := range c[r][h] {
				out = binary.LittleEndian.AppendUint16(out, p)
			}
		}
	}
	rows := func(reg, from, n int) {
		for i := range q[reg][from] {
			for h := from; h < from+n; h++ {
				out = append(out, byte(q[reg][h][i]))
			}
		}
	}
	rows(0, net.Sig, 1)
	rows(1, net.Sig, 1)
	rows(0, net.Scope, net.Scopes)
	rows(0, net.Kind, net.Kinds)
	return append(out, m.vocab...)
}

// Weights are kept in steps of step, and those below least not at all: nothing is
// lost by it in the figures, and the file compresses to two thirds.
const (
	step  = 4
	least = 20
)

// quantise gives w as int8 whose squares, with their sign, are in proportion to w,
// and what a square of 1 stands for. Small weights, which are most, come out
// finer than large ones.
func quantise(w []float32) ([]int8, float64) {
	top := 0.0
	for _, x := range w {
		top = max(top, math.Abs(float64(x)))
	}
	unit := top / (124 * 124)
	if unit == 0 {
		unit = 1
	}
	q := make([]int8, len(w))
	for i, x := range w {
		r := int8(math.Round(math.Sqrt(math.Abs(float64(x))/unit)/step)) * step
		if r < least {
			r = 0
		}
		if x < 0 {
			r = -r
		}
		q[i] = r
	}
	return q, unit
}
