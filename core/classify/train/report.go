package main

import (
	"fmt"
	"math/rand"
	"slices"
	"sort"
	"strings"

	"hanaper/core/classify"
	"hanaper/core/classify/internal/feat"
	"hanaper/core/classify/internal/net"
)

// scored is a set of examples to be measured.
type scored struct {
	ex            []*Example
	score, target []float64
	pos           []bool
}

func (s *scored) add(e *Example, score, target float64, pos bool) {
	s.ex = append(s.ex, e)
	s.score, s.target, s.pos = append(s.score, score), append(s.target, target), append(s.pos, pos)
}

// interval is the 95 % interval of a measure: groups are drawn with replacement.
func (s *scored) interval(measure func(*scored) float64) (lo, hi float64) {
	byGroup := map[int][]int{}
	var groups []int
	for i, e := range s.ex {
		if byGroup[e.Group] == nil {
			groups = append(groups, e.Group)
		}
		byGroup[e.Group] = append(byGroup[e.Group], i)
	}
	const draws = 400
	r := rand.New(rand.NewSource(1))
	var out []float64
	for d := 0; d < draws; d++ {
		var t scored
		for range groups {
			for _, i := range byGroup[groups[r.Intn(len(groups))]] {
				t.add(s.ex[i], s.score[i], s.target[i], s.pos[i])
			}
		}
		if m := measure(&t); m == m {
			out = append(out, m)
		}
	}
	if len(out) == 0 {
		return 0, 0
	}
	slices.Sort(out)
	return out[len(out)*25/1000], out[len(out)*975/1000]
}

func (s *scored) positives() (n int) {
	for _, p := range s.pos {
		n += b2i(p)
	}
	return n
}

// parts names the sets an example is counted in.
func parts(e *Example) []string {
	switch {
	case e.File == "chats.neg", e.Written():
		return []string{e.File}
	case e.Chat() && (e.Lang == "fr" || e.Lang == "en"):
		return []string{e.File, "chats, " + e.Lang}
	case e.Chat():
		return []string{e.File}
	case e.File == "train.fr":
		return []string{"train.fr"}
	}
	out := []string{"train", "train, " + e.Source}
	if e.Sure {
		out = append(out, "train, sure")
	}
	if e.Sample == "random" {
		out = append(out, "train, random")
	}
	return out
}

// significanceTable prints average precision and best F1 of every part, for each score, and
// the mean over the files of chats, the hard negatives apart.
func significanceTable(all []Example, names []string, scores []func(*Example) float64) {
	sets := map[string][]scored{}
	for i := range all {
		e := &all[i]
		for _, p := range parts(e) {
			if sets[p] == nil {
				sets[p] = make([]scored, len(scores))
			}
			for k, s := range scores {
				sets[p][k].add(e, s(e), float64(e.Sig), e.Hard())
			}
		}
	}
	var order []string
	for n := range sets {
		order = append(order, n)
	}
	sort.Strings(order)
	for k, name := range names {
		fmt.Printf("\n%s: significant against the rest\n%-20s %5s %4s  %-24s %s\n", name, "", "lines", "sig.", "average precision", "best F1")
		var ap, f1, n float64
		for _, part := range order {
			s := &sets[part][k]
			if s.positives() == 0 {
				continue
			}
			a, f, _ := sweep(s.score, s.pos)
			lo, hi := s.interval(func(t *scored) float64 { return averagePrecision(t.score, t.pos) })
			fmt.Printf("%-20s %5d %4d  %.3f [%.3f, %.3f]     %.3f\n", part, len(s.pos), s.positives(), a, lo, hi, f)
			if strings.HasPrefix(part, "chats.") && part != "chats.neg" {
				ap, f1, n = ap+a, f1+f, n+1
			}
		}
		fmt.Printf("%-20s             %.3f                    %.3f\n", "chats files, mean", ap/n, f1/n)
	}
}

