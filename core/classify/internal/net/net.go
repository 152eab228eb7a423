// Package net holds the weights of the model and adds them up. All arithmetic is
// on integers: the same model and text give the same numbers on every host.
//
// A model file is, little-endian:
//
//	"HNPM1\n" and two bytes of zero
//	4 uint32  bits of the tables: significance, scope, kinds, vocabulary
//	for each head and register: int32 scale, int32 bias
//	for each register: int32 parts of significance and of business in the last logit
//	for each head and register: calibration, Knots uint16 in 1/10,000
//	int8      significance in chat, 1<<bits of them, then in mail and minutes
//	int8      scope, 1<<bits rows of Scopes
//	int8      kinds, 1<<bits rows of Kinds
//	bits      vocabulary, 1<<bits of them: two a known word
//
// A weight w stands for w×|w|. A logit is, in units of 1/Unit, bias + sum × scale
// / 2^16 / sqrt(number of features), sum being that of the squares with sign of
// the head's features. That of significance is then mixed with that of business.
package net

import (
	"errors"
	"math/bits"

	"hanaper/core/classify/internal/feat"
)

// The heads, in the order of the file.
const (
	Sig     = 0 // significant
	Scope   = 1 // business, personal, political, unclear: one against the rest
	Scopes  = 4
	Kind    = Scope + Scopes // given that the message is significant: two limbs, six acts
	Kinds   = 8
	Heads   = Kind + Kinds
	Unit    = 1024   // logits are in 1/Unit
	Knots   = 65     // of a calibration
	Span    = 8      // a calibration goes from -Span to Span
	One     = 10_000 // probabilities are in 1/One
	perKnot = 2 * Span * Unit / (Knots - 1)
)

const (
	magic      = "HNPM1\n\x00\x00"
	headerSize = len(magic) + 4*4 + feat.Registers*(8+Heads*(4+4+Knots*2))
)

// Calibration gives probabilities, in 1/One, at the knots.
type Calibration [Knots]uint16

// Model is a model file, read in place.
type Model struct {
	scale, bias [feat.Registers][Heads]int64
	curve       [feat.Registers][Heads]Calibration
	mix         [feat.Registers][2]int64 // in 1/Unit
	sig         [2]string                // in chat; in mail and minutes
	scope       string
	kind        string
	vocab       string
	sigMask     uint32
	scopeMask   uint32
	kindMask    uint32
	vocabMask   uint32
}

// le16 is encoding/binary's, without the reflect package that comes with it.
func le16(b []byte) uint32 { return uint32(b[0]) | uint32(b[1])<<8 }

var errModel = errors.New("not a model file")

// Parse reads a model file; the Model keeps file.
func Parse(file string) (*Model, error) {
	if len(file) < headerSize || file[:len(magic)] != magic {
		return nil, errModel
	}
	head := []byte(file[len(magic):headerSize])
	var size [4]uint32
	for i := range size {
		if size[i] = le16(head) | le16(head[2:])<<16; size[i] > 24 {
			return nil, errModel
		}
		head = head[4:]
	}
	m := &Model{}
	m.numbers(head)
	if !m.tables(file[headerSize:], size) {
		return nil, errModel
	}
	return m, nil
}

// numbers reads what stands before the tables.
func (m *Model) numbers(head []byte) {
	next := func() int64 {
		v := int32(le16(head) | le16(head[2:])<<16)
		head = head[4:]
		return int64(v)
	}
	for h := 0; h < Heads; h++ {
		for r := range m.scale {
			m.scale[r][h], m.bias[r][h] = next(), next()
		}
	}
	for r := range m.mix {
		m.mix[r] = [2]int64{next(), next()}
	}
	for h := 0; h < Heads; h++ {
		for r := range m.curve {
			for k := range m.curve[r][h] {
				m.curve[r][h][k] = min(uint16(le16(head)), One)
				head = head[2:]
			}
		}
	}
}

// tables cuts rest into the tables; it reports whether they are all there and
// nothing else.
func (m *Model) tables(rest string, size [4]uint32) bool {
	ok := true
	cut := func(n int) string {
		if n > len(rest) {
			ok = false
			return ""
		}
		s := rest[:n]
		rest = rest[n:]
		return s
	}
	m.sig[0], m.sig[1], m.sigMask = cut(1<<size[0]), cut(1<<size[0]), 1<<size[0]-1
	m.scope, m.scopeMask = cut(Scopes<<size[1]), 1<<size[1]-1
	m.kind, m.kindMask = cut(Kinds<<size[2]), 1<<size[2]-1
	m.vocab, m.vocabMask = cut(1<<size[3]>>3), 1<<size[3]-1
	return ok && rest == "" && size[3] >= 3
}

// Tops is the number of words a Raw names, minTop the length of the shortest.
const (
	Tops   = 5
	minTop = 3
)

// Top is a token of the body and what its features add to significance.
type Top struct {
	Start, End int
	Sum        int32
}

// Raw is what a text adds up to.
type Raw struct {
	Logit        [Heads]int32 // in 1/Unit
	Words, Known int          // words of the body, and those of them the model has seen
	Top          [Tops]Top    // the tokens that add most, greatest first; Sum 0 where there are fewer
}

