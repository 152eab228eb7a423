package core

import (
	"sort"

	"hanaper/core/classify"
	"hanaper/core/classify/drift"
	"hanaper/core/message"
	"hanaper/core/policy"
)

// Explanation is what a verdict rests on, beyond what the verdict says. It is for
// people who check a judgement: no shell decides by it, and core.wasm does not hold it.
type Explanation struct {
	Seen  policy.Input
	Rows  []policy.Traced
	Words []Weight
}

// Weight is what a word adds to the log-odds of significance where it stands: their
// fall when the word alone is taken out. Negative words speak against.
type Weight struct {
	Span   message.Span
	Weight float64
}

const (
	maxWeighed = 200 // words of the body that are weighed: each costs a judgement
	maxWords   = 8   // that are told, the weightiest
)

// Explain judges a draft once more and says why.
func Explain(d *message.Draft, set *policy.Settings, packs []*policy.Pack, at string) Explanation {
	if at == "" {
		at = d.At
	}
	e := Explanation{Seen: Inspect(d, Protected(set, packs))}
	watch(&e.Seen, set.Drift)
	e.Rows = policy.Trace(e.Seen, packs, *set, at)
	e.Words = weigh(d, &e.Seen)
	return e
}

// weigh takes out one word after another. The weights are those of the model with all
// it does, whatever it is made of.
func weigh(d *message.Draft, seen *policy.Input) (out []Weight) {
	if !seen.Class.Known {
		return nil
	}
	judged := func(body string) int {
		less := *d
		less.Body = body
		text := message.Normalize("body", body)
		return drift.LogOdds(int(classify.Judge(classifyInput(&less, &text, nil)).Significance))
	}
	body := unmarked(d.Body, seen.Markings)
	whole := judged(body)
	for _, w := range wordsOf(body) {
		if len(out) == maxWeighed {
			break
		}
		if w := (Weight{w, float64(whole-judged(body[:w.Start]+body[w.End:])) / drift.Unit}); w.Weight != 0 {
			out = append(out, w)
		}
	}
	sort.SliceStable(out, func(i, k int) bool { return abs(out[i].Weight) > abs(out[k].Weight) })
	return out[:min(len(out), maxWords)]
}

func abs(x float64) float64 { return max(x, -x) }

// wordsOf gives the words of a body: runs of letters, digits, apostrophes and of
// characters beyond ASCII.
func wordsOf(body string) (out []message.Span) {
	start := -1
	for i := 0; i <= len(body); i++ {
		in := false
		if i < len(body) {
			c := body[i]
			in = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '\'' || c >= 0x80
		}
		switch {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			out = append(out, message.Span{Field: "body", Start: start, End: i})
			start = -1
		}
	}
	return out
}
