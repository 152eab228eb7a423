package main

import (
	"math"
	"math/rand"

	"hanaper/core/classify/internal/feat"
)

// norm is what a sum over n features is multiplied by.
func norm(n int) float32 { return float32(1 / math.Sqrt(float64(n))) }

// features of an example, as the model sees them.
type features struct {
	all     []uint32 // every feature
	word    []uint32 // words and pairs of words only
	reg     feat.Register
	context []uint32 // words of earlier messages
}

func featuresOf(in feat.Input) features {
	f := features{reg: in.Register}
	feat.Walk(in, func(s *feat.Step) {
		if s.Part == feat.Context {
			f.context = append(f.context, s.All...)
			return
		}
		f.all = append(f.all, s.All...)
		w, pairs := s.Words()
		f.word = append(append(f.word, w), pairs...)
	})
	return f
}

// ownPrior is how often the feature that only written lines have stands in each. It
// takes up what is theirs alone: two in five are significant, as no chat's are. No
// message that is judged has it.
const (
	ownPrior   = 10
	ownFeature = 0x12345
)

// learnt are the features that e is learnt from. Written lines are learnt without
// their titles, which were given to them by lot.
func (e *Example) learnt() features {
	in := e.input(true)
	if e.File != "written" {
		return featuresOf(in)
	}
	in.Subject = ""
	f := featuresOf(in)
	for range ownPrior {
		f.all = append(f.all, ownFeature)
	}
	return f
}

// table is a trained table of one head: 1<<bits weights, and a bias for each
// register.
type table struct {
	bits uint
	w    []float32
	bias [feat.Registers]float32
}

func (t *table) logit(x *sample) float32 {
	mask := uint32(1)<<t.bits - 1
	z := float32(0)
	for _, h := range x.idx {
		z += t.w[h&mask]
	}
	return z*x.norm + t.bias[x.reg]
}

// sample is one example of a head.
type sample struct {
	idx    []uint32
	norm   float32
	reg    feat.Register
	y      float32 // target
	weight float32
}

// schedule is how a table is trained: stochastic gradient descent on the
// log-loss with AdaGrad's steps; the weights of the second half of the passes are
// averaged.
type schedule struct {
	bits   uint
	passes int
	rate   float32
	l2     float32
}

func (s schedule) fit(x []sample, seed int64) *table {
	t := &table{bits: s.bits, w: make([]float32, 1<<s.bits)}
	sum, avg := make([]float32, 1<<s.bits), make([]float32, 1<<s.bits)
	for i := range sum {
		sum[i] = 1e-3
	}
	var bias [feat.Registers]float32
	r := rand.New(rand.NewSource(seed))
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	kept := s.passes - s.passes/2
	for pass := 0; pass < s.passes; pass++ {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			s.step(t, sum, &x[i])
		}
		if pass >= s.passes/2 {
			for i, w := range t.w {
				avg[i] += w / float32(kept)
			}
			for r, b := range t.bias {
				bias[r] += b / float32(kept)
			}
		}
	}
	avg[ownFeature&(1<<s.bits-1)] = 0
	t.w, t.bias = avg, bias
	return t
}

func (s schedule) step(t *table, sum []float32, x *sample) {
	d := (float32(sigmoid(float64(t.logit(x)))) - x.y) * x.weight
	t.bias[x.reg] -= 0.01 * d
	if d < 0.001 && d > -0.001 {
		return
	}
	mask := uint32(1)<<t.bits - 1
	d *= x.norm
	for _, h := range x.idx {
		k := h & mask
		g := d + s.l2*t.w[k]
		sum[k] += g * g
		t.w[k] -= s.rate * g / float32(math.Sqrt(float64(sum[k])))
	}
}