// Run adds up the features of in.
func (m *Model) Run(in feat.Input) (out Raw) {
	var sum [Heads]int64
	var last Top
	reg := in.Register
	n, context := feat.Walk(in, func(s *feat.Step) {
		m.scopes(s, &sum)
		if s.Part == feat.Context {
			return
		}
		own, pair := m.significance(s, min(int(reg), 1))
		sum[Sig] += int64(own + pair)
		m.kinds(s, &sum)
		if s.Part != feat.Body {
			return
		}
		if last.End > 0 {
			last.Sum += pair / 2
			out.place(last)
		}
		last = Top{}
		if c := s.Token.Class; c == feat.Word || c == feat.Other {
			out.Words++
			out.Known += m.knows(s.Token.Hash)
			if s.Token.End-s.Token.Start >= minTop {
				last = Top{s.Token.Start, s.Token.End, own + pair - pair/2}
			}
		}
	})
	out.place(last)
	out.Logit = m.logits(&sum, reg, n, context)
	return out
}

// logits makes sums over n features, and for the scopes context more, logits.
func (m *Model) logits(sum *[Heads]int64, reg feat.Register, n, context int) (z [Heads]int32) {
	root := int64(Sqrt(uint64(n) << 32))
	wide := int64(Sqrt(uint64(n+context) << 32))
	for h := range sum {
		by := root
		if h >= Scope && h < Scope+Scopes {
			by = wide
		}
		z[h] = clamp(m.bias[reg][h] + sum[h]*m.scale[reg][h]/by)
	}
	mix := &m.mix[reg]
	z[Sig] = clamp((int64(z[Sig])*mix[0] + int64(z[Scope])*mix[1]) / Unit)
	return z
}

func clamp(z int64) int32 { return int32(max(-Span*Unit, min(Span*Unit, z))) }

func (m *Model) significance(s *feat.Step, reg int) (own, pair int32) {
	w, mask := m.sig[reg], m.sigMask
	for _, h := range s.All[:s.Own] {
		own += square[w[h&mask]]
	}
	for _, h := range s.All[s.Own:] {
		pair += square[w[h&mask]]
	}
	return own, pair
}

func (m *Model) scopes(s *feat.Step, sum *[Heads]int64) {
	var a, b, c, d int32
	for _, h := range s.All {
		i := int(h&m.scopeMask) * Scopes
		w := m.scope[i : i+Scopes]
		a += square[w[0]]
		b += square[w[1]]
		c += square[w[2]]
		d += square[w[3]]
	}
	sum[Scope] += int64(a)
	sum[Scope+1] += int64(b)
	sum[Scope+2] += int64(c)
	sum[Scope+3] += int64(d)
}

func (m *Model) kinds(s *feat.Step, sum *[Heads]int64) {
	word, pairs := s.Words()
	m.addKinds(word, sum)
	for _, h := range pairs {
		m.addKinds(h, sum)
	}
}

func (m *Model) addKinds(h uint32, sum *[Heads]int64) {
	i := int(h&m.kindMask) * Kinds
	w := m.kind[i : i+Kinds]
	for k := 0; k < Kinds; k++ {
		sum[Kind+k] += int64(square[w[k]])
	}
}

// square[b] is w×|w| for the int8 w of bits b.
var square = func() (t [256]int32) {
	for b := range t {
		w := int32(int8(b))
		t[b] = w * max(w, -w)
	}
	return t
}()

// knows is 1 for a word of the vocabulary.
func (m *Model) knows(hash uint32) int {
	a, b := VocabBits(hash)
	a, b = a&m.vocabMask, b&m.vocabMask
	return int(m.vocab[a>>3]>>(a&7)&(m.vocab[b>>3]>>(b&7))) & 1
}

// VocabBits gives the two bits, before masking, of a word of the vocabulary.
func VocabBits(hash uint32) (a, b uint32) {
	return feat.Mix(hash), feat.Mix(hash ^ 0x9e3779b9)
}

// place puts t into its place among the tops.
func (r *Raw) place(t Top) {
	for i := range r.Top {
		if t.Sum > r.Top[i].Sum {
			t, r.Top[i] = r.Top[i], t
		}
	}
}

// Probability is the calibrated probability of a head, in 1/One.
func (m *Model) Probability(head int, logit int32, reg feat.Register) uint32 {
	return m.curve[reg][head].At(logit)
}

// At gives the probability of a logit, in 1/One.
func (c *Calibration) At(logit int32) uint32 {
	x := uint32(max(0, min(2*Span*Unit-1, logit+Span*Unit)))
	i, part := x/perKnot, x%perKnot
	return (uint32(c[i])*(perKnot-part) + uint32(c[i+1])*part + perKnot/2) / perKnot
}

// Sqrt is the greatest integer whose square is at most n.
func Sqrt(n uint64) uint64 {
	x := uint64(1) << ((bits.Len64(n) + 1) / 2)
	if n == 0 {
		return 0
	}
	for {
		y := (x + n/x) / 2
		if y >= x {
			return x
		}
		x = y
	}
}
