package main

import (
	"math"

	"hanaper/core/classify/internal/feat"
	"hanaper/core/classify/internal/net"
)

// calibrate fits a curve for every head and register on out-of-fold logits.
func calibrate(all []Example, raw map[*Example]net.Raw) *curves {
	c := plainCurves()
	for reg := range c {
		for h := range c[reg] {
			var z, y, w []float64
			for i := range all {
				e := &all[i]
				if int(e.Register) != reg || e.Written() {
					continue
				}
				if t, weight := headTarget(e, h); weight > 0 {
					z = append(z, float64(raw[e].Logit[h])/net.Unit)
					y = append(y, float64(t))
					w = append(w, float64(weight))
				}
			}
			c[reg][h] = fitPlatt(z, y, w).curve()
		}
	}
	return c
}

// headTarget is the target of a head and how much it counts in the calibration.
// Significance in mail and chat is calibrated on lines as they come: the others
// were drawn because they looked significant, or did not, and count one fiftieth.
func headTarget(e *Example, h int) (y, weight float32) {
	switch {
	case h == net.Sig && (natural(e) || e.Register == feat.Minutes):
		return e.Sig, 1
	case h == net.Sig:
		return e.Sig, 0.02
	case h < net.Kind:
		return e.Scope[h-net.Scope], 1
	case e.Sig < 0.3:
		return 0, 0
	}
	return e.kind(h-net.Kind) / e.Sig, e.Sig
}

// fitPlatt fits the two numbers by Newton's method, with a weak pull towards
// (1, 0).
func fitPlatt(z, y, w []float64) platt {
	p := platt{1, 0}
	for it := 0; it < 50; it++ {
		ga, gb := 2*(p.a-1), 0.1*p.b
		haa, hab, hbb := 2.0, 0.0, 0.1
		for i := range z {
			s := sigmoid(p.a*z[i] + p.b)
			d, h := w[i]*(s-y[i]), w[i]*s*(1-s)
			ga, gb = ga+d*z[i], gb+d
			haa, hab, hbb = haa+h*z[i]*z[i], hab+h*z[i], hbb+h
		}
		det := haa*hbb - hab*hab
		p.a -= (hbb*ga - hab*gb) / det
		p.b -= (haa*gb - hab*ga) / det
	}
	return p
}

// mixes are, for each register, the parts of the logits of significance and of
// business in the one that is reported: what is not business is not significant.
type mixes [feat.Registers][2]float64

func plainMixes() (m mixes) {
	for r := range m {
		m[r] = [2]float64{1, 0}
	}
	return m
}

// logit is the mixed logit, as net works it out.
func (m mixes) logit(e *Example, r *net.Raw) int32 {
	a, b := math.Round(m[e.Register][0]*net.Unit), math.Round(m[e.Register][1]*net.Unit)
	z := (int64(r.Logit[net.Sig])*int64(a) + int64(r.Logit[net.Scope])*int64(b)) / net.Unit
	return int32(max(-net.Span*net.Unit, min(net.Span*net.Unit, z)))
}

// fitMixes fits the parts by logistic regression on the out-of-fold logits.
func (v *verdicts) fitMixes(all []Example) mixes {
	m := plainMixes()
	for reg := range m {
		var x []vec
		var y []float32
		for i := range all {
			e := &all[i]
			if int(e.Register) != reg || e.Written() {
				continue
			}
			r := v.raw[e]
			x = append(x, vec{[]int32{0, 1}, []float32{float32(r.Logit[net.Sig]) / net.Unit, float32(r.Logit[net.Scope]) / net.Unit}})
			y = append(y, e.Sig)
		}
		w := logistic(x, y, 2, 1).w
		m[reg] = [2]float64{w[0], w[1]}
	}
	return m
}
