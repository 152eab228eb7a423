package main

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"hanaper/core/classify/internal/feat"
	"hanaper/core/classify/internal/net"
)

// split is one round of the evaluation.
type split struct {
	name        string
	train, test []*Example
}

// splits are five folds of the real messages, then every file of chats left out
// in turn, or with mixed all of both in five folds; then five folds of the written
// lines, which are trained on in every other round. Each round trains on everything
// else that is not in a group of the test's.
func splits(all []Example, mixed bool) []split {
	var names []string
	key := func(e *Example) string {
		switch {
		case e.Chat() && !mixed:
			return e.File
		case e.Written():
			return fmt.Sprint("written ", e.Fold)
		}
		return fmt.Sprint("fold ", e.Fold)
	}
	test := map[string][]*Example{}
	for i := range all {
		k := key(&all[i])
		if test[k] == nil {
			names = append(names, k)
		}
		test[k] = append(test[k], &all[i])
	}
	sort.Strings(names)
	var out []split
	for _, n := range names {
		s := split{name: n, test: test[n]}
		tested := map[int]bool{}
		for _, e := range s.test {
			tested[e.Group] = true
		}
		for i := range all {
			if e := &all[i]; key(e) != n && !tested[e.Group] {
				s.train = append(s.train, e)
			}
		}
		out = append(out, s)
	}
	return out
}

// verdicts are what a model said of every example, each out of fold.
type verdicts struct {
	raw     map[*Example]net.Raw // without the messages before
	context map[*Example]net.Raw // with them
	mix     mixes
	platt   *platts
	cal     *curves
}

// model is the quantised model of a round; taught gives the round's teacher, nil for none.
func (l lesson) model(s split, taught func(round string) (teacher, error)) (*net.Model, error) {
	l.ex = s.train
	if taught != nil {
		var err error
		if l.said, err = taught(strings.Replace(s.name, "written", "fold", 1)); err != nil {
			return nil, err
		}
	}
	return net.Parse(string(l.fit().encode(plainMixes(), plainCurves())))
}

// outOfFold gives what the quantised model says of every example when it was
// trained without its fold. With mixed, the mixes are fitted on those logits, as the calibration is.
func outOfFold(all []Example, rounds []split, l lesson, taught func(round string) (teacher, error), mixed bool) (*verdicts, error) {
	v := &verdicts{raw: map[*Example]net.Raw{}, context: map[*Example]net.Raw{}}
	for _, s := range rounds {
		m, err := l.model(s, taught)
		if err != nil {
			return nil, err
		}
		for _, e := range s.test {
			v.raw[e] = m.Run(e.input(false))
			v.context[e] = m.Run(e.input(true))
		}
	}
	v.mix = plainMixes()
	if mixed {
		v.mix = v.fitMixes(all)
	}
	for _, raw := range []map[*Example]net.Raw{v.raw, v.context} {
		for e, r := range raw {
			r.Logit[net.Sig] = v.mix.logit(e, &r)
			raw[e] = r
		}
	}
	v.platt = calibrate(all, v.raw)
	v.cal = v.platt.curves()
	return v, nil
}

// prob is the calibrated probability of a head. The calibration, two numbers a
// head and register, was fitted on the out-of-fold logits themselves.
func (v *verdicts) prob(e *Example, head int) float64 { return v.probOf(v.raw, e, head) }

func (v *verdicts) probOf(raw map[*Example]net.Raw, e *Example, head int) float64 {
	return float64(v.cal[e.Register][head].At(raw[e].Logit[head])) / net.One
}

// kindProb is the probability of a limb or an act: that of significance times
// that of the kind among significant messages.
func (v *verdicts) kindProb(e *Example, k int) float64 {
	return v.prob(e, net.Sig) * v.prob(e, net.Kind+k)
}

// shuffled gives the examples with their targets exchanged at random, in each
// register by itself: what is learnt from them must be worth nothing.
func shuffled(all []Example) []Example {
	out := append([]Example(nil), all...)
	state := uint32(1)
	var byRegister [feat.Registers][]int
	for i := range out {
		byRegister[out[i].Register] = append(byRegister[out[i].Register], i)
	}
	for _, idx := range byRegister {
		for i := len(idx) - 1; i > 0; i-- {
			state = feat.Mix(state + uint32(i)*0x9e3779b9)
			j := int(state % uint32(i+1))
			a, b := &out[idx[i]], &out[idx[j]]
			a.Sig, b.Sig = b.Sig, a.Sig
			a.Scope, b.Scope = b.Scope, a.Scope
			a.Limbs, b.Limbs = b.Limbs, a.Limbs
			a.Acts, b.Acts = b.Acts, a.Acts
		}
	}
	return out
}

// baselineScores are the baseline's, in the same rounds. Written lines would lower
// them, so that it does not learn from those.
func baselineScores(all []Example) map[*Example]float64 {
	out := map[*Example]float64{}
	for _, s := range splits(all, false) {
		train := slices.DeleteFunc(s.train, (*Example).Written)
		for i, p := range baseline(train, s.test, 1) {
			out[s.test[i]] = p
		}
	}
	return out
}
