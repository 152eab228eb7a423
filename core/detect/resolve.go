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
		out[i] = Finding{d.id, d.class, in.text.Span(f.start, f.end), f.confidence, f.reason}
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
	slices.SortFunc(all, func(a, b found) int {
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
	slices.SortFunc(kept, func(a, b found) int { return a.start - b.start })
	return kept
}
