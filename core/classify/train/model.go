package main

import (
	"encoding/binary"
	"math"

	"hanaper/core/classify/internal/feat"
	"hanaper/core/classify/internal/net"
)

// The sizes of the tables, in bits.
const (
	chatBits  = 17 // of significance
	mailBits  = 17
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

// How much the teacher says. Of an annotated message its answer is a part of the
// target, the annotations are the rest. Unannotated messages, of which there are more,
// count less. What it says of chats it learnt from mail and minutes: the table of
// significance in chat does better without.
const (
	taught      = 0.3
	poolInMail  = 0.5
	poolInScope = 0.2
	chatPool    = 0.5 // texts of the pool that are no mail
)

// trained is a model before it is written: floating-point tables.
type trained struct {
	heads [net.Tables]*table
	vocab []byte
}

// lesson is what a model is trained on: annotated messages, unannotated ones, what the
// teacher says of both, and the features of all.
type lesson struct {
	ex, pool []*Example
	said     teacher
	cache    map[*Example]*features
}

// samples are those of the messages ex to which target gives a weight.
func (l *lesson) samples(ex []*Example, input func(*features) []uint32, target func(*Example) (y, weight float32)) []sample {
	var x []sample
	for _, e := range ex {
		if y, w := target(e); w > 0 {
			f := l.cache[e]
			x = append(x, sample{input(f), norm(len(f.all)), e.Register, y, w})
		}
	}
	return x
}

func whole(f *features) []uint32 { return f.all }
func words(f *features) []uint32 { return f.word }

// fit trains every head.
func (l *lesson) fit() *trained {
	m := &trained{vocab: vocabulary(l.ex)}
	m.heads[net.Sig] = schedule{chatBits, 10, 0.1, 3e-4}.fit(l.samples(l.ex, whole, l.inChat), 1)
	m.heads[net.Mail] = schedule{mailBits, 10, 0.1, 3e-4}.fit(l.samples(l.both(), whole, l.inMail), 2)
	for k := 0; k < net.Scopes; k++ {
		m.heads[net.Scope+k] = schedule{scopeBits, 8, 0.1, 1e-4}.fit(l.scopeSamples(k), int64(k+3))
	}
	for k := 0; k < net.Kinds; k++ {
		m.heads[net.Kind+k] = schedule{kindBits, 8, 0.1, 1e-4}.fit(l.samples(l.ex, words, kindTarget(k)), int64(k+10))
	}
	return m
}

// both are the annotated messages and, where there is a teacher, the others.
func (l *lesson) both() []*Example {
	if l.said == nil {
		return l.ex
	}
	return append(l.ex[:len(l.ex):len(l.ex)], l.pool...)
}

// inChat is the target of significance in chat.
func (l *lesson) inChat(e *Example) (y, weight float32) {
	switch {
	case e.Chat():
		return e.Sig, 1
	case e.Written():
		return e.Sig, writtenInChat
	case e.Source == "meeting-chat":
		return e.Sig, w3InChat
	}
	return e.Sig, mailInChat
}

// inMail is the target of significance in mail and minutes.
func (l *lesson) inMail(e *Example) (y, weight float32) {
	switch {
	case e.Written():
		return e.Sig, writtenInMail
	case e.Pool() && e.Source == "sms":
		return l.said.sig(e), poolInMail * chatPool
	case e.Pool():
		return l.said.sig(e), poolInMail
	}
	y, weight = e.Sig, 1
	if l.said != nil {
		y = (1-taught)*y + taught*l.said.sig(e)
	}
	if e.Chat() && e.Register != feat.Mail {
		weight = chatInMail
	}
	return y, weight
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
func (l *lesson) scopeSamples(k int) []sample {
	var x []sample
	for _, e := range l.both() {
		f, y, w := l.cache[e], e.Scope[k], float32(1)
		switch {
		case e.Pool():
			y, w = l.said.scope(e, k), poolInScope
		case l.said != nil && !e.Written():
			y = (1-taught)*y + taught*l.said.scope(e, k)
		}
		if e.Register == feat.Mail && !e.Chat() && !e.Pool() {
			w = mailInScope
		}
		if len(f.context) > 0 {
			w /= 2
			both := append(append([]uint32(nil), f.all...), f.context...)
			x = append(x, sample{both, norm(len(both)), e.Register, y, w})
		}
		x = append(x, sample{f.all, norm(len(f.all)), e.Register, y, w})
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

// platts are the numbers behind them.
type platts [feat.Registers][net.Heads]platt

func (p *platts) curves() *curves {
	c := &curves{}
	for r := range c {
		for h := range c[r] {
			c[r][h] = p[r][h].curve()
		}
	}
	return c
}

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
type platt struct{ A, B float64 }

func (p platt) curve() (c net.Calibration) {
	for k := range c {
		z := -net.Span + float64(k)*2*net.Span/(net.Knots-1)
		c[k] = uint16(math.Round(sigmoid(p.A*z+p.B) * net.One))
	}
	return c
}

// encode writes the model with int8 weights.
func (m *trained) encode(mix mixes, c *curves) []byte {
	out := []byte("HNPM2\n\x00\x00")
	u32 := func(v uint32) { out = binary.LittleEndian.AppendUint32(out, v) }
	for _, v := range []uint32{chatBits, mailBits, scopeBits, kindBits, vocabBits} {
		u32(v)
	}
	var q [net.Tables][]int8
	for h, t := range m.heads {
		var unit float64
		q[h], unit = quantise(t.w)
		u32(uint32(int32(math.Round(unit * net.Unit * (1 << 16)))))
		for _, b := range t.bias {
			u32(uint32(int32(math.Round(float64(b) * net.Unit))))
		}
	}
	for _, parts := range mix {
		for _, p := range parts {
			u32(uint32(int32(math.Round(p * net.Unit))))
		}
	}
	for h := 0; h < net.Heads; h++ {
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
	rows(net.Mail, 1)
	rows(net.Scope, net.Scopes)
	rows(net.Kind, net.Kinds)
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
