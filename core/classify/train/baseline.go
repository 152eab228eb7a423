package main

import (
	"math"
	"sort"
)

// The baseline that came with the annotations, which are not part of this
// repository: TF-IDF of words 1-2 and, within words,
// characters 2-5, plus the words of the subject or title, and a logistic
// regression on soft targets. It is trained in the same folds as the model.

// vec is a sparse vector.
type vec struct {
	idx []int32
	val []float32
}

type tfidf struct {
	ids map[string]int32
	idf []float32
}

// baselineTerms calls add with the terms of each block of e.
func baselineTerms(e *Example, add func(block int, term string)) {
	w := wordsOf(e.Text.Norm)
	for i, x := range w {
		add(0, "w "+x)
		if i > 0 {
			add(0, "w "+w[i-1]+" "+x)
		}
		r := []rune(" " + x + " ")
		for n := 2; n <= 5; n++ {
			for k := 0; k+n <= len(r); k++ {
				add(1, "c "+string(r[k:k+n]))
			}
		}
	}
	for _, x := range wordsOf(e.Subject.Norm) {
		add(2, "s "+x)
	}
}

func wordsOf(s string) []string {
	var out []string
	start := -1
	b := []byte(s)
	for i := 0; i <= len(b); i++ {
		letter := i < len(b) && (b[i] >= 'a' && b[i] <= 'z' || b[i] >= 'A' && b[i] <= 'Z' || b[i] >= '0' && b[i] <= '9' || b[i] > 0x7f)
		switch {
		case letter && start < 0:
			start = i
		case !letter && start >= 0:
			out = append(out, lower(s[start:i]))
			start = -1
		}
	}
	return out
}

func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// fitTFIDF makes the vocabulary of the terms that at least two messages have.
func fitTFIDF(ex []*Example) *tfidf {
	df := map[string]int{}
	seen := map[string]int{}
	for i, e := range ex {
		baselineTerms(e, func(_ int, t string) {
			if seen[t] != i+1 {
				seen[t] = i + 1
				df[t]++
			}
		})
	}
	var terms []string
	for t, n := range df {
		if n >= 2 {
			terms = append(terms, t)
		}
	}
	sort.Strings(terms)
	v := &tfidf{ids: make(map[string]int32, len(terms))}
	for i, t := range terms {
		v.ids[t] = int32(i)
		v.idf = append(v.idf, float32(math.Log(float64(len(ex)+1)/float64(df[t]+1))+1))
	}
	return v
}

// vector is the TF-IDF of e, each block of length 1.
func (v *tfidf) vector(e *Example) vec {
	var tf [3]map[int32]int
	for b := range tf {
		tf[b] = map[int32]int{}
	}
	baselineTerms(e, func(b int, t string) {
		if id, ok := v.ids[t]; ok {
			tf[b][id]++
		}
	})
	var out vec
	for b := range tf {
		from, sum := len(out.idx), 0.0
		for id := range tf[b] {
			out.idx = append(out.idx, id)
		}
		part := out.idx[from:]
		sort.Slice(part, func(i, j int) bool { return part[i] < part[j] })
		for _, id := range part {
			x := (1 + math.Log(float64(tf[b][id]))) * float64(v.idf[id])
			out.val = append(out.val, float32(x))
			sum += x * x
		}
		for i := from; i < len(out.val); i++ {
			out.val[i] /= float32(math.Sqrt(sum))
		}
	}
	return out
}

// baseline trains on train and scores test.
func baseline(train, test []*Example, c float64) []float64 {
	v := fitTFIDF(train)
	x := make([]vec, len(train))
	y := make([]float32, len(train))
	for i, e := range train {
		x[i], y[i] = v.vector(e), e.Sig
	}
	w := logistic(x, y, len(v.idf), c)
	out := make([]float64, len(test))
	for i, e := range test {
		out[i] = sigmoid(w.dot(v.vector(e)))
	}
	return out
}

type linear struct {
	w    []float64
	bias float64
}

func (l *linear) dot(x vec) float64 {
	s := l.bias
	for i, id := range x.idx {
		s += l.w[id] * float64(x.val[i])
	}
	return s
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// logistic minimises c times the log-loss plus half the squared weights, by
// L-BFGS.
func logistic(x []vec, y []float32, n int, c float64) *linear {
	f := func(w, g []float64) float64 {
		loss := 0.0
		for i := range w {
			g[i] = 0
		}
		for i := range x {
			l := linear{w[:n], w[n]}
			z := l.dot(x[i])
			t := float64(y[i])
			loss += c * (math.Log1p(math.Exp(-math.Abs(z))) + math.Max(z, 0) - t*z)
			d := c * (sigmoid(z) - t)
			for k, id := range x[i].idx {
				g[id] += d * float64(x[i].val[k])
			}
			g[n] += d
		}
		for i := 0; i < n; i++ {
			loss += w[i] * w[i] / 2
			g[i] += w[i]
		}
		return loss
	}
	w := lbfgs(f, n+1, 60)
	return &linear{w[:n], w[n]}
}

// lbfgs minimises f from zero with a memory of eight steps.
func lbfgs(f func(w, g []float64) float64, n, steps int) []float64 {
	const memory = 8
	w, g := make([]float64, n), make([]float64, n)
	nw, ng := make([]float64, n), make([]float64, n)
	fx := f(w, g)
	var s, y [][]float64
	var rho []float64
	for k := 0; k < steps; k++ {
		d := direction(g, s, y, rho)
		slope := inner(d, g)
		if slope > -1e-9 {
			break
		}
		step := 1.0
		if k == 0 {
			step = 1 / math.Sqrt(inner(g, g))
		}
		nf := fx
		for try := 0; try < 20; try++ {
			for i := range w {
				nw[i] = w[i] + step*d[i]
			}
			if nf = f(nw, ng); nf <= fx+1e-4*step*slope {
				break
			}
			step /= 2
		}
		ds, dy := make([]float64, n), make([]float64, n)
		for i := range w {
			ds[i], dy[i] = nw[i]-w[i], ng[i]-g[i]
		}
		if c := inner(ds, dy); c > 1e-12 {
			s, y, rho = append(s, ds), append(y, dy), append(rho, 1/c)
			if len(s) > memory {
				s, y, rho = s[1:], y[1:], rho[1:]
			}
		}
		done := math.Abs(fx-nf) < 1e-5*math.Abs(fx)
		w, nw, g, ng, fx = nw, w, ng, g, nf
		if done {
			break
		}
	}
	return w
}

func direction(g []float64, s, y [][]float64, rho []float64) []float64 {
	d := make([]float64, len(g))
	for i := range g {
		d[i] = -g[i]
	}
	a := make([]float64, len(s))
	for k := len(s) - 1; k >= 0; k-- {
		a[k] = rho[k] * inner(s[k], d)
		for i := range d {
			d[i] -= a[k] * y[k][i]
		}
	}
	if k := len(s) - 1; k >= 0 {
		scale := 1 / (rho[k] * inner(y[k], y[k]))
		for i := range d {
			d[i] *= scale
		}
	}
	for k := range s {
		b := rho[k] * inner(y[k], d)
		for i := range d {
			d[i] += (a[k] - b) * s[k][i]
		}
	}
	return d
}

func inner(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}
