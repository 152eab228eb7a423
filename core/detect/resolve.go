package detect

import (
	"cmp"
	"slices"
)

// findings settles overlaps and gives the places in the original text.
func (in *input) findings() []Finding {
	if len(in.found) == 0 {
		return nil
	}
	kept := settle(in.found, len(in.s))
	out := make([]Finding, len(kept))
	for i, f := range kept {
		d := list[f.detector]
		out[i] = Finding{d.id, d.class, in.text.Span(f.start, f.end), f.confidence, f.reason, f.is, f.shows}
	}
	return out
}

// settle keeps, of findings that overlap, the one of higher confidence, then
// the longer, then the one earlier in the list, then in the text; the result is
// in order of start. length is the length of the text.
func settle(all []found, length int) []found {
	if len(all) == 1 {
		return all
	}
	sortFound(all, func(a, b *found) int {
		return cmp.Or(b.confidence-a.confidence, (b.end-b.start)-(a.end-a.start), a.detector-b.detector, a.start-b.start)
	})
	taken := make([]bool, length)
	kept := all[:0]
	for _, f := range all {
		if slices.Contains(taken[f.start:f.end], true) {
			continue
		}
		for i := f.start; i < f.end; i++ {
			taken[i] = true
		}
		kept = append(kept, f)
	}
	sortFound(kept, func(a, b *found) int { return a.start - b.start })
	return kept
}

// sortFound is Shell's sort (1959): slices.SortFunc would add 12 KB to core.wasm
// for a handful of findings. No two of them are equal in every respect that
// counts, so it need not be stable.
func sortFound(all []found, compare func(a, b *found) int) {
	gap := 1
	for gap < len(all)/3 {
		gap = 3*gap + 1
	}
	for ; gap > 0; gap /= 3 {
		for i := gap; i < len(all); i++ {
			for k := i; k >= gap && compare(&all[k], &all[k-gap]) < 0; k -= gap {
				all[k], all[k-gap] = all[k-gap], all[k]
			}
		}
	}
}
