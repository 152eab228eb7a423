package main

import (
	"fmt"
	"sort"

	"hanaper/core/classify/internal/feat"
	"hanaper/core/classify/internal/net"
)

// split is one round of the evaluation.
type split struct {
	name        string
	train, test []*Example
}

// splits are five folds of the real messages, then every file of chats left out
// in turn; each round trains on everything else.
func splits(all []Example) []split {
	names := []string{}
	key := func(e *Example) string {
		if e.Chat() {
			return e.File
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
		for i := range all {
			if key(&all[i]) != n {
				s.train = append(s.train, &all[i])
			}
		}
		out = append(out, s)
	}
	return out
}

// outOfFold gives the logits the quantised model gives to every example when it
// was trained without its fold.
func outOfFold(all []Example, cache map[*Example]*features) (map[*Example]net.Raw, error) {
	out := map[*Example]net.Raw{}
	for _, s := range splits(all) {
		m, err := net.Parse(string(fit(s.train, cache).encode(plainCurves())))
		if err != nil {
			return nil, err
		}
		for _, e := range s.test {
			out[e] = m.Run(feat.Input{Body: e.Text.Norm, Subject: e.Subject.Norm, Mail: e.Mail})
		}
	}
	return out, nil
}

// scored is a set of examples to be measured.
type scored struct {
	score, target []float64
	pos           []bool
}

func (s *scored) add(score, target float64, pos bool) {
	s.score, s.target, s.pos = append(s.score, score), append(s.target, target), append(s.pos, pos)
}

// parts names the sets an example is counted in.
func parts(e *Example) []string {
	switch {
	case e.Chat() && e.Lang == "fr":
		return []string{e.File, "chats, French"}
	case e.Chat() && e.Lang == "en":
		return []string{e.File, "chats, English"}
	case e.Chat():
		return []string{e.File}
	case e.File == "train.fr":
		return []string{"train.fr"}
	}
	out := []string{"train"}
	if e.Sure {
		out = append(out, "train, sure")
	}
	return append(out, "train, "+e.Sample, "train, "+e.ID[:2])
}

// significance prints average precision and best F1 of every part.
func significance(all []Example, score func(*Example) float64) {
	sets := map[string]*scored{}
	for i := range all {
		e := &all[i]
		for _, p := range parts(e) {
			if sets[p] == nil {
				sets[p] = &scored{}
			}
			sets[p].add(score(e), float64(e.Sig), e.Hard())
		}
	}
	names := make([]string, 0, len(sets))
	for n := range sets {
		names = append(names, n)
	}
	sort.Strings(names)
	var ap, f1, n float64
	for _, name := range names {
		s := sets[name]
		a, f, at := sweep(s.score, s.pos)
		fmt.Printf("%-20s %5d  AP %.3f  F1 %.3f at %.3f\n", name, len(s.pos), a, f, at)
		if len(name) > 6 && name[:6] == "chats." && name != "chats.neg" {
			ap, f1, n = ap+a, f1+f, n+1
		}
	}
	fmt.Printf("chats files, mean            AP %.3f  F1 %.3f\n", ap/n, f1/n)
}
