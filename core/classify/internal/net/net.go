// Package net holds the weights of the model and adds them up. All arithmetic is
// on integers: the same model and text give the same numbers on every host.
//
// A model file is, little-endian:
//
//	"HNPM2\n" and two bytes of zero
//	5 uint32  bits of the tables: significance in chat and in mail, scope, kinds, vocabulary
//	for each table: int32 scale, for each register int32 bias
//	for each register: Parts int32, the parts in the last logit of significance
//	for each head and register: calibration, Knots uint16 in 1/10,000
//	int8      significance in chat, 1<<bits of them
//	int8      significance in mail and minutes, 1<<bits of them
//	int8      scope, 1<<bits rows of Scopes
//	int8      kinds, 1<<bits rows of Kinds
//	bits      vocabulary, 1<<bits of them: two a known word
//
// A weight w stands for w×|w|. A logit is, in units of 1/Unit, bias + sum × scale
// / 2^16 / sqrt(number of features), sum being that of the squares with sign of
// the head's features. That of significance is mixed of the parts: its logit in chat,
// its logit in mail and minutes, those of the scopes, and the logarithm of the number of
// features.
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
	Mail    = Heads // the table of significance in mail and minutes, a part of the head Sig
	Tables  = Heads + 1
	Unit    = 1024           // logits are in 1/Unit
	Knots   = 65             // of a calibration
	Span    = 8              // a calibration goes from -Span to Span
	One     = 10_000         // probabilities are in 1/One
	Parts   = 2 + Scopes + 1 // of significance: in chat, in mail and minutes, the scopes, the length
	perKnot = 2 * Span * Unit / (Knots - 1)
)

const (
	magic      = "HNPM2\n\x00\x00"
	headerSize = len(magic) + 5*4 + Tables*4 + feat.Registers*(Tables*4+Parts*4+Heads*Knots*2)
)

// Calibration gives probabilities, in 1/One, at the knots.
type Calibration [Knots]uint16

// Model is a model file, read in place.
type Model struct {
	scale      [Tables]int64
	bias       [Tables][feat.Registers]int64
	curve      [feat.Registers][Heads]Calibration
	mix        [feat.Registers][Parts]int64 // in 1/Unit
	chat, mail string                       // significance
	scope      string
	kind       string
	vocab      string
	chatMask   uint32
	mailMask   uint32
	scopeMask  uint32
	kindMask   uint32
	vocabMask  uint32
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
	var size [5]uint32
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
	for h := range m.scale {
		m.scale[h] = next()
		for r := range m.bias[h] {
			m.bias[h][r] = next()
		}
	}
	for r := range m.mix {
		for k := range m.mix[r] {
			m.mix[r][k] = next()
		}
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
func (m *Model) tables(rest string, size [5]uint32) bool {
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
	m.chat, m.chatMask = cut(1<<size[0]), 1<<size[0]-1
	m.mail, m.mailMask = cut(1<<size[1]), 1<<size[1]-1
	m.scope, m.scopeMask = cut(Scopes<<size[2]), 1<<size[2]-1
	m.kind, m.kindMask = cut(Kinds<<size[3]), 1<<size[3]-1
	m.vocab, m.vocabMask = cut(1<<size[4]>>3), 1<<size[4]-1
	return ok && rest == "" && size[4] >= 3
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
	Part         [Parts]int32 // what the logit of significance is mixed of
	Words, Known int          // words of the body, and those of them the model has seen
	Top          [Tops]Top    // the tokens that add most, greatest first; Sum 0 where there are fewer
}

// Run adds up the features of in.
func (m *Model) Run(in feat.Input) (out Raw) {
	var sum [Tables]int64
	var last Top
	reg := in.Register
	n, context := feat.Walk(in, func(s *feat.Step) {
		m.scopes(s, &sum)
		if s.Part == feat.Context {
			return
		}
		both := m.significance(s, &sum)
		own, pair := both[min(reg, 1)][0], both[min(reg, 1)][1]
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
	m.logits(&out, &sum, reg, n, context)
	return out
}

// logits makes sums over n features, and for the scopes context more, logits.
func (m *Model) logits(out *Raw, sum *[Tables]int64, reg feat.Register, n, context int) {
	root := int64(Sqrt(uint64(n) << 32))
	wide := int64(Sqrt(uint64(n+context) << 32))
	for h := range out.Logit {
		by := root
		if h >= Scope && h < Scope+Scopes {
			by = wide
		}
		out.Logit[h] = clamp(m.bias[h][reg] + sum[h]*m.scale[h]/by)
	}
	mail := clamp(m.bias[Mail][reg] + sum[Mail]*m.scale[Mail]/root)
	out.Part = [Parts]int32{out.Logit[Sig], mail}
	copy(out.Part[2:], out.Logit[Scope:Scope+Scopes])
	out.Part[Parts-1] = log2(n)
	z := int64(0)
	for k, p := range out.Part {
		z += int64(p) * m.mix[reg][k]
	}
	out.Logit[Sig] = clamp(z / Unit)
}

// log2 is the logarithm to the base 2, in 1/Unit, straight between powers of two. n is at
// least 1.
func log2(n int) int32 {
	k := bits.Len(uint(n)) - 1
	return int32(k*Unit + (n*Unit>>k - Unit))
}

func clamp(z int64) int32 { return int32(max(-Span*Unit, min(Span*Unit, z))) }

// significance adds to both sums, and gives what the features of the token alone
// and those with the one before it add to each.
func (m *Model) significance(s *feat.Step, sum *[Tables]int64) (both [2][2]int32) {
	for k, part := range [2][]uint32{s.All[:s.Own], s.All[s.Own:]} {
		var chat, mail int32
		for _, h := range part {
			chat += square[m.chat[h&m.chatMask]]
			mail += square[m.mail[h&m.mailMask]]
		}
		both[0][k], both[1][k] = chat, mail
		sum[Sig] += int64(chat)
		sum[Mail] += int64(mail)
	}
	return both
}

func (m *Model) scopes(s *feat.Step, sum *[Tables]int64) {
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

func (m *Model) kinds(s *feat.Step, sum *[Tables]int64) {
	word, pairs := s.Words()
	m.addKinds(word, sum)
	for _, h := range pairs {
		m.addKinds(h, sum)
	}
}

func (m *Model) addKinds(h uint32, sum *[Tables]int64) {
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
