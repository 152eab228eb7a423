package main

import (
	"math"

	"hanaper/core/classify/internal/feat"
	"hanaper/core/classify/internal/net"
)

// calibrate fits two numbers for every head and register on out-of-fold logits.
func calibrate(all []Example, raw map[*Example]net.Raw) *platts {
	c := &platts{}
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
			c[reg][h] = fitPlatt(z, y, w)
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
		ga, gb := 2*(p.A-1), 0.1*p.B
		haa, hab, hbb := 2.0, 0.0, 0.1
		for i := range z {
			s := sigmoid(p.A*z[i] + p.B)
			d, h := w[i]*(s-y[i]), w[i]*s*(1-s)
			ga, gb = ga+d*z[i], gb+d
			haa, hab, hbb = haa+h*z[i]*z[i], hab+h*z[i], hbb+h
		}
		det := haa*hbb - hab*hab
		p.A -= (hbb*ga - hab*gb) / det
		p.B -= (haa*gb - hab*ga) / det
	}
	return p
}

// mixes are, for each register, the parts in the logit of significance that is
// reported: what is not business is not significant.
type mixes [feat.Registers][net.Parts]float64

func plainMixes() (m mixes) {
	m[feat.Chat][0], m[feat.Mail][1], m[feat.Minutes][1] = 1, 1, 1
	return m
}

// logit is the mixed logit, as net works it out.
func (m mixes) logit(e *Example, r *net.Raw) int32 {
	z := int64(0)
	for k, p := range r.Part {
		z += int64(p) * int64(math.Round(m[e.Register][k]*net.Unit))
	}
	return int32(max(-net.Span*net.Unit, min(net.Span*net.Unit, z/net.Unit)))
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
			var w vec
			for k, p := range v.raw[e].Part {
				w.idx, w.val = append(w.idx, int32(k)), append(w.val, float32(p)/net.Unit)
			}
			x, y = append(x, w), append(y, e.Sig)
		}
		copy(m[reg][:], logistic(x, y, net.Parts, 1).w)
	}
	return m
}

// pooled are the probabilities of significance calibrated on all lines alike, as the lines
// that are scored were drawn: registers differ in how many of theirs were drawn because
// they looked significant.
func (v *verdicts) pooled(all []Example) map[*Example]float64 {
	out := map[*Example]float64{}
	for reg := 0; reg < feat.Registers; reg++ {
		var z, y, w []float64
		for i := range all {
			if e := &all[i]; int(e.Register) == reg && !e.Written() {
				z = append(z, float64(v.raw[e].Logit[net.Sig])/net.Unit)
				y, w = append(y, float64(e.Sig)), append(w, 1)
			}
		}
		p := fitPlatt(z, y, w)
		for i := range all {
			if e := &all[i]; int(e.Register) == reg {
				out[e] = sigmoid(p.A*float64(v.raw[e].Logit[net.Sig])/net.Unit + p.B)
			}
		}
	}
	return out
}
