package main

import (
	"math"
	"sort"
)

// averagePrecision is the mean precision at every positive, best score first;
// ties count as one step.
func averagePrecision(score []float64, pos []bool) float64 {
	ap, _, _ := sweep(score, pos)
	return ap
}

// bestF1 is the highest F1 of any threshold, and that threshold.
func bestF1(score []float64, pos []bool) (f1, at float64) {
	_, f1, at = sweep(score, pos)
	return f1, at
}

func sweep(score []float64, pos []bool) (ap, f1, at float64) {
	idx := order(score)
	total := 0
	for _, p := range pos {
		total += b2i(p)
	}
	if total == 0 {
		return math.NaN(), math.NaN(), 0
	}
	tp, last := 0, 0
	for i := 0; i < len(idx); {
		j := i
		for ; j < len(idx) && score[idx[j]] == score[idx[i]]; j++ {
			tp += b2i(pos[idx[j]])
		}
		prec, rec := float64(tp)/float64(j), float64(tp)/float64(total)
		ap += prec * float64(tp-last) / float64(total)
		if f := 2 * prec * rec / (prec + rec); f > f1 {
			f1, at = f, score[idx[i]]
		}
		i, last = j, tp
	}
	return ap, f1, at
}

func order(score []float64) []int {
	idx := make([]int, len(score))
	for i := range idx {
		idx[i] = i
	}
	sort.SliceStable(idx, func(a, b int) bool { return score[idx[a]] > score[idx[b]] })
	return idx
}

// auc is the chance that a positive scores above a negative.
func auc(score []float64, pos []bool) float64 {
	idx := order(score)
	var pairs, won float64
	np, nn := 0, 0
	for _, p := range pos {
		np += b2i(p)
	}
	nn = len(pos) - np
	seen := 0
	for i := 0; i < len(idx); {
		j, p, n := i, 0, 0
		for ; j < len(idx) && score[idx[j]] == score[idx[i]]; j++ {
			if pos[idx[j]] {
				p++
			} else {
				n++
			}
		}
		won += float64(n)*float64(seen) + float64(n)*float64(p)/2
		seen += p
		i = j
	}
	pairs = float64(np) * float64(nn)
	return won / pairs
}

// calibrationError is the mean distance between what was said and what was so,
// over ten bins of equal number.
func calibrationError(score []float64, target []float64) float64 {
	idx := order(score)
	var sum float64
	const bins = 10
	for b := 0; b < bins; b++ {
		lo, hi := b*len(idx)/bins, (b+1)*len(idx)/bins
		var s, t float64
		for _, i := range idx[lo:hi] {
			s += score[i]
			t += target[i]
		}
		sum += math.Abs(s - t)
	}
	return sum / float64(len(idx))
}