// kindTable prints the limbs and acts.
func kindTable(all []Example, v *verdicts) {
	fmt.Printf("\nlimbs and acts: each against all other messages\n%-28s %4s  %-24s %s\n", "", "yes", "average precision", "best F1")
	for k := 0; k < net.Kinds; k++ {
		name := ""
		if k < 2 {
			name = classify.Limbs[k]
		} else {
			name = classify.Acts[k-2]
		}
		for _, set := range []string{"real", "chats en", "chats fr"} {
			var s scored
			for i := range all {
				e := &all[i]
				if set == "real" && e.File == "train" || e.Chat() && e.File != "chats.neg" && set == "chats "+e.Lang {
					s.add(e, v.kindProb(e, k), float64(e.kind(k)), e.kind(k) >= 0.5)
				}
			}
			if s.positives() == 0 {
				continue
			}
			a, f, _ := sweep(s.score, s.pos)
			lo, hi := s.interval(func(t *scored) float64 { return averagePrecision(t.score, t.pos) })
			fmt.Printf("%-16s %-11s %4d  %.3f [%.3f, %.3f]     %.3f\n", name, set, s.positives(), a, lo, hi, f)
		}
	}
}

// scopeTable prints how well business is told from the rest.
func scopeTable(all []Example, v *verdicts) {
	fmt.Printf("\nscope: business against the rest, area under the curve; how often the likeliest scope is right\n")
	for _, set := range []string{"train", "train, mail only", "chats en", "chats en, context", "chats fr", "chats fr, context"} {
		var s scored
		right := 0
		raw := v.raw
		if strings.HasSuffix(set, "context") {
			raw = v.context
		}
		for i := range all {
			e := &all[i]
			if !(set == "train" && e.File == "train" || set == "train, mail only" && e.File == "train" && e.Register == feat.Mail || e.Chat() && strings.TrimSuffix(set, ", context") == "chats "+e.Lang) {
				continue
			}
			best, truth := 0, 0
			for k := 0; k < net.Scopes; k++ {
				if v.probOf(raw, e, net.Scope+k) > v.probOf(raw, e, net.Scope+best) {
					best = k
				}
				if e.Scope[k] > e.Scope[truth] {
					truth = k
				}
			}
			right += b2i(best == truth)
			s.add(e, v.probOf(raw, e, net.Scope), 0, e.Scope[0] >= 0.5)
		}
		lo, hi := s.interval(func(t *scored) float64 { return auc(t.score, t.pos) })
		fmt.Printf("%-18s %5d lines  AUC %.3f [%.3f, %.3f]  right %.3f\n", set, len(s.pos), auc(s.score, s.pos), lo, hi, float64(right)/float64(len(s.pos)))
	}
}

// calibrationTable prints the expected calibration error.
func calibrationTable(all []Example, v *verdicts) {
	fmt.Printf("\ncalibration: mean distance between said and seen, ten bins\n")
	for _, set := range []string{"mail drawn at random", "chats en", "chats fr"} {
		var s scored
		for i := range all {
			e := &all[i]
			if set == "mail drawn at random" && e.Sample == "random" || e.Chat() && set == "chats "+e.Lang {
				s.add(e, v.prob(e, net.Sig), float64(e.Sig), e.Hard())
			}
		}
		var mean float64
		for i := range s.score {
			mean += s.target[i] / float64(len(s.score))
		}
		fmt.Printf("%-22s %5d lines  ECE %.3f  (mean target %.3f)\n", set, len(s.pos), calibrationError(s.score, s.target), mean)
	}
}

// brief prints the two figures that matter most while trying things.
func brief(all []Example, v *verdicts) {
	pooled := v.pooled(all)
	for _, natural := range []bool{true, false} {
		sets := map[string]*scored{}
		var b scored
		for i := range all {
			e := &all[i]
			p := v.prob(e, net.Sig)
			if !natural {
				p = pooled[e]
			}
			for _, n := range parts(e) {
				if sets[n] == nil {
					sets[n] = &scored{}
				}
				sets[n].add(e, p, 0, e.Hard())
			}
			if e.File == "train" {
				b.add(e, v.prob(e, net.Scope), 0, e.Scope[0] >= 0.5)
			}
		}
		var a, f, n float64
		var names []string
		for p := range sets {
			names = append(names, p)
		}
		sort.Strings(names)
		for _, p := range names {
			s := sets[p]
			if ap, f1, _ := sweep(s.score, s.pos); s.positives() > 10 {
				fmt.Printf("%s %.3f/%.3f  ", strings.Replace(strings.Replace(p, "train, ", "", 1), "chats.", "", 1), ap, f1)
				if strings.HasPrefix(p, "chats.") && p != "chats.neg" {
					a, f, n = a+ap, f+f1, n+1
				}
			}
		}
		fmt.Printf("\nCHATS %.3f/%.3f mix %.2f business %.3f\n", a/n, f/n, v.mix, auc(b.score, b.pos))
	}
}
