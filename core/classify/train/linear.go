package main

import (
	"math"
	"math/rand"

	"hanaper/core/classify/internal/feat"
)

// features of an example, as the model sees them.
type features struct {
	all  []uint32 // every feature
	word []uint32 // words and pairs of words only
	mail int
	norm float32 // 1/sqrt(len(all))
}

func featuresOf(body, subject string, mail bool) features {
	f := features{mail: b2i(mail)}
	n := feat.Walk(feat.Input{Body: body, Subject: subject, Mail: mail}, func(s *feat.Step) {
		f.all = append(f.all, s.All...)
		w, pairs := s.Words()
		f.word = append(append(f.word, w), pairs...)
	})
	f.norm = float32(1 / math.Sqrt(float64(n)))
	return f
}

// table is a trained table of one head: 1<<bits weights, and a bias for each
// register.
type table struct {
	bits uint
	w    []float32
	bias [2]float32
}

func (t *table) logit(idx []uint32, f *features) float32 {
	mask := uint32(1)<<t.bits - 1
	z := float32(0)
	for _, h := range idx {
		z += t.w[h&mask]
	}
	return z*f.norm + t.bias[f.mail]
}

// sample is one example of a head.
type sample struct {
	idx    []uint32
	f      *features
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
	var bias [2]float32
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
			bias[0] += t.bias[0] / float32(kept)
			bias[1] += t.bias[1] / float32(kept)
		}
	}
	t.w, t.bias = avg, bias
	return t
}

func (s schedule) step(t *table, sum []float32, x *sample) {
	d := (float32(sigmoid(float64(t.logit(x.idx, x.f)))) - x.y) * x.weight
	t.bias[x.f.mail] -= 0.01 * d
	if d < 0.001 && d > -0.001 {
		return
	}
	mask := uint32(1)<<t.bits - 1
	d *= x.f.norm
	for _, h := range x.idx {
		k := h & mask
		g := d + s.l2*t.w[k]
		sum[k] += g * g
		t.w[k] -= s.rate * g / float32(math.Sqrt(float64(sum[k])))
	}
}
